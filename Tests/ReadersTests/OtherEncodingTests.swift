import Foundation
import Testing

@testable import Readers

/// Files that are not UTF-8 and do not say so.
@Suite struct OtherEncodingTests {
    /// Names as people in one place write them, and what their programs make of them.
    private static let lists: [(encoding: String, names: [String])] = [
        ("windows-1252", ["Françoise Lefèvre", "José Muñoz", "Jörg Weiß", "Anne-Zoé D’Âme"]),
        ("windows-1252", ["Søren Ågård", "Björn Sjöström"]),
        ("macintosh", ["Françoise Lefèvre", "José Muñoz", "Jörg Weiß"]),
        ("windows-1250", ["Jiří Dvořák", "Růžena Černá", "Łukasz Żółkiewski", "Gergő Szűcs"]),
        ("iso-8859-2", ["Tomáš Růžička", "Štěpán Žák", "Śnieżana Wąs"]),
        ("windows-1251", ["Алексей Смирнов", "Жанна Ёлкина"]),
        ("koi8-r", ["Алексей Смирнов", "Жанна Елкина"]),
        ("windows-1253", ["Γιώργος Παπαδόπουλος", "Ελένη Νικολάου"]),
        ("windows-1254", ["Ayşe Yıldız", "Çağlar Şahin", "İpek Öztürk"]),
        ("windows-1257", ["Jānis Bērziņš", "Žydrūnas Šimkus"]),
        ("windows-1255", ["שרה לוי", "דוד כהן"]),
        ("windows-1256", ["محمد علي", "فاطمة حسن", "علي"]),
        ("shift_jis", ["佐藤 花子", "鈴木 一郎", "ソニア", "ﾔﾏﾀﾞ"]),
        ("euc-jp", ["佐藤 花子", "鈴木 一郎", "高橋 さくら"]),
        ("cp932", ["髙橋 花子", "鈴木 一郎"]),
        ("cp850", ["Françoise Lefèvre", "José Muñoz", "Jörg Weiß"]),
        ("cp852", ["Jiří Dvořák", "Łukasz Żółkiewski"]),
        ("cp866", ["Алексей Смирнов", "Жанна Елкина"]),
        ("gb18030", ["王小明", "李婷", "欧阳娜娜"]),
        ("euc-kr", ["김민수", "이서연", "박지훈"]),
        ("big5", ["陳怡君", "林志明", "黃淑芬"]),
    ]

    @Test(arguments: lists)
    func `the encoding that all names make sense in is named first, with a name as it reads`(
        encoding: String, names: [String]
    ) throws {
        let text = Self.list(names)
        let bytes = try encoded(text, as: encoding)
        let reading = Reading(of: bytes)
        guard case .otherEncoding(let line, let readings)? = reading.error else {
            Issue.record("\(String(describing: reading.error))")
            return
        }
        #expect(line == 2)
        #expect(readings.all.first?.encoding == encoding, "\(readings)")
        #expect(Reading(of: bytes, encoding: encoding).cells == Reading(of: text).cells)
        // Whatever is named reads the file, and no two read the same.
        #expect(readings.all.count <= 3)
        #expect(Set(readings.all.map(\.words)).count == readings.all.count)
        for option in readings.all {
            let read = Reading(of: bytes, encoding: option.encoding)
            #expect(read.error == nil)
            let cells = read.cells.joined().joined(separator: " ")
            #expect(option.words.allSatisfy { cells.contains($0) }, "\(option)")
        }
    }

