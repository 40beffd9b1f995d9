import Testing

@testable import Readers

@Suite struct ForeignFormatTests {
    @Test(
        arguments: [
            (
                [0x50, 0x4b, 3, 4, 20, 0, 6, 0],
                "an Excel workbook (.xlsx) or another zip archive; save it as CSV first"
            ),
            (
                [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1],
                "an old Excel workbook (.xls), or one with a password; save it without a password as CSV first"
            ),
            ([0x1f, 0x8b, 8, 0], "a gzip archive; unpack it first"),
            ([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a], "a PNG image; export the table as CSV first"),
            (Array("%PDF-1.7\n".utf8), "a PDF document; export the table as CSV first"),
            (
                [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
                "binary data, not text; export the table as CSV first"
            ),
        ] as [([UInt8], String)])
    func `a file of another kind is called what it is`(beginning: [UInt8], what: String) {
        let reading = Reading(of: beginning + [UInt8](repeating: 0xaa, count: 50))
        #expect(reading.error?.sentence == "looks like \(what)")
        #expect(reading.rows.isEmpty)
    }

    @Test func `an encoding does not turn a workbook into text`() {
        let reading = Reading(of: [0x50, 0x4b, 3, 4, 20, 0, 6, 0], encoding: "iso-8859-1")
        #expect(reading.error?.sentence.contains("Excel workbook") == true)
    }

    @Test(
        arguments: ["email,role\nbob@acme.io,ADMIN\n", "\u{65e5}\u{672c}\u{8a9e},email\n\u{540d}\u{524d},n@acme.io\n"],
        [false, true])
    func `UTF-16 without a mark is recognised, and the option that reads it is named`(text: String, bigEndian: Bool) {
        let reading = Reading(of: utf16(text, bigEndian: bigEndian))
        let option = bigEndian ? "utf-16be" : "utf-16le"
        #expect(
            reading.error?.sentence == "looks like UTF-16 without a byte order mark; give --encoding \(option)")
    }
}
