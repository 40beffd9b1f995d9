import Foundation
import TestWorkbooks
import Testing

@testable import Readers

/// What LibreOffice shows is what is read, also of workbooks that are odd and legal.
@Suite struct LibreOfficeTests {
    private typealias Book = TestWorkbook

    private static func row(_ cells: String) -> String { Book.sheet("<row r=\"1\">\(cells)</row>") }
    private static func table(_ texts: String) -> String { "<sst xmlns=\"\(Book.main)\">\(texts)</sst>" }

    /// Each with the rows of its first sheet.
    private static let books: [String: (book: TestWorkbook, rows: [[String]])] = {
        var books: [String: (TestWorkbook, [[String]])] = [:]
        books["cdata"] = (
            Book(
                sheet: row("\(Book.text("<![CDATA[in <line>]]>"))<c r=\"B1\" t=\"s\"><v>0</v></c>"),
                strings: table("<si><t>sha<![CDATA[red]]></t></si>")), [["in <line>", "shared"]]
        )
        books["runs"] = (
            Book(
                sheet: row("<c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c>"),
                strings: table(
                    "<si><r><t>t</t></r><r><rPr><b/></rPr><t>wo</t></r><rPh sb=\"0\" eb=\"1\"><t>no</t></rPh></si>"
                        + "<si><t>x</t><r><t>y</t></r></si>")), [["two", "xy"]]
        )
        let prefixed =
            "<x:worksheet xmlns:x=\"\(Book.main)\"><x:sheetData><x:row><x:c t=\"inlineStr\"><x:is><x:t>a</x:t></x:is></x:c>"
            + "<x:c><x:v>2</x:v></x:c></x:row><x:row><x:c><x:v>3</x:v></x:c></x:row></x:sheetData></x:worksheet>"
        books["prefix"] = (Book(sheet: prefixed), [["a", "2"], ["3", ""]])
        let strict = row(Book.text("strict")).replacing(Book.main, with: Book.strictMain)
        books["strict"] = (Book(sheet: strict, isStrict: true), [["strict"]])
        var utf16 = Book(sheet: "")
        let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + row(Book.text("Zoë 🦊"))
        utf16.entries[utf16.entries.count - 1].bytes = [0xff, 0xfe] + (text.data(using: .utf16LittleEndian) ?? Data())
        books["utf16"] = (utf16, [["Zoë 🦊"]])
        books["comments"] = (
            Book(sheet: row("<c><v>1<!-- x -->2<?a b?>3</v></c>\(Book.text("a<!-- x -->b&#33;"))")), [["123", "ab!"]]
        )
        books["escapes"] = (
            Book(sheet: row("\(Book.text("_x005F_x000D_"))\(Book.text("_xD83E__xDD8A_"))")), [["_x000D_", "🦊"]]
        )
        books["foreign"] = (
            Book(
                sheet: Book.sheet(
                    "<f:row xmlns:f=\"urn:f\" r=\"1\"><f:c r=\"A1\"><f:v>1</f:v></f:c></f:row><row r=\"1\"><c><v>2</v></c></row>"
                )), [["2"]]
        )
        books["types"] = (
            Book(sheet: row("<c t=\"b\"><v>1</v></c><c t=\"e\"><v>#N/A</v></c><c><v>45000.5</v></c>")),
            [["TRUE", "#N/A", "45000.5"]]
        )
        for (name, target) in ["absolute": "/xl/worksheets/sheet1.xml", "case": "worksheets/Sheet1.XML"] {
            var book = Book(sheet: row(Book.text(name)))
            book["xl/_rels/workbook.xml.rels"] = Book.relationships([("r1", Book.relations + "/worksheet", target)])
            books[name] = (book, [[name]])
        }
        var elsewhere = Book(sheet: row(Book.text("decoy")))
        elsewhere["_rels/.rels"] = Book.relationships([("r1", Book.relations + "/officeDocument", "other/book.xml")])
        elsewhere["[Content_Types].xml"] = Book.contentTypes(workbook: "other/book.xml")
        elsewhere["other/book.xml"] = elsewhere["xl/workbook.xml"]
        elsewhere["other/_rels/book.xml.rels"] = Book.relationships([
            ("r1", Book.relations + "/worksheet", "sheet.xml"), ("r2", Book.relations + "/sharedStrings", "texts.xml"),
        ])
        elsewhere["other/sheet.xml"] = row("<c t=\"s\"><v>0</v></c>")
        elsewhere["other/texts.xml"] = table("<si><t>elsewhere</t></si>")
        books["elsewhere"] = (elsewhere, [["elsewhere"]])
        return books
    }()

    @Test func `the same text is read as LibreOffice shows`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("office-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, (book, rows)) in Self.books {
            #expect(try book.rows() == rows.map(\.trimmed), "\(name)")
            try Data(book.bytes).write(to: folder.appendingPathComponent(name + ".xlsx"))
        }
        let office = Process()
        office.executableURL = URL(fileURLWithPath: "/usr/bin/soffice")
        office.currentDirectoryURL = folder
        office.arguments =
            [
                "-env:UserInstallation=file://\(folder.path)/office", "--headless", "--convert-to",
                "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", ".",
            ] + Self.books.keys.map { $0 + ".xlsx" }
        (office.standardOutput, office.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try office.run()
        office.waitUntilExit()
        for (name, (_, rows)) in Self.books {
            let shown = try Data(contentsOf: folder.appendingPathComponent(name + ".csv"))
            #expect(Reading(of: Array(shown)).cells == rows, "\(name)")
        }
    }
}

extension [String] {
    /// Without the empty cells at the end.
    fileprivate var trimmed: [String] { Array(prefix((lastIndex { !$0.isEmpty } ?? -1) + 1)) }
}
