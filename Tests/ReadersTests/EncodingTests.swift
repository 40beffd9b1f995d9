import Testing

@testable import Readers

@Suite struct EncodingTests {
    private static let text = "name,email\nJörg \u{1f600},j@acme.io\n\u{65e5}\u{672c},n@acme.io\n"
    private static let cells = [
        ["name", "email"], ["Jörg \u{1f600}", "j@acme.io"], ["\u{65e5}\u{672c}", "n@acme.io"],
    ]

    @Test(
        arguments: [
            ("UTF-8", Array(text.utf8)),
            ("UTF-8", [0xef, 0xbb, 0xbf] + Array(text.utf8)),
            ("UTF-16LE", [0xff, 0xfe] + utf16(text)),
            ("UTF-16BE", [0xfe, 0xff] + utf16(text, bigEndian: true)),
        ])
    func `a byte order mark says what the file is in, and is no text`(encoding: String, bytes: [UInt8]) {
        let reading = Reading(of: bytes)
        #expect(reading.encoding == encoding)
        #expect(reading.cells == Self.cells)
        #expect(Reading(of: bytes, encoding: "utf-8").cells == Self.cells, "the mark wins over --encoding")
    }

    @Test(
        arguments: [
            ("windows-1252", "windows-1252", [0x93, 0x80, 0xf6, 0x94], "\u{201c}\u{20ac}ö\u{201d}"),
            ("CP1252", "windows-1252", [0x80], "\u{20ac}"), ("ansi", "windows-1252", [0x80], "\u{20ac}"),
            ("iso-8859-1", "iso-8859-1", [0xf6, 0xa4], "ö\u{a4}"), ("Latin1", "iso-8859-1", [0xa4], "\u{a4}"),
            ("ISO 8859-15", "iso-8859-15", [0xa4], "\u{20ac}"), ("mac roman", "macintosh", [0x9a], "ö"),
            ("windows-1251", "windows-1251", [0xc6], "\u{416}"), ("Shift_JIS", "shift_jis", [0x93, 0xfa], "\u{65e5}"),
            ("gb18030", "gb18030", [0xc4, 0xe3], "\u{4f60}"), ("utf8", "UTF-8", [0xc3, 0xb6], "ö"),
        ] as [(String, String, [UInt8], String)])
    func `an encoding is given by the names that it has`(name: String, shown: String, bytes: [UInt8], text: String) {
        let reading = Reading(of: Array("email,name\n1,".utf8) + bytes + Array("\n2,x".utf8), encoding: name)
        #expect(reading.encoding == shown)
        #expect(reading.cells == [["email", "name"], ["1", text], ["2", "x"]])
    }

    @Test(arguments: [("utf-16le", false), ("UTF-16", false), ("unicode", false), ("utf-16be", true)])
    func `UTF-16 without a mark is read when it is named`(name: String, bigEndian: Bool) {
        #expect(Reading(of: utf16(Self.text, bigEndian: bigEndian), encoding: name).cells == Self.cells)
    }

    /// In windows-1258 a letter waits for the accent that may follow it.
    @Test(arguments: ["email\nbob@acme.vn", "n", "o\n", String(repeating: "n", count: 33)])
    func `a character that waits for the next is not lost at the end`(text: String) {
        let reading = Reading(of: Array(text.utf8), encoding: "windows-1258")
        #expect(reading.cells == text.split(separator: "\n").map { [String($0)] })
    }

    @Test(arguments: ["klingon", "", "utf-8//IGNORE", "../x", "utf-8\n", String(repeating: "x", count: 41)])
    func `an encoding that nobody knows is refused, with some that are known`(name: String) {
        let reading = Reading(of: "email\n", encoding: name)
        #expect(reading.error == .unknownEncoding(name))
        #expect(reading.error?.sentence.contains("use one of utf-8, utf-16le") == true)
    }

    @Test(
        arguments: [
            ([0xf6], 1), ([0xc3, 0x28], 1), ([0xc0, 0x80], 1), ([0xed, 0xa0, 0x80], 1), ([0xe0, 0x80, 0xaf], 1),
            ([0xf4, 0x90, 0x80, 0x80], 1), ([0x80], 1), ([0xff], 1), ([0x22, 0x0a, 0x0d, 0x0a, 0xfc], 3),
        ] as [([UInt8], Int)])
    func `bytes that are not UTF-8 are shown by their line, behind the rows before them`(bytes: [UInt8], further: Int) {
        let reading = Reading(of: Array("a,b\r\nc,\"d\ne\"\nf,".utf8) + bytes + Array(",g\nh,i\n".utf8))
        #expect(reading.cells == [["a", "b"], ["c", "d\ne"]])
        #expect(reading.error?.line == 3 + further)
        #expect(reading.error?.sentence.contains("not UTF-8") == true)
    }

    @Test(
        arguments: [("windows-1252", [0x81]), ("shift_jis", [0x85, 0x20]), ("utf-16le", [0x00, 0xdc, 0x20, 0x00])]
            as [(String, [UInt8])])
    func `bytes that another encoding does not have are shown by their line`(name: String, bytes: [UInt8]) {
        let isWide = name == "utf-16le"
        let text = "a,b\nc,"
        let reading = Reading(of: (isWide ? utf16(text) : Array(text.utf8)) + bytes, delimiter: .comma, encoding: name)
        #expect(reading.cells == [["a", "b"]])
        #expect(reading.error == .undecodable(line: 2, encoding: reading.encoding ?? ""))
        #expect(reading.error?.sentence.hasSuffix("use a different --encoding") == true)
    }

    @Test(
        arguments: [
            ("UTF-8", Array("a\nb\nö".utf8).dropLast(1)),
            ("UTF-8", Array("a\nb\n\u{1f600}".utf8).dropLast(1)), ("UTF-8", Array("a\nb\n\u{1f600}".utf8).dropLast(3)),
            ("UTF-16LE", ([0xff, 0xfe] + utf16("a\nb\nc")).dropLast(1)),
            ("UTF-16BE", ([0xfe, 0xff] + utf16("a\nb\nc", bigEndian: true)).dropLast(1)),
            ("UTF-16LE", ([0xff, 0xfe] + utf16("a\nb\n\u{1f600}")).dropLast(1)),
            ("UTF-16LE", ([0xff, 0xfe] + utf16("a\nb\n\u{1f600}")).dropLast(2)),
            ("UTF-16BE", ([0xfe, 0xff] + utf16("a\nb\n\u{1f600}", bigEndian: true)).dropLast(2)),
        ] as [(String, ArraySlice<UInt8>)])
    func `text that ends in the middle of a character was cut short`(encoding: String, bytes: ArraySlice<UInt8>) {
        let reading = Reading(of: Array(bytes))
        #expect(reading.cells == [["a"], ["b"]])
        #expect(reading.error == .cutShort(line: 3, encoding: encoding))
        #expect(reading.error?.sentence.hasPrefix("ends on line 3 in the middle of a character") == true)
    }

    @Test(arguments: ["a,b\r\n\u{0},c\n", "a,b\nc,d\u{0}\n", "a,b\rc\u{0}"])
    func `a NUL is no text`(text: String) {
        for bytes in [Array(text.utf8), [0xff, 0xfe] + utf16(text)] {
            let reading = Reading(of: bytes)
            #expect(reading.cells == [["a", "b"]])
            #expect(reading.error == .nul(line: 2))
        }
    }
}
