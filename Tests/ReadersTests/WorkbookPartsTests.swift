import Foundation
import TestWorkbooks
import Testing

@testable import Readers

/// Which parts of a package are the workbook, its sheets and its texts.
@Suite struct WorkbookPartsTests {
    private static let sheet = TestWorkbook.sheet("<row>\(TestWorkbook.text("yes"))</row>")
    private static let decoy = TestWorkbook.sheet("<row>\(TestWorkbook.text("decoy"))</row>")
    private static let table = "<sst xmlns=\"\(TestWorkbook.main)\"><si><t>yes</t></si></sst>"
    private static let part = "xl/worksheets/sheet1.xml"
    private static let relations = "xl/_rels/workbook.xml.rels"

    private func book(_ change: (inout TestWorkbook) -> Void) -> TestWorkbook {
        var book = TestWorkbook(sheet: Self.sheet)
        change(&book)
        return book
    }

    private static func relationship(_ target: String, _ kind: String = "worksheet", _ more: String = "") -> String {
        TestWorkbook.relationships([("r1", TestWorkbook.relations + "/" + kind, target)], more)
    }

    @Test(
        arguments: [
            "worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml", "../xl/worksheets/sheet1.xml",
            "./worksheets/./sheet1.xml", "worksheets/Sheet1.XML", "x/../worksheets/sheet1.xml",
            "worksheets/sheet%31.xml",
        ])
    func `a target leads to a part`(target: String) throws {
        #expect(try book { $0[Self.relations] = Self.relationship(target) }.rows() == [["yes"]])
    }

    @Test(arguments: ["xl/Worksheets/SHEET1.xml", "/xl/worksheets/sheet1.xml", "xl\\worksheets\\sheet1.xml"])
    func `an entry's name may be spelled in another way`(name: String) throws {
        #expect(try book { $0.rename(Self.part, to: name) }.rows() == [["yes"]])
    }

