import Foundation
import TestWorkbooks
import Testing

@testable import Readers

/// Sheets that programs would show differently, or that were made to do harm.
@Suite struct SheetFaultTests {
    @Test(
        arguments: [
            // A decision that is not read would be taken for none.
            ("<c t=\"s\"><v>2</v></c>", .cell("A1", .noText("2"))),
            ("<c t=\"s\"><v>-1</v></c>", .cell("A1", .noText("-1"))),
            ("<c t=\"s\"><v>x</v></c>", .cell("A1", .noText("x"))),
            ("<c r=\"XFD1\"/><c/>", .cellReference("XFE1", row: 1)),
            ("<c r=\"XFE1\"/>", .cellReference("XFE1", row: 1)),
            ("<c r=\"7\"/>", .cellReference("7", row: 1)), ("<c r=\"A2\"/>", .cellReference("A2", row: 1)),
            ("<c r=\"B1\"/><c r=\"B1\"/>", .cell("B1", .order)), ("<c r=\"B1\"/><c r=\"A1\"/>", .cell("A1", .order)),
            ("<c t=\"x\"><v>1</v></c>", .cell("A1", .type("x"))),
            ("<c><v>ann@acme.io</v></c>", .cell("A1", .value("ann@acme.io"))),
            ("<c><v>nan</v></c>", .cell("A1", .value("nan"))), ("<c><v>0x1p3</v></c>", .cell("A1", .value("0x1p3"))),
            ("<c><v>1e</v></c>", .cell("A1", .value("1e"))),
            ("<c t=\"b\"><v>true</v></c>", .cell("A1", .value("true"))),
            ("<c><v>1</v><v>2</v></c>", .cell("A1", .contents)), ("<c><f>1</f><f>2</f></c>", .cell("A1", .contents)),
            ("<c t=\"inlineStr\"><is/><is/></c>", .cell("A1", .contents)),
            ("<c t=\"inlineStr\"><v>1</v></c>", .cell("A1", .contents)),
            ("<c t=\"inlineStr\"><is><t>1</t></is><v>2</v></c>", .cell("A1", .contents)),
            ("<c><is><t>1</t></is></c>", .cell("A1", .contents)),
            ("<c t=\"inlineStr\"><is><t>1</t><t>2</t></is></c>", .misplaced("t")),
            ("<c t=\"inlineStr\"><is><r><t>1</t><t>2</t></r></is></c>", .misplaced("t")),
            ("<c t=\"inlineStr\"><is><t>1<b/></t></is></c>", .misplaced("b")),
            ("<c><v>1<x:b xmlns:x=\"urn:x\"/></v></c>", .misplaced(nil)), ("<c><f>1<b/></f></c>", .misplaced("b")),
            ("<c><c/></c>", .misplaced("c")), ("<row/>", .misplaced("row")), ("<x><c/></x>", .misplaced("c")),
            ("<x:y xmlns:x=\"urn:x\"><c><v>1</v></c></x:y>", .misplaced("c")),
            ("<c><x:y xmlns:x=\"urn:x\"><v>1</v></x:y></c>", .misplaced("v")),
            (
                "<c t=\"inlineStr\"><is><x:y xmlns:x=\"urn:x\"><x:z><t>1</t></x:z></x:y></is></c>",
                .misplaced("t")
            ),
        ] as [(String, PartFault)])
    func `a cell that could be read in two ways`(cells: String, fault: PartFault) throws {
        let found = try SheetReading(rows: "<row r=\"1\">\(cells)</row>", texts: ["one", "two"])
        #expect(found.fault == fault)
        #expect(found.cells == [])
    }

    @Test(
        arguments: [
            ("<row r=\"9223372036854775808\"/>", .rowNumber("9223372036854775808")),
            ("<row r=\"-5\"/>", .rowNumber("-5")),
            ("<row r=\"0\"/>", .rowNumber("0")), ("<row r=\"one\"/>", .rowNumber("one")),
            ("<row r=\"1048576\"/><row/>", .rowNumber("1048577")), ("<row r=\"A1\"/>", .rowNumber("A1")),
            ("<row r=\"2\"/><row r=\"2\"/>", .rowOrder(2)), ("<row r=\"2\"/><row r=\"1\"/>", .rowOrder(1)),
            ("<sheetData/>", .misplaced("sheetData")), ("<c/>", .misplaced("c")),
            ("<x:y xmlns:x=\"urn:x\"><row/></x:y>", .misplaced("row")), ("<mergeCells/>", .misplaced("mergeCells")),
            ("<?xml version=\"1.0\"?>", .malformed(reason: "XML or text declaration not at start of entity", line: 1)),
            ("<a:b/>", .malformed(reason: "unbound prefix", line: 1)),
            ("<row></c>", .malformed(reason: "mismatched tag", line: 1)),
            ("<row>&nope;</row>", .malformed(reason: "undefined entity", line: 1)),
            ("\n\n<row a=\"1\" a=\"2\"/>", .malformed(reason: "duplicate attribute", line: 3)),
            ("<row>\u{1}</row>", .malformed(reason: "not well-formed (invalid token)", line: 1)),
            (String(repeating: "<x>", count: 200), .tooDeep),
        ] as [(String, PartFault)])
    func `rows that could be read in two ways`(rows: String, fault: PartFault) throws {
        #expect(try SheetReading(rows: rows).fault == fault)
    }

