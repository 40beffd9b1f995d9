import Foundation
import Testing

@testable import Readers

@Suite struct WorkbookReaderTests {
    private func rows(_ xml: String, shared: [String] = []) throws -> [[Int: String]] {
        var rows: [[Int: String]] = []
        let sheet = "<worksheet><sheetData>\(xml)</sheetData></worksheet>"
        try SheetXML.rows(in: Data(sheet.utf8), part: "sheet1.xml", sharedStrings: shared) { rows.append($0.cells) }
        return rows
    }

    @Test(
        arguments: [
            (#"<c r="A1" t="inlineStr"><is><t>Ann</t></is></c>"#, [0: "Ann"]),
            (#"<c r="C1" t="s"><v>1</v></c>"#, [2: "two"]), (#"<c r="A1" t="s"/>"#, [:]),
            (#"<c r="A1"><v>45000.5</v></c>"#, [0: "45000.5"]), (#"<c r="A1" t="b"><v>1</v></c>"#, [0: "TRUE"]),
            (#"<c r="AA1" t="str"><f>B1&amp;""</f><v>x</v></c>"#, [26: "x"]),
            (#"<c t="inlineStr"><is><t>a</t></is></c><c t="inlineStr"><is><t>b</t></is></c>"#, [0: "a", 1: "b"]),
            (#"<c r="A1" t="inlineStr"><is><r><t>A</t></r><r><t>nn</t></r><rPh><t>no</t></rPh></is></c>"#, [0: "Ann"]),
            (
                #"<c r="A1" t="inlineStr"><is><t>_x005F_x0041_ _x0001_ _x00ZZ_</t></is></c>"#,
                [0: "_x0041_ \u{1} _x00ZZ_"]
            ),
            (
                "<c r=\"A1\" t=\"inlineStr\"><is><t>_x0001_\u{301}_x005F_x0041_\u{301}</t></is></c>",
                [0: "\u{1}\u{301}_x0041_\u{301}"]
            ),
            (#"<c r="A1" t="inlineStr"><is><t>=1+1 &lt;b&gt; Zoë 🦊</t></is></c>"#, [0: "=1+1 <b> Zoë 🦊"]),
        ] as [(String, [Int: String])])
    func `a cell of each kind`(xml: String, cells: [Int: String]) throws {
        let found = try rows("<row r=\"1\">\(xml)</row>", shared: ["one", "two"])
        #expect(found == (cells.isEmpty ? [] : [cells]))
    }

    @Test func `names may have a prefix, and numbers of rows and columns may be left out`() throws {
        let sheet = "<x:row><x:c t=\"inlineStr\"><x:is><x:t>a</x:t></x:is></x:c><x:c><x:v>2</x:v></x:c></x:row>"
        #expect(try rows(sheet) == [[0: "a", 1: "2"]])
    }

    @Test func `rows and columns that are left out leave gaps`() throws {
        let sheet =
            "<row r=\"3\"><c r=\"B3\"><v>1</v></c></row><row r=\"7\"/><row r=\"9\"><c r=\"A9\"><v>2</v></c></row>"
        #expect(try rows(sheet) == [[1: "1"], [0: "2"]])
    }

    /// A decision that is not read would be taken for none.
    @Test(arguments: ["<v>2</v>", "<v>-1</v>", "<v>x</v>"])
    func `text that is not in the table is not taken for an empty cell`(value: String) {
        #expect(throws: WorkbookError.damaged(part: "sheet1.xml")) {
            try rows("<row r=\"1\"><c r=\"A1\" t=\"s\">\(value)</c></row>", shared: ["one", "two"])
        }
    }

    @Test func `what the last row's reader throws is thrown`() {
        struct Broken: Error {}
        let sheet = "<w><row><c><v>1</v></c></row></w>"
        #expect(throws: Broken.self) {
            try SheetXML.rows(in: Data(sheet.utf8), part: "s", sharedStrings: []) { _ in throw Broken() }
        }
    }

    @Test func `attributes are text, not XML`() throws {
        let book = Data("<w><sheet name=\"Q&amp;A &lt;1&gt; &#39;x&#39;\"/></w>".utf8)
        #expect(try SheetXML.attributes(of: "sheet", in: book, part: "w").map { $0["name"] } == ["Q&A <1> 'x'"])
    }

    @Test(
        arguments: [("A1", 0), ("Z9", 25), ("AA1", 26), ("XFD1", 16_383), ("XFE1", nil), ("17", nil)]
            as [(String, Int?)])
    func `columns have letters`(reference: String, index: Int?) {
        #expect(SheetXML.columnIndex(reference) == index)
    }

    @Test func `an entity is not loaded, and a document that is cut is damaged`() {
        let secret = "<!DOCTYPE w [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
        let sheet = secret + "<w><sheetData><row><c t=\"inlineStr\"><is><t>&x;</t></is></c></row></sheetData></w>"
        var found: [String] = []
        try? SheetXML.rows(in: Data(sheet.utf8), part: "s", sharedStrings: []) { found.append($0[0]) }
        #expect(!found.joined().contains("root"))
        for broken in ["<w><row>", "<w><row></w>", "<w>&nope;</w>", "<w", "", sheet] {
            #expect(throws: WorkbookError.damaged(part: "s"), "\(broken)") {
                try SheetXML.rows(in: Data(broken.utf8), part: "s", sharedStrings: []) { _ in }
            }
        }
    }

    /// Each of these stopped the process, or put a cell where nobody had written it.
    @Test(
        arguments: [
            "<row r=\"9223372036854775807\"><c/></row><row><c/></row>", "<row r=\"-5\"><c><v>1</v></c></row>",
            "<row><c r=\"XFD1\"><v>1</v></c><c><v>2</v></c></row>", "<row><c r=\"XFE1\"><v>1</v></c></row>",
            "<row r=\"one\"><c><v>1</v></c></row>", "<row><c r=\"7\"><v>1</v></c></row>",
            "<row><c r=\"A1\"><\u{dc}c></row>",
            "<?a?><row><c><v>1</v></c></row>", "<row><?a ?><?b?></row>", "<?",
        ])
    func `places that no sheet has, and what the parser does not live through`(rows: String) {
        // In Latin-1, which for the name that is no ASCII is not UTF-8.
        let bytes = "<w><sheetData>\(rows)</sheetData></w>".unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        #expect(throws: WorkbookError.damaged(part: "s")) {
            try SheetXML.rows(in: Data(bytes), part: "s", sharedStrings: []) { _ in }
        }
    }

    @Test func `a sheet of many megabytes is read to its end`() throws {
        let row = "<row><c t=\"inlineStr\"><is><t>\(String(repeating: "x", count: 1000))</t></is></c></row>"
        let sheet = "<w>" + String(repeating: row, count: 15_000) + "</w>"
        var count = 0
        try SheetXML.rows(in: Data(sheet.utf8), part: "s", sharedStrings: []) { _ in count += 1 }
        #expect(count == 15_000)
    }

    @Test func `what is no workbook is told`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("book-" + UUID().uuidString)
        try Data("no zip".utf8).write(to: folder)
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(throws: WorkbookError.notAWorkbook) { _ = try WorkbookReader(path: folder.path) }
        #expect(throws: WorkbookError.notAWorkbook) { _ = try WorkbookReader(path: "/nowhere.xlsx") }
    }
}
