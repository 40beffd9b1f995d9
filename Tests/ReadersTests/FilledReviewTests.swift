import Domain
import Foundation
import TestWorkbooks
import Testing

@testable import Readers

/// What is read of a completed review, sheet by sheet and cell by cell.
@Suite struct FilledReviewTests {
    private static let key = "r0123456789abcdef0123"
    private static let titles = ["Email", "Decision", "New account type", "Row key"]

    /// A cell: a text, or XML as it is.
    private static func cell(_ text: String, _ reference: String) -> String {
        text.hasPrefix("<")
            ? text.replacing("<c ", with: "<c r=\"\(reference)\" ") : TestWorkbook.text(text, at: reference)
    }

    private static func sheet(_ rows: [[String]], merges: [String] = []) -> String {
        let lines = rows.enumerated().map { number, cells in
            "<row>"
                + cells.enumerated().filter { !$1.isEmpty }
                .map { cell($1, SheetColumn.letters($0) + "\(number + 1)") }.joined() + "</row>"
        }
        let ranges = merges.map { "<mergeCell ref=\"\($0)\"/>" }.joined()
        return TestWorkbook.sheet(lines.joined(), after: merges.isEmpty ? "" : "<mergeCells>\(ranges)</mergeCells>")
    }

    /// A workbook with sheets named `A`, `B` and so on, unless they have other names.
    private static func book(_ sheets: [(name: String, xml: String)]) -> TestWorkbook {
        var book = TestWorkbook(sheet: sheets[0].xml)
        let type = TestWorkbook.relations + "/worksheet"
        book["xl/_rels/workbook.xml.rels"] = TestWorkbook.relationships(
            sheets.indices.map { ("r\($0)", type, "worksheets/sheet\($0 + 1).xml") })
        let list = sheets.enumerated().map { "<sheet name=\"\($1.name)\" sheetId=\"\($0 + 1)\" r:id=\"r\($0)\"/>" }
        book["xl/workbook.xml"] = book["xl/workbook.xml"]?.replacing(
            "<sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/>", with: list.joined())
        for (place, sheet) in sheets.enumerated() { book["xl/worksheets/sheet\(place + 1).xml"] = sheet.xml }
        return book
    }

    private static func read(_ rows: [[String]], merges: [String] = []) throws -> FilledReview {
        try TestWorkbook(sheet: sheet(rows, merges: merges)).withFile { try FilledReviewReader(file: $0).read() }
    }

    private static func error(_ rows: [[String]]) -> FilledReviewError? {
        do {
            _ = try read(rows)
            return nil
        } catch {
            return error as? FilledReviewError
        }
    }

    @Test(
        arguments: [
            ("<c><f>IF(A1,1,2)</f></c>", DecidedRow.Fault.noResult(.decision)),
            ("<c><f>IF(A1,1,2)</f><v></v></c>", .noResult(.decision)), ("<c><f>\"\"</f><v></v></c>", nil),
            ("<c t=\"e\"><v>#N/A</v></c>", .errorValue(.decision)),
            ("<c t=\"e\"><f>VLOOKUP(A1,B:C,2)</f><v>#NAME?</v></c>", .errorValue(.decision)),
            ("#REF!", .errorValue(.decision)), ("<c t=\"str\"><f>A1</f><v>Revoke</v></c>", nil),
            ("<c t=\"str\"><f>A1</f><v></v></c>", nil), ("# 12", nil), ("Revoke", nil),
        ] as [(String, DecidedRow.Fault?)])
    func `a cell whose content cannot be known is a fault of its row`(cell: String, fault: DecidedRow.Fault?) throws {
        let xml = cell.replacing("<c>", with: "<c s=\"0\">")
        let rows = try Self.read([Self.titles, ["ann@acme.io", xml, "", Self.key]]).rows
        #expect(rows.map(\.faults) == [fault.map { [$0] } ?? []])
        #expect(rows.first?.cell(of: .decision) == "B2")
    }

    @Test(
        arguments: [
            // Decision over three rows; over the next column that is read; over one that is not; empty; own column
            // over Decision; below the table.
            ("B2:B4", ["", "B2:B4 Decision", "B2:B4 Decision"]),
            ("B2:C2", ["B2:C2 New account type", "", ""]), ("C3:E3", ["", "C3:E3 Row key", ""]),
            ("E2:E4", ["", "", ""]), ("C4:C5", ["", "", ""]), ("B5:B9", ["", "", ""]),
        ])
    func `merged cells are faults of the rows in which they hide a column`(range: String, faults: [String]) throws {
        let rows = try Self.read(
            [Self.titles + ["Notes"]]
                + ["ann", "bob", "cy"].map { [$0 + "@acme.io", "Revoke", "ADMIN", Self.key, "x"] }
                .enumerated().map { number, row in
                    row.enumerated().map { column, text in
                        let merge = MergedRange(range)
                        let isHidden =
                            merge?.rows.contains(number + 2) == true && merge?.columns.contains(column) == true
                            && (merge?.rows.lowerBound != number + 2 || merge?.columns.lowerBound != column)
                        return isHidden ? "" : text
                    }
                }, merges: [range]
        ).rows
        let found = rows.map { row in
            row.faults.map { fault in
                if case .merged(let range, let field) = fault { range + " " + field.title } else { "other" }
            }.joined(separator: ", ")
        }
        #expect(found == faults)
    }