    /// Other programs show what this one stops at, as LibreOffice does.
    @Test(
        arguments: [
            ("<mc:AlternateContent><mc:Fallback>", "</mc:Fallback></mc:AlternateContent>"), ("<foo>", "</foo>"),
        ])
    func `rows within something else are not left out`(start: String, end: String) throws {
        let vocabulary = "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\""
        let data = "<sheetData><row><c><v>1</v></c></row></sheetData>"
        let whole = "<worksheet xmlns=\"\(TestWorkbook.main)\" \(vocabulary)>\(start)\(data)\(end)</worksheet>"
        #expect(try SheetReading(of: Data(whole.utf8)).fault == .misplaced("sheetData"))
        let twice = "<worksheet xmlns=\"\(TestWorkbook.main)\">\(data)\(data)</worksheet>"
        #expect(try SheetReading(of: Data(twice.utf8)).fault == .misplaced("sheetData"))
        // Controls and drawings stand in such elements, and are no data.
        let controls = try SheetReading(
            rows: "<row><c><v>1</v></c></row>",
            after: "<x xmlns:mc=\"urn:mc\">\(start)<controls><control/></controls>\(end)</x>")
        #expect(controls.fault == nil)
        #expect(controls.cells == [[0: "1"]])
    }

    @Test(
        arguments: [
            ("<worksheet><sheetData/></worksheet>", .root("worksheet")),
            ("<x:worksheet xmlns:x=\"urn:x\"/>", .root("worksheet")),
            ("<chartsheet xmlns=\"\(TestWorkbook.main)\"/>", .root("worksheet")),
            ("", .malformed(reason: "no element found", line: 1)),
            ("<w", .malformed(reason: "unclosed token", line: 1)),
            ("<!DOCTYPE worksheet><worksheet/>", .documentType),
            ("<!DOCTYPE w [<!ENTITY a \"a\"><!ENTITY b \"&a;&a;\">]><worksheet>&b;</worksheet>", .documentType),
            ("<!DOCTYPE w SYSTEM \"file:///etc/passwd\"><worksheet/>", .documentType),
            ("<?xml version=\"1.0\" encoding=\"UTF-7\"?><worksheet/>", .encoding("UTF-7")),
            ("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><worksheet/>", .encoding("ISO-8859-1")),
            ("<?xml version=\"1.0\" encoding=\"US-ASCII\"?><worksheet/>", .encoding("US-ASCII")),
            ("<?xml version=\"1.0\" encoding=\"windows-1252\"?><worksheet/>", .encoding("windows-1252")),
            ("<?xml version=\"1.0\" encoding=\"utf-16le\"?><worksheet/>", .encoding("utf-16le")),
            ("<?xml version=\"1.1\"?><worksheet/>", .version("1.1")),
            (
                "<?xml version=\"1.0\" encoding=\"UTF-16\"?><worksheet/>",
                .malformed(reason: "encoding specified in XML declaration is incorrect", line: 1)
            ),
        ] as [(String, PartFault)])
    func `a document that is no sheet`(xml: String, fault: PartFault) throws {
        #expect(try SheetReading(of: Data(xml.utf8)).fault == fault)
    }

    private static func sheet(_ text: String, _ encoding: String?) -> String {
        (encoding.map { "<?xml version=\"1.0\" encoding=\"\($0)\"?>" } ?? "")
            + TestWorkbook.sheet("<row>\(TestWorkbook.text(text))</row>")
    }

    @Test(
        arguments: [
            (nil, String.Encoding.utf8, []), ("utf-8", .utf8, []), ("UTF-8", .utf8, [0xef, 0xbb, 0xbf]),
            ("UTF-16", .utf16LittleEndian, [0xff, 0xfe]), (nil, .utf16LittleEndian, [0xff, 0xfe]),
            ("utf-16", .utf16BigEndian, [0xfe, 0xff]), ("UTF-16", .utf16BigEndian, []),
            ("UTF-16", .utf16LittleEndian, []),
        ] as [(String?, String.Encoding, [UInt8])])
    func `a sheet in each encoding`(name: String?, encoding: String.Encoding, mark: [UInt8]) throws {
        let xml = try #require(Self.sheet("Zoë 🦊", name).data(using: encoding))
        let found = try SheetReading(of: Data(mark) + xml)
        #expect(found.fault == nil)
        #expect(found.cells == [[0: "Zoë 🦊"]])
    }