    @Test(
        arguments: [
            "xl/worksheets/sheet1.xml", "XL/worksheets/Sheet1.xml", "/xl/worksheets/sheet1.xml",
            "./xl/worksheets/sheet1.xml", "xl\\worksheets\\sheet1.xml", "xl//worksheets/sheet1.xml",
            "xl/x/../worksheets/sheet1.xml", "xl/worksheets/sheet%31.xml",
        ])
    func `two entries that are one part are refused`(name: String) throws {
        let twice = book { $0.entries.append((name, Array(Self.decoy.utf8))) }
        #expect(throws: WorkbookError.twoParts("xl/worksheets/sheet1.xml")) { try twice.rows() }
        #expect(throws: WorkbookError.twoParts("xl/worksheets/sheet1.xml")) {
            var first = twice
            first.entries.reverse()
            _ = try first.rows()
        }
    }

    @Test(
        arguments: [
            ("../../etc/passwd", "worksheet", ""),
            ("http://acme.io/sheet1.xml", "worksheet", " TargetMode=\"External\""),
            ("worksheets/sheet1.xml", "worksheet", " TargetMode=\"External\""), ("", "worksheet", ""),
            ("worksheets\\sheet1.xml", "worksheet", ""), ("worksheets/sheet1.xml?x", "worksheet", ""),
            ("worksheets/sheet1.xml#x", "worksheet", ""), ("worksheets/sheet1.xml", "styles", ""),
            ("worksheets/sheet1.xml", "xlMacrosheet", ""),
        ])
    func `a sheet that is no part of the workbook`(target: String, kind: String, more: String) {
        let book = book { $0[Self.relations] = Self.relationship(target, kind, more) }
        #expect(throws: WorkbookError.part("xl/workbook.xml", .sheet("S"))) { try book.rows() }
    }

    @Test func `the workbook and the texts are where the relationships say, whatever else is there`() throws {
        let texts = TestWorkbook.sheet("<row><c t=\"s\"><v>0</v></c></row>")
        var book = TestWorkbook(sheet: texts, strings: Self.table.replacing("yes", with: "decoy"))
        book["xl/texts.xml"] = Self.table
        book[Self.relations] = book[Self.relations]?.replacing("sharedStrings.xml", with: "texts.xml")
        #expect(try book.rows() == [["yes"]])

        book = TestWorkbook(sheet: Self.decoy)
        book["_rels/.rels"] = Self.relationship("other/book.xml", "officeDocument")
        book["other/book.xml"] = book["xl/workbook.xml"]
        book["other/_rels/book.xml.rels"] = Self.relationship("sheet.xml")
        book["other/sheet.xml"] = Self.sheet
        #expect(try book.rows() == [["yes"]])
    }

    @Test func `the parts of a strict document`() throws {
        let strict = { (xml: String) in xml.replacing(TestWorkbook.main, with: TestWorkbook.strictMain) }
        let sheet = strict(TestWorkbook.sheet("<row><c t=\"s\"><v>0</v></c></row>"))
        #expect(try TestWorkbook(sheet: sheet, strings: strict(Self.table), isStrict: true).rows() == [["yes"]])
    }

    @Test func `sheets are in the order of their tabs, and some are hidden`() throws {
        var book = TestWorkbook(sheet: Self.sheet)
        book["xl/two.xml"] = Self.decoy
        book["xl/chart.xml"] = "<chartsheet/>"
        let kinds = ["worksheet", "worksheet", "chartsheet", "worksheet"].map { TestWorkbook.relations + "/" + $0 }
        book[Self.relations] = TestWorkbook.relationships([
            ("a", kinds[0], "worksheets/sheet1.xml"), ("b", kinds[1], "two.xml"), ("c", kinds[2], "chart.xml"),
            ("d", kinds[3], "two.xml"),
        ])
        book["xl/workbook.xml"] =
            "<workbook xmlns=\"\(TestWorkbook.main)\" xmlns:q=\"\(TestWorkbook.relations)\"><sheets>"
            + "<sheet name=\"Q&amp;A &lt;1&gt;\" q:id=\"b\" id=\"a\" state=\"hidden\"/><sheet name=\"One\" q:id=\"a\"/>"
            + "<sheet name=\"Chart\" q:id=\"c\"/><sheet name=\"Two\" q:id=\"d\" state=\"veryHidden\"/></sheets></workbook>"
        try book.withFile { path in
            let reader = try WorkbookReader(path: path)
            #expect(reader.sheetNames == ["Q&A <1>", "One", "Chart", "Two"])
            #expect(reader.hiddenSheets == ["Q&A <1>", "Two"])
        }
        #expect(try book.rows(of: "Q&A <1>") == [["decoy"]])
        #expect(try book.rows(of: "One") == [["yes"]])
        #expect(try book.rows(of: "Chart") == [])
    }

    @Test(
        arguments: [
            ("<sheet name=\"A\" r:id=\"r1\"/><sheet name=\"a\" r:id=\"r1\"/>", .twoSheets("a")),
            ("<sheet r:id=\"r1\"/>", .sheet("")), ("<sheet name=\"A\"/>", .sheet("A")),
            ("<sheet name=\"A\" id=\"r1\"/>", .sheet("A")), ("<sheet name=\"A\" r:id=\"r9\"/>", .sheet("A")),
            ("<sheet name=\"A\" r:id=\"r1\" state=\"x\"/>", .sheet("A")),
            ("<x><sheet name=\"A\" r:id=\"r1\"/></x>", .misplaced("sheet")), ("<sheets/>", .misplaced("sheets")),
        ] as [(String, PartFault)])
    func `a list of sheets that cannot be understood`(sheets: String, fault: PartFault) {
        let book = book {
            $0["xl/workbook.xml"] =
                "<workbook xmlns=\"\(TestWorkbook.main)\" xmlns:r=\"\(TestWorkbook.relations)\"><sheets>\(sheets)</sheets>"
                + "</workbook>"
        }
        #expect(throws: WorkbookError.part("xl/workbook.xml", fault)) { try book.rows() }
    }

    @Test func `relationships that lead to two parts`() {
        let types = ["officeDocument", "worksheet"].map { TestWorkbook.relations + "/" + $0 }
        let twice = book {
            $0[Self.relations] = TestWorkbook.relationships([("r1", types[1], "a.xml"), ("r1", types[1], "b.xml")])
        }
        #expect(throws: WorkbookError.part(Self.relations, .relationship("r1"))) { try twice.rows() }
        let books = book {
            $0["_rels/.rels"] = TestWorkbook.relationships([("a", types[0], "a.xml"), ("b", types[0], "b.xml")])
        }
        #expect {
            try books.rows()
        } throws: { error in
            [WorkbookError.part("_rels/.rels", .relationship("a")), .part("_rels/.rels", .relationship("b"))]
                .contains(error as? WorkbookError)
        }
        let nested = book {
            $0[Self.relations] = $0[Self.relations]?.replacing("<R", with: "<x><R").replacing("/>", with: "/></x>")
        }
        #expect(throws: WorkbookError.self) { try nested.rows() }
    }

    @Test(arguments: ["_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"])
    func `a part that is missing`(name: String) {
        #expect(throws: WorkbookError.self) { try book { $0[name] = nil }.rows() }
    }

    @Test(
        arguments: [
            ("<si><t>1</t><t>2</t></si>", .misplaced("t")), ("<si><si/></si>", .misplaced("si")),
            ("<x:y xmlns:x=\"urn:x\"><si/></x:y>", .misplaced("si")), ("<si><t>1<b/></t></si>", .misplaced("b")),
            ("<si><x:y xmlns:x=\"urn:x\"><t/></x:y></si>", .misplaced("t")),
            ("<si><t>\(String(repeating: "x", count: 2_000_000))</t></si>", .textTooLong(number: 0)),
        ] as [(String, PartFault)])
    func `a table of texts that cannot be understood`(texts: String, fault: PartFault) {
        let table = "<sst xmlns=\"\(TestWorkbook.main)\">\(texts)</sst>"
        let book = TestWorkbook(sheet: Self.sheet, strings: table)
        #expect(throws: WorkbookError.part("xl/sharedstrings.xml", fault)) { try book.rows() }
    }

    @Test func `the texts of a table`() throws {
        let table =
            "<sst xmlns=\"\(TestWorkbook.main)\"><si/><si><t>a</t></si><si><r><t>b</t></r><r><rPr/><t><![CDATA[c]]></t></r>"
            + "<rPh><t>no</t></rPh><phoneticPr/></si><si><t/></si><si><t>_x000D_é</t></si><extLst><ext/></extLst></sst>"
        let texts = try SharedStrings(PartReader(name: "s", source: DataByteSource(Data(table.utf8), piece: 3)))
        #expect((-1...5).map { texts[$0] } == [nil, "", "a", "bc", "", "\ré", nil])
    }

    @Test func `what is no workbook is told`() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("book-" + UUID().uuidString)
        try Data("no zip".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(throws: WorkbookError.notAWorkbook) { _ = try WorkbookReader(path: file.path) }
        #expect(throws: WorkbookError.notAWorkbook) { _ = try WorkbookReader(path: "/nowhere.xlsx") }
    }

    @Test(arguments: [("word/document.xml", false), ("xl/workbook.bin", false), ("xl/workbook.xml", true)])
    func `a workbook among other packages`(target: String, isWorkbook: Bool) throws {
        let other = book { $0["_rels/.rels"] = Self.relationship(target, "officeDocument") }
        #expect(try other.withFile(ListSource.isWorkbook) == isWorkbook)
        let twice = book { $0.entries.append($0.entries[0]) }
        #expect(try twice.withFile(ListSource.isWorkbook))
    }

    @Test func `what is unpacked of all parts together has a limit, and reading again costs nothing`() {
        let small = UnpackingBudget(archiveBytes: 1000)
        #expect(small.allows(30_000_000, of: 0))
        #expect(small.allows(30_000_000, of: 0))
        #expect(small.allows(1, of: 0))
        #expect(small.allows(20_000_000, of: 1))
        #expect(!small.allows(1, of: 2))
        let large = UnpackingBudget(archiveBytes: 10_000_000)
        #expect(large.allows(2_000_000_000, of: 0))
        #expect(!large.allows(2_000_000_001, of: 0))
        let largest = UnpackingBudget(archiveBytes: .max)
        #expect(largest.allows(4_000_000_000, of: 0))
        #expect(!largest.allows(4_000_000_001, of: 0))
    }
}