    @Test func `merged titles are a fault, and merged cells above the titles are not`() throws {
        let row = ["ann@acme.io", "Revoke", "", Self.key]
        let titles = try Self.read([["Email", "Decision", "", "Row key"], row], merges: ["B1:C1"])
        #expect(titles.rows.map(\.faults) == [[.mergedTitles("B1:C1")]])
        let above = try Self.read([["Seen on Friday"], Self.titles, row], merges: ["A1:D1"])
        #expect(above.rows.map(\.faults) == [[]])
    }

    @Test(
        arguments: [
            ("'Active users'!B2&amp;\"\"", "", ""), ("'Active users'!$B$9&amp;\"\"", "Revoke", ""),
            // Another column, another sheet, another form: a formula of the reviewer.
            ("'Active users'!A2&amp;\"\"", "Revoke", "Revoke"), ("Notes!B2&amp;\"\"", "Revoke", "Revoke"),
            ("'Active users'!B2", "Revoke", "Revoke"),
        ])
    func `a cell that only shows the entry of another sheet is empty`(
        formula: String, result: String, decision: String
    ) throws {
        let mirror = "<c t=\"str\"><f>\(formula)</f><v>\(result)</v></c>".replacing("<c t", with: "<c s=\"0\" t")
        let review = try Self.book([
            ("Privileged", Self.sheet([Self.titles, ["ann@acme.io", mirror, "", Self.key]])),
            ("Active users", Self.sheet([Self.titles, ["ann@acme.io", "Approve", "", Self.key]])),
        ]).withFile { try FilledReviewReader(file: $0).read() }
        #expect(review.rows.map { $0[.decision] } == [decision, "Approve"])
        #expect(review.rows.allSatisfy { $0.faults.isEmpty })
    }