    @Test(
        arguments: [
            [0xff], [0xc3], [0xc0, 0x80], [0xed, 0xa0, 0xbd], [0xf5, 0x80, 0x80, 0x80], [0xef, 0xbf, 0xbe],
        ] as [[UInt8]])
    func `bytes that are not UTF-8`(bytes: [UInt8]) throws {
        let parts = Self.sheet("|", nil).split(separator: "|").map { Data($0.utf8) }
        let found = try SheetReading(of: parts[0] + Data(bytes) + parts[1])
        #expect(found.fault == .malformed(reason: "not well-formed (invalid token)", line: 1))
    }

    @Test(arguments: [[0xd83e], [0xdd8a], [0xd83e, 0xd83e, 0xdd8a], [0xd83e, 0x41]] as [[UInt16]])
    func `halves of pairs in UTF-16`(units: [UInt16]) throws {
        let parts = Self.sheet("|", "UTF-16").split(separator: "|").map { Array($0.utf16) }
        for isBig in [true, false] {
            let all: [UInt16] = [0xfeff] + parts[0] + units + parts[1]
            let bytes = all.flatMap { isBig ? [UInt8($0 >> 8), UInt8($0 & 255)] : [UInt8($0 & 255), UInt8($0 >> 8)] }
            guard case .malformed = try SheetReading(of: Data(bytes)).fault else {
                Issue.record("a half of a pair was taken for text")
                continue
            }
        }
    }

    @Test func `what is too long is not kept`() throws {
        let long = String(repeating: "x", count: 2_000_000)
        let cases: [(String, PartFault)] = [
            ("<row><c t=\"inlineStr\"><is><t>\(long)</t></is></c></row>", .cell("A1", .tooLong)),
            ("<row><c><v>\(long)</v></c></row>", .cell("A1", .tooLong)),
            ("<row><c><f>\(long)</f></c></row>", .cell("A1", .tooLong)),
            ("<row a=\"\(long)\"/>", .tooLong(line: 1)), ("<!--\(long)-->", .tooLong(line: 1)),
        ]
        for (rows, fault) in cases {
            let sheet = Data(TestWorkbook.sheet(rows).utf8)
            #expect(throws: WorkbookError.part("s", fault)) {
                try SheetReader.read({ PartReader(name: "s", source: DataByteSource(sheet)) }, SharedStrings()) { _ in }
            }
        }
    }

    @Test(
        arguments: [
            ("A1:B2", nil), ("B2:C3", nil), ("C1:D4", nil), ("A1:B1", .cell("B1", .merged(in: "A1:B1"))),
            ("A1:A3", .cell("A3", .merged(in: "A1:A3"))), ("A1:E99", .cell("B1", .merged(in: "A1:E99"))),
            ("A3:B4", .cell("B4", .merged(in: "A3:B4"))), ("B2:A1", .merge("B2:A1")), ("x", .merge("x")),
        ] as [(String, PartFault?)])
    func `content under merged cells is not shown, and so not read`(range: String, fault: PartFault?) throws {
        let rows =
            "<row r=\"1\"><c r=\"A1\"><v>1</v></c>\(range == "A1:B2" ? "" : "<c r=\"B1\"><v>2</v></c>")</row>"
            + "<row r=\"3\"><c r=\"A3\"><v>3</v></c></row><row r=\"4\"><c r=\"B4\"><v>4</v></c></row>"
        let other = "<mergeCell ref=\"F1:G9\"/>"
        let found = try SheetReading(
            rows: rows, after: "<mergeCells>\(other)<mergeCell ref=\"\(range)\"/></mergeCells>")
        #expect(found.fault == fault)
        #expect(found.numbers == [1, 3, 4])
    }

    @Test func `merged cells that overlap are refused`() throws {
        let ranges = "<mergeCell ref=\"A1:B3\"/><mergeCell ref=\"B2:C4\"/>"
        let rows = "<row r=\"1\"><c><v>1</v></c></row><row r=\"3\"/><row r=\"4\"><c r=\"D4\"><v>1</v></c></row>"
        let found = try SheetReading(
            rows: rows.replacing("<row r=\"3\"/>", with: "<row r=\"3\"><c r=\"D3\"><v>1</v></c></row>"),
            after: "<mergeCells>\(ranges)</mergeCells>")
        #expect(found.fault == .merge("B2:C4"))
    }
}
