import Foundation
import TestWorkbooks
import Testing

@testable import Readers

@Suite struct WorkbookReaderTests {
    @Test(
        arguments: [
            (#"<c r="A1" t="inlineStr"><is><t>Ann</t></is></c>"#, [0: "Ann"]),
            (#"<c r="C1" t="s"><v>1</v></c>"#, [2: "two"]), (#"<c r="A1" t="s"/>"#, [:]),
            (#"<c r="A1"><v>45000.5</v></c>"#, [0: "45000.5"]), (#"<c r="A1"><v>-1.5E-3</v></c>"#, [0: "-1.5E-3"]),
            (#"<c r="A1" t="b"><v>1</v></c>"#, [0: "TRUE"]), (#"<c r="A1" t="b"><v>0</v></c>"#, [0: "FALSE"]),
            (#"<c r="A1" t="b"/>"#, [:]), (#"<c r="A1" t="e"><v>#N/A</v></c>"#, [0: "#N/A"]),
            (#"<c r="A1" t="d"><v>2024-01-31</v></c>"#, [0: "2024-01-31"]),
            (#"<c r="AA1" t="str"><f>B1&amp;""</f><v>x</v></c>"#, [26: "x"]),
            // The result of a formula may be an empty text; a formula without a result is not empty.
            (#"<c r="A1" t="str"><f>B1&amp;""</f><v></v></c>"#, [:]),
            (#"<c r="A1"><f>B1&amp;"x"</f></c>"#, [0: "=B1&\"x\""]),
            (#"<c r="A1"><f>B1</f><v></v></c>"#, [0: "=B1"]), (#"<c r="A1" t="str"><f>B1</f></c>"#, [0: "=B1"]),
            (#"<c r="A1"><f t="shared" si="0"/></c>"#, [0: "="]),
            (#"<c t="inlineStr"><is><t>a</t></is></c><c t="inlineStr"><is><t>b</t></is></c>"#, [0: "a", 1: "b"]),
            (#"<c r="A1" t="inlineStr"><is><r><t>A</t></r><r><t>nn</t></r><rPh><t>no</t></rPh></is></c>"#, [0: "Ann"]),
            (#"<c r="A1" t="inlineStr"><is><t>A</t><r><rPr><b/></rPr><t>nn</t></r></is></c>"#, [0: "Ann"]),
            (#"<c r="A1" t="inlineStr"><is><t><![CDATA[<Ann>]]> &amp; <![CDATA[B]]></t></is></c>"#, [0: "<Ann> & B"]),
            (#"<c r="A1"><v><![CDATA[1]]>2<!-- 3 -->4<?a b?>5<?a?>6</v></c>"#, [0: "12456"]),
            (#"<c r="A1" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>"#, [0: " a "]),
            (#"<c r="A1" t="inlineStr"><is><t>=1+1 &lt;b&gt; &#90;o&#xeb; 🦊</t></is></c>"#, [0: "=1+1 <b> Zoë 🦊"]),
            (#"<c r="A1"><v>1</v><extLst><ext><v>2</v></ext></extLst></c>"#, [0: "1"]),
        ] as [(String, [Int: String])])
    func `a cell of each kind`(xml: String, cells: [Int: String]) throws {
        let found = try SheetReading(rows: "<row r=\"1\">\(xml)</row>", texts: ["one", "two"])
        #expect(found.fault == nil)
        #expect(found.cells == (cells.isEmpty ? [] : [cells]))
    }

    @Test(
        arguments: [
            ("_x005F_x0041_ _x0001_ _x00ZZ_", "_x0041_ \u{1} _x00ZZ_"), ("a_x000D_b_x000a_", "a\rb\n"),
            // An accent behind the escape is part of its last character, but not of the escape.
            ("_x0001_\u{301}_x005F_x0041_\u{301}", "\u{1}\u{301}_x0041_\u{301}"),
            ("_xD83E__xDD8A_", "🦊"), ("_xD83E__xD83E__xDD8A_", "_xD83E_🦊"), ("_xDD8A_", "_xDD8A_"),
            ("_xD83E_", "_xD83E_"), ("__x0042__", "_B_"), ("_x+041_ _x-041_ _X0041_", "_x+041_ _x-041_ _X0041_"),
            ("_x", "_x"), ("_x0041", "_x0041"), ("_x00\u{e9}_", "_x00\u{e9}_"),
        ])
    func `escapes stand for units of UTF-16`(written: String, meant: String) {
        #expect(Array(ExcelEscapes.removed(from: Array(written.utf8)).unicodeScalars) == Array(meant.unicodeScalars))
    }

    @Test func `escapes are removed wherever a text stands`() throws {
        let cells =
            TestWorkbook.text("_x000D_") + "<c t=\"str\"><v>_x000D_</v></c><c t=\"s\"><v>0</v></c>"
        let strings = "<sst xmlns=\"\(TestWorkbook.main)\"><si><t>_x000D_</t></si></sst>"
        let book = TestWorkbook(sheet: TestWorkbook.sheet("<row>\(cells)</row>"), strings: strings)
        #expect(try book.rows() == [["\r", "\r", "\r"]])
    }

    @Test func `names may have a prefix, and numbers of rows and columns may be left out`() throws {
        let sheet =
            "<x:worksheet xmlns:x=\"\(TestWorkbook.main)\"><x:sheetData><x:row><x:c t=\"inlineStr\"><x:is><x:t>a</x:t>"
            + "</x:is></x:c><x:c><x:v>2</x:v></x:c></x:row><x:row><x:c><x:v>3</x:v></x:c></x:row></x:sheetData></x:worksheet>"
        let found = try SheetReading(of: Data(sheet.utf8))
        #expect(found.cells == [[0: "a", 1: "2"], [0: "3"]])
        #expect(found.numbers == [1, 2])
    }

    @Test func `rows and columns that are left out leave gaps`() throws {
        let found = try SheetReading(
            rows: "<row r=\"3\"><c r=\"B3\"><v>1</v></c></row><row r=\"7\"/><row r=\"9\"><c r=\"A9\"><v>2</v></c></row>"
        )
        #expect(found.cells == [[1: "1"], [0: "2"]])
        #expect(found.numbers == [3, 9])
    }

    @Test func `a row is hidden by itself, by its height, or by all rows being hidden`() throws {
        let rows = [
            "", "hidden=\"1\"", "hidden=\"true\"", "hidden=\"0\"", "ht=\"0\"", "ht=\"0.0\"", "ht=\"15\"",
        ].map { "<row \($0)><c><v>1</v></c></row>" }.joined()
        #expect(try SheetReading(rows: rows).hidden == [2, 3, 5, 6])
        let all = try SheetReading(rows: rows, before: "<sheetFormatPr zeroHeight=\"1\"/>")
        #expect(all.hidden == [1, 2, 3, 5, 6, 7])
    }

    @Test func `an element of another vocabulary is no row and no cell`() throws {
        let rows =
            "<f:row xmlns:f=\"urn:f\" r=\"1\"><f:c><f:v>1</f:v></f:c></f:row>"
            + "<row r=\"2\"><f:c xmlns:f=\"urn:f\"/><c><f:v xmlns:f=\"urn:f\">9</f:v><v>2</v></c></row>"
        #expect(try SheetReading(rows: rows).cells == [[0: "2"]])
    }

    @Test func `what the reader of a row throws is thrown`() {
        struct Broken: Error {}
        let sheet = TestWorkbook.sheet("<row><c><v>1</v></c></row>")
        #expect(throws: Broken.self) {
            try SheetReader.read(
                { PartReader(name: "s", source: DataByteSource(Data(sheet.utf8))) }, SharedStrings()
            ) { _ in throw Broken() }
        }
    }

    @Test func `a sheet of many megabytes is read to its end`() throws {
        let row = "<row><c t=\"inlineStr\"><is><t>\(String(repeating: "x", count: 1000))</t></is></c></row>"
        let sheet = Data(TestWorkbook.sheet(String(repeating: row, count: 15_000)).utf8)
        var count = 0
        try SheetReader.read({ PartReader(name: "s", source: DataByteSource(sheet)) }, SharedStrings()) { _ in
            count += 1
        }
        #expect(count == 15_000)
    }

    @Test func `a row gives the text of any column`() {
        var row = WorkbookRow(number: 1, isHidden: false)
        for (column, text) in [(0, "a"), (2, "c"), (700, "z")] { row.append(text, column: column) }
        #expect([0, 1, 2, 3, 699, 700, 701].map { row[$0] } == ["a", "", "c", "", "", "z", ""])
        #expect([0, 1, 3, 701].map { row.firstFilled(from: $0) } == [0, 2, 700, nil])
        #expect(row.width == 701)
    }

    @Test(
        arguments: [
            ("A1", (1, 0)), ("Z9", (9, 25)), ("AA10", (10, 26)), ("XFD1048576", (1_048_576, 16_383)), ("XFE1", nil),
            ("A1048577", nil), ("17", nil), ("A", nil), ("A0", nil), ("A01", nil), ("a1", nil), ("$A$1", nil),
            ("A1B", nil), ("A1:B2", nil), ("", nil), ("A99999999999999999999", nil), ("ZZZZZZZZZZZZZZZZZZ1", nil),
        ] as [(String, (Int, Int)?)])
    func `columns have letters, and rows have numbers`(text: String, place: (Int, Int)?) {
        let reference = CellReference(text)
        #expect(reference == place.map { CellReference(row: $0.0, column: $0.1) })
        if let reference { #expect(reference.text == text) }
    }
}
