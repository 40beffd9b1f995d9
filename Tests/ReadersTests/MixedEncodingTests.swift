import Foundation
import Testing

@testable import Readers

/// Files that programs or people put together from parts in different encodings.
@Suite struct MixedEncodingTests {
    private static let utf8 = Array("Jörg,j@acme.io".utf8)
    private static let latin = Array("Fran".utf8) + [0xe7] + Array("oise,f@acme.io".utf8)
    private static let plain = Array("Ann,a@acme.io".utf8)

    @Test(arguments: ["\n", "\r\n", "\r"])
    func `the lines of both kinds are named, in either order, and no option`(end: String) {
        let list = { (lines: [[UInt8]]) in lines.flatMap { $0 + Array(end.utf8) } }
        let cases: [([[UInt8]], utf8: [Int], others: [Int], String)] = [
            (
                [Self.plain, Self.utf8, Self.utf8, Self.latin], [2, 3], [4],
                "has UTF-8 on lines 2 and 3, and bytes of another encoding on line 4"
            ),
            (
                [Self.latin, Self.plain, Self.utf8], [3], [1],
                "has UTF-8 on line 3, and bytes of another encoding on line 1"
            ),
            (
                [Self.utf8, Self.latin, Self.utf8, Self.latin, Self.utf8, Self.latin, Self.utf8, Self.latin],
                [1, 3, 5, 7], [2, 4, 6, 8],
                "has UTF-8 on lines 1, 3, 5 and more, and bytes of another encoding on lines 2, 4, 6 and more"
            ),
        ]
        for (lines, utf8, others, sentence) in cases {
            let error = Reading(of: list(lines)).error
            #expect(error == .mixedEncodings(utf8: LineNumbers(utf8), others: LineNumbers(others)))
            let whole = "\(sentence); correct the broken characters on these lines, and save the file as UTF-8"
            #expect(error?.sentence == whole)
            #expect(error?.sentenceWithoutOptions == whole)
            #expect(error?.line == others.first)
        }
    }

    @Test func `a list of people in which one address and one name were pasted is refused`() {
        let bytes =
            Array("Name,Email,Role\nJörg,joerg@acme.io,DEVELOPER\nZoë,info@müller.example,ANALYST\nFran".utf8) + [0xe7]
            + Array("oise,fran@acme.io,ANALYST\n".utf8)
        let reading = Reading(of: bytes)
        #expect(reading.error == .mixedEncodings(utf8: LineNumbers([2, 3]), others: LineNumbers([4])))
        #expect(reading.rows.count == 3)
    }

    @Test(arguments: [true, false])
    func `the second kind is found a hundred thousand lines later`(utf8First: Bool) {
        let first = utf8First ? Self.utf8 : Self.latin
        let second = utf8First ? Self.latin : Self.utf8
        let bytes = first + Array("\r\n".utf8) + Array(String(repeating: "a,b\r\n", count: 100_000).utf8) + second
        let reading = Reading(of: DataByteSource(Data(bytes), piece: 1 << 16))
        let (utf8, others) = utf8First ? (1, 100_002) : (100_002, 1)
        #expect(reading.error == .mixedEncodings(utf8: LineNumbers([utf8]), others: LineNumbers([others])))
    }

    @Test func `lines are counted inside quoted fields as well`() {
        let bytes = Array("a,b\n\"ö\r\n\r\nx\",\"\rü ".utf8) + [0xfc] + Array("\",c\n".utf8)
        #expect(Reading(of: bytes).error == .mixedEncodings(utf8: LineNumbers([2]), others: LineNumbers([5])))
    }

    @Test func `a line that is longer than anybody looks at is no reason to guess`() {
        let long = [UInt8](repeating: 0x78, count: 100_000)
        let source = DataByteSource(Data(Array("a,".utf8) + long + [0xfc] + Array("b\nFran".utf8) + [0xe7, 0x63]))
        #expect(Reading(of: source).error == .undecodable(line: 1, encoding: "UTF-8"))
    }

    @Test func `behind a byte order mark no option is named, because none would change anything`() {
        let mark: [UInt8] = [0xef, 0xbb, 0xbf]
        #expect(Reading(of: mark + Self.latin).error == .undecodable(line: 1, encoding: "UTF-8"))
        #expect(
            Reading(of: mark + Self.utf8 + [0x0a] + Self.latin).error
                == .mixedEncodings(utf8: LineNumbers([1]), others: LineNumbers([2])))
    }

    @Test func `what cannot be looked at to its end is no reason to guess`() {
        struct Broken: ByteSource {
            var source = DataByteSource(Data(MixedEncodingTests.latin + [0x0a]))
            func end() throws(ByteSourceError) -> Int { throw .unreadable(reason: "Input/output error") }
            mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
                let count = source.read(into: buffer)
                return count > 0 ? count : try end()
            }
        }
        #expect(Reading(of: Broken()).error == .undecodable(line: 1, encoding: "UTF-8"))
    }

    @Test(arguments: ["windows-1252", "iso-8859-1", "macintosh", "windows-1251"])
    func `a line that is UTF-8 is not read in an encoding of single bytes, though it was asked for`(encoding: String) {
        let reading = Reading(of: Self.plain + [0x0a] + Self.utf8 + Array("\nx,y\n".utf8), encoding: encoding)
        #expect(reading.error == .alreadyUTF8(LineNumbers([2]), given: encoding))
        #expect(reading.error?.sentence == "is UTF-8, not \(encoding), as line 2 shows; omit --encoding")
        #expect(reading.error?.line == 2)
        #expect(reading.rows.count == 1)
        let mixed = Self.latin + Array("\r\n".utf8) + Self.utf8 + Array("\r\n".utf8) + Self.latin
        #expect(
            Reading(of: mixed, encoding: encoding).error
                == .mixedEncodings(utf8: LineNumbers([2]), others: LineNumbers([1, 3])))
    }

    /// In windows-1252 the last byte of `Á` is nothing, and there is no line end behind it.
    @Test(arguments: ["Ünal", "Álvaro", "日本", "5 €", "Ann 🙂", "Иван", "Jo\u{308}rg", "Müller – Söhne", "–"])
    func `it is found to be UTF-8 wherever it stands`(name: String) {
        for rest in ["", "\n", "\nx,y\r\n"] {
            let reading = Reading(of: "a,b\r\n\(name),c\(rest)", delimiter: .comma, encoding: "windows-1252")
            #expect(reading.error == .alreadyUTF8(LineNumbers([2]), given: "windows-1252"))
            #expect(reading.cells == [["a", "b"]])
        }
    }

    /// Bytes that could be UTF-8 by accident, and read as nothing that anybody writes.
    @Test(
        arguments: [
            ("windows-1252", "CAFÉ»"), ("windows-1252", "GROß»"), ("windows-1252", "CAFÉ’S"), ("windows-1252", "Ö–"),
            ("gb18030", "谢石"), ("gb18030", "谢"),
        ])
    func `the encoding that was asked for counts where a line can be read both ways`(encoding: String, name: String)
        throws
    {
        let bytes = try encoded("a,\(name)\n", as: encoding)
        #expect(bytes.withUnsafeBytes { UTF8Check.validPrefix(of: $0).verdict } == .complete)
        #expect(Reading(of: bytes, encoding: encoding).cells == [["a", name]])
    }
}