    @Test func `the formulas of an extract are recognised as a group, and in a hidden sheet`() throws {
        let first = "<c s=\"0\" t=\"str\"><f t=\"shared\" ref=\"B2:B3\" si=\"0\">Users!B2&amp;\"\"</f><v>Revoke</v></c>"
        let second = "<c s=\"0\" t=\"str\"><f t=\"shared\" si=\"0\"/><v>Approve</v></c>"
        let users = Self.sheet([Self.titles, ["ann@acme.io", "Approve", "", Self.key]])
        var book = Self.book([
            (
                "Privileged",
                Self.sheet([Self.titles, ["a@acme.io", first, "", Self.key], ["b@acme.io", second, "", Self.key]])
            ), ("Users", users),
        ])
        book["xl/workbook.xml"] = book["xl/workbook.xml"]?.replacing(
            "name=\"Privileged\"", with: "name=\"Privileged\" state=\"hidden\"")
        let review = try book.withFile { try FilledReviewReader(file: $0).read() }
        #expect(review.rows.map { $0[.decision] } == ["", "", "Approve"])
        // A decision that somebody wrote there stops the reading.
        book["xl/worksheets/sheet1.xml"] = users
        #expect(throws: FilledReviewError.hiddenSheet("Privileged")) {
            try book.withFile { try FilledReviewReader(file: $0).read() }
        }
    }

    @Test func `sheets without a row of titles, and without the column of keys, are read with what they have`() throws {
        let row = ["bob@acme.io", "Revoke", "", Self.key]
        let review = try Self.book([
            ("Active users", Self.sheet([Self.titles, ["ann@acme.io", "Approve", "", Self.key]])),
            ("Copy", Self.sheet([Self.titles, row])), ("No titles", Self.sheet([row])),
            ("No keys", Self.sheet([["Email", "Decision"], row])),
            ("No decisions", Self.sheet([["Email", "", "", "Row key"], row])),
            ("Own", Self.sheet([["Email", "Phone"], row.dropLast(1) + ["12"]])),
        ]).withFile { try FilledReviewReader(file: $0).read() }
        #expect(review.rows.map(\.sheet) == ["Active users", "Copy", "No titles", "No keys", "No decisions"])
        #expect(review.rows.map(\.faults) == [[], [], [.noTitles], [], []])
        #expect(review.rows.map { $0.cells[.rowKey] != nil } == [true, true, true, false, true])
        #expect(review.rows[4].cells[.decision] == nil)
    }

    @Test func `a file without any complete table is refused with what is missing`() {
        let row = ["ann@acme.io", "Revoke", "", Self.key]
        #expect(Self.error([["Email", "Decision"], row]) == .noColumns(sheet: "S", missing: ["Row key"]))
        #expect(Self.error([["Email", "", "", "Row key"], row]) == .noColumns(sheet: "S", missing: ["Decision"]))
        #expect(Self.error([row]) == .noTitles(sheet: "S"))
        #expect(Self.error([["Email"], ["ann@acme.io"]]) == .noReview)
        #expect(Self.error([Self.titles + ["Email"], row]) == .twoColumns("Email"))
    }

    @Test func `optional columns are read, with dates as dates`() throws {
        let number = { (text: String) in "<c s=\"0\"><v>\(text)</v></c>" }
        let review = try Self.read([
            Self.titles + ["Ticket", "Exception until", "Decided at"],
            ["a@acme.io", "Exception", "", Self.key, number("4711"), number("46387"), number("46387.5868")],
            ["b@acme.io", "Exception", "", Self.key, "IAM-7", "31 March", "2026-12-31"],
        ])
        let fields: [DecidedRow.Field] = [.ticket, .exceptionUntil, .decidedAt]
        #expect(
            review.rows.map { row in fields.map { row[$0] } } == [
                ["4711", "2026-12-31", "2026-12-31T14:05"], ["IAM-7", "31 March", "2026-12-31"],
            ])
        #expect(CellDay.text("44925", countsFrom1904: true) == "2026-12-31")
    }

    @Test func `the name of the reviewer counts for decided rows without one, and the sign-off is read`() throws {
        let review = try Self.book([
            ("Start here", Self.sheet([["Fill in the sheets."], ["", "Your name", "", " Grace Hopper "]])),
            (
                "Summary",
                Self.sheet([
                    ["Role", "Name", "Date", "Signature"], ["Prepared by", "Ada Admin"], ["Reviewed by"],
                    [
                        "Approved by (must not be the reviewer)", "Alan Turing", "<c s=\"0\"><v>46387</v></c>", "AT",
                    ],
                ])
            ),
            (
                "Active users",
                Self.sheet([
                    Self.titles + ["Reviewer"], ["a@acme.io", "Approve", "", Self.key],
                    ["b@acme.io", "", "", Self.key],
                    ["c@acme.io", "Revoke", "", Self.key, "Ben"],
                ])
            ),
        ]).withFile { try FilledReviewReader(file: $0).read() }
        #expect(review.yourName == "Grace Hopper")
        #expect(review.rows.map { $0[.reviewer] } == ["Grace Hopper", "", "Ben"])
        var signOff = CompletedSignOff()
        signOff.prepared = .init(name: "Ada Admin", date: "", signature: "")
        signOff.approved = .init(name: "Alan Turing", date: "2026-12-31", signature: "AT")
        #expect(review.signOff == signOff)
        #expect(review.signOff.prepared?.isSigned == false && review.signOff.approved?.isSigned == true)
    }

    @Test(
        arguments: [
            (
                "review.ods",
                StoredZip([("mimetype", Array("application/vnd.oasis.opendocument.spreadsheet".utf8))]).bytes,
                "an OpenDocument spreadsheet (.ods); save or export it as an Excel workbook"
            ),
            (
                "review.xlsx", [0xd0, 0xcf, 0x11, 0xe0] + Array("EncryptedPackage".utf16.flatMap { [UInt8($0), 0] }),
                "an Excel workbook with a password; save it without a password"
            ),
            (
                "review.xls", [0xd0, 0xcf, 0x11, 0xe0] + [UInt8](repeating: 0, count: 600),
                "an old Excel workbook (.xls), or one with a password; save or export"
            ),
            (
                "review.numbers", StoredZip([("Index/Document.iwa", [1])]).bytes,
                "a Numbers spreadsheet (.numbers); save or export"
            ),
            (
                "review.gsheet", Array("{\"\":\"WARNING! DO NOT EDIT THIS FILE!\",\"doc_id\":\"1a\"}".utf8),
                "a link to a spreadsheet in Google Sheets"
            ),
            (
                "review.url", Array("[InternetShortcut]\r\nURL=https://docs.google.com/spreadsheets/d/1a".utf8),
                "a link to a spreadsheet in Google Sheets"
            ),
            ("review.pdf", Array("%PDF-1.7".utf8), "a PDF document; use the completed workbook"),
            (
                "review.html", Array("<!doctype html><html><body>Review</body></html>".utf8),
                "a web page; use the completed workbook"
            ),
            ("review.zip", StoredZip([("a/review.xlsx", [1])]).bytes, "a zip archive; unpack it"),
        ] as [(String, [UInt8], String)])
    func `other formats are named, with the way out`(name: String, bytes: [UInt8], sentence: String) throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + "-" + name)
        defer { try? FileManager.default.removeItem(at: path) }
        try Data(bytes).write(to: path)
        let error = #expect(throws: FilledReviewError.self) { try FilledReviewReader(file: path.path).read() }
        #expect(error?.sentence.hasPrefix("looks like " + sentence) == true, "\(error?.sentence ?? "")")
    }
}