    /// One name is little evidence: a person sees which encoding is right, or nothing is named.
    @Test(arguments: lists)
    func `for a single name the right encoding is among those named`(encoding: String, names: [String]) throws {
        for name in names {
            let error = Reading(of: try encoded(Self.list([name]), as: encoding)).error
            guard case .otherEncoding(_, let readings)? = error else {
                #expect(error == .undecodable(line: 2, encoding: "UTF-8"))
                #expect(["ﾔﾏﾀﾞ", "علي"].contains(name), "\(name)")
                continue
            }
            #expect(
                readings.all.contains { $0.words.allSatisfy { name.contains($0) } },
                "\(name) in \(encoding): \(readings.sentence)")
        }
    }

    @Test func `the sentence shows the names in which encodings differ`() throws {
        let bytes = try encoded(Self.list(["Müller", "Søren"]), as: "windows-1252")
        #expect(
            Reading(of: bytes).error?.sentence
                == "is not UTF-8: line 3 reads \"Søren\" with --encoding windows-1252, or \"Sřren\" with --encoding "
                + "windows-1250, or \"Sųren\" with --encoding windows-1257; use the option that is correct, or save it "
                + "again as UTF-8 (in Excel: \"CSV UTF-8\")")
        let german = try encoded(Self.list(["Müller"]), as: "windows-1252")
        #expect(
            Reading(of: german).error?.sentence
                == "is not UTF-8: line 2 reads \"Müller\" with --encoding windows-1252; use this option if that is "
                + "correct, or save it again as UTF-8 (in Excel: \"CSV UTF-8\")")
        #expect(
            Reading(of: german).error?.sentenceWithoutOptions
                == "has bytes on line 2 that are not UTF-8; save it again as UTF-8")
    }

    /// What is in an address is sent, and a wrong letter there is another person. The last three are no words,
    /// or too little of one.
    @Test(
        arguments: [
            "x,info@müller.example", "x,Jörg Müller <j@acme.io>", "x,josé@acme.io\ny,Müller",
            "x,Müller\ny,josé@acme.io",
            "\"Müller, Jörg; j@acme.io\",x", "x,5 €", "ö,x", "x,Mü¬ller",
        ])
    func `no encoding is named where nothing shows that it is right`(rows: String) throws {
        let reading = Reading(of: try encoded("name,email\n\(rows)\n", as: "windows-1252"))
        #expect(
            reading.error?.sentence
                == "has bytes on line 2 that are not UTF-8; save it again as UTF-8 (in Excel: \"CSV UTF-8\")")
    }

    /// In each of these some word makes no sense in any one encoding.
    @Test(
        arguments: [
            (["windows-1252", "windows-1251"], ["Müller", "Смирнова"]),
            (["windows-1251", "shift_jis"], ["Смирнова", "鈴木 一郎"]),
            (["UTF-8", "windows-1252"], ["Jörg", "Müller"]),
        ])
    func `an encoding that only some lines are in is not named`(encodings: [String], names: [String]) throws {
        var bytes = Array("name,email\n".utf8)
        // The last pair stands on one line.
        if encodings[0] == "UTF-8" {
            bytes += try encoded(names[0], as: encodings[0]) + Array(",".utf8) + encoded(names[1], as: encodings[1])
        } else {
            for (encoding, name) in zip(encodings, names) { bytes += try encoded("\(name),x@acme.io\n", as: encoding) }
        }
        let reading = Reading(of: bytes)
        #expect(reading.error == .undecodable(line: 2, encoding: "UTF-8"))
    }

    private static func list(_ names: [String]) -> String {
        "name,email\n" + names.enumerated().map { "\($1),p\($0)@acme.io\n" }.joined()
    }
}

/// Text in another encoding, by the system's iconv.
func encoded(_ text: String, as name: String) throws -> [UInt8] {
    let descriptor = try #require(iconv_open(TextEncoding(named: name)?.iconvName, "UTF-8"))
    defer { iconv_close(descriptor) }
    var source = Array(text.utf8).map { CChar(bitPattern: $0) }
    var target = [CChar](repeating: 0, count: 8 * source.count + 16)
    let count = source.withUnsafeMutableBufferPointer { source in
        target.withUnsafeMutableBufferPointer { target in
            var (from, to) = (source.baseAddress, target.baseAddress)
            var (fromLeft, toLeft) = (source.count, target.count)
            return iconv(descriptor, &from, &fromLeft, &to, &toLeft) == 0 ? target.count - toLeft : nil
        }
    }
    return try target.prefix(#require(count, "\(text) cannot be written in \(name)")).map { UInt8(bitPattern: $0) }
}
