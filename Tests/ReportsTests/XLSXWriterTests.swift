import Domain
import Foundation
import Testing

@testable import Reports

@Suite struct XLSXWriterTests {
    private func written(_ report: Report, rowsPerSheet: Int = 1_048_575) throws -> ReadWorkbook {
        let scratch = try Scratch()
        try XLSXWriter(rowsPerSheet: rowsPerSheet).write(report, to: scratch.path("r.xlsx"))
        return try ReadWorkbook(path: scratch.path("r.xlsx"))
    }

    @Test func `the sheets stand in their order`() throws {
        var report = Report.sample()
        report.facts.append(
            FactGroup(key: "population", title: "Completeness check", facts: [Fact("n", "N", .number(2))]))
        report.signOff = SignOff(preparer: "Pat", reviewer: "Grace", approver: "Ada")
        let book = try written(report)
        #expect(
            book.sheets.map(\.name) == [
                "Summary", "Privileged", "Active users", "Invites", "Changes", "Completeness check", "Guide",
            ])
        #expect(book.title == "Access review 2026-Q4")
        #expect(book.creator == "Pat")
        #expect(book.created == "2026-01-31T09:00:00")
        #expect(book.sheets[0].charts == 1)
        #expect(book["Completeness check"]?.rows[1] == ["N", 2])
        #expect(book.sheets.allSatisfy { $0.name != "History" })
    }

    @Test func `a table can be sorted, filtered, printed and completed`() throws {
        let sheet = try #require(try written(.sample())["Active users"])
        #expect(sheet.rows[0] == ["Email", "Name", "Privileged", "Decision"])
        #expect(sheet.rows.count == 3)
        // Neither Excel nor LibreOffice sorts a protected sheet.
        #expect(!sheet.protected)
        #expect(sheet.open == ["D"])
        #expect(sheet.frozen == "B2")
        #expect(sheet.filter == "A1:D3")
        #expect(sheet.repeated == "$1:$1")
        #expect(sheet.landscape)
        #expect(sheet.lists == [["D2:D3", "\"Approve,Revoke,Change role,Exception,Don't know\"", "stop"]])
        #expect(sheet.coloured == ["C2:C3", "D2:D3"])
    }

    @Test func `an extract shows what was filled in elsewhere, and cannot be filled in`() throws {
        let sheet = try #require(try written(.sample())["Privileged"])
        #expect(
            sheet.rows[1] == [
                "u0@acme.io", "Ann", "yes",
                "=IFERROR(INDEX('Active users'!$D$2:$D$3,MATCH($A2,'Active users'!$A$2:$A$3,0))&\"\",\"\")",
            ])
        #expect(sheet.types[1].hasSuffix("f"))
        #expect(sheet.open.isEmpty)
        #expect(sheet.lists.isEmpty)
    }

    @Test func `the decisions on the summary add up to all accounts`() throws {
        let rows = try #require(try written(.sample()).sheets.first).rows
        let start = try #require(rows.firstIndex { $0.first == "Decisions" })
        let balance = rows[(start + 1)...].prefix(7).map { Array($0.prefix(2)) }
        #expect(
            balance.map(\.first) == [
                "Approve", "Revoke", "Change role", "Exception", "Don't know", "Not reviewed", "All accounts",
            ])
        #expect(
            balance[0].last == "=COUNTIF('Active users'!$D$2:$D$3,\"Approve\")+COUNTIF(Invites!$C$2:$C$2,\"Approve\")"
                || balance[0].last
                    == "=COUNTIF('Active users'!$D$2:$D$3,\"Approve\")+COUNTIF('Invites'!$C$2:$C$2,\"Approve\")"
        )
        #expect(balance[6].last == 3)
        let first = start + 2
        #expect(balance[5].last == .text("=B\(first + 6)-SUM(B\(first):B\(first + 4))"))
    }

    static let names = [
        "=HYPERLINK(\"http://x\")", "+1", "-1", "@SUM(A1)", "<script>alert(1)</script>", "http://x.example", "Zoë 🦊",
        "two\nlines", "007", "_x0041_", "a\u{202e}b",
    ]

    @Test func `text is text and reads back as it was`() throws {
        let sheet = try #require(try written(.sample(users: Self.names))["Active users"])
        #expect(sheet.rows.dropFirst().map { $0[1] } == Self.names.map { .text($0) })
        #expect(sheet.types[1] == "sssn")
    }

    @Test(
        arguments: [
            ("plain", "plain"), ("a\u{1}b", "a_x0001_b"), ("a\u{0}b", "a_x0000_b"), ("a\rb", "a_x000D_b"),
            ("tab\tline\n", "tab\tline\n"), ("_x0041_", "_x005F_x0041_"), ("_x00G1_", "_x00G1_"), ("_x0041", "_x0041"),
            ("\u{ffff}", "\u{fffd}"),
        ] as [(String, String)])
    func `control characters and what looks like an escape are escaped`(text: String, cell: String) {
        #expect(XLSXText.cell(text) == cell)
    }

    /// They stand in places that have no escape for a control character: one of them made the workbook unreadable.
    @Test(arguments: ["a\u{1}b\u{1b}", "a\u{0}b\r", "a\u{ffff}b\u{fffe}"])
    func `a title and a name of whatever characters leave the workbook readable`(text: String) throws {
        var report = Report.sample()
        report.title = text
        report.signOff = SignOff(preparer: text, reviewer: text, approver: text)
        let book = try written(report)
        #expect(book.title == "a\u{fffd}b\u{fffd}")
        #expect(book.creator == "a\u{fffd}b\u{fffd}")
        #expect(book.sheets.map(\.header).allSatisfy { $0 == "a\u{fffd}b\u{fffd}" })
    }

    @Test(arguments: ["R&D", String(repeating: "&", count: 400), String(repeating: "e\u{301}", count: 400)])
    func `a title is printed on every page, as much as fits`(title: String) throws {
        var report = Report.sample()
        report.title = title
        let header = try #require(try written(report).sheets[0].header)
        let plain = header.replacing("&&", with: "&")
        #expect(!plain.isEmpty && title.hasPrefix(plain))
    }

    @Test func `what is too long for a cell is cut and says so`() throws {
        let long = String(repeating: "🦊", count: 20_000)
        let cell = XLSXText.cell(long)
        #expect(cell.utf16.count <= 32_767)
        #expect(cell.hasSuffix(" … [cut: 20000 characters; the JSON report has all of them]"))
        #expect(XLSXText.cell(String(repeating: "x", count: 32_767)).count == 32_767)
        let sheet = try #require(try written(.sample(users: [long]))["Active users"])
        #expect(sheet.rows[1][1] == .text(cell))
    }

    @Test(
        arguments: [
            (1000, 1000, 1_000_000, true), (1000, 1000, 2_000_000, true), (1000, 1000, 3_000_000, true),
            (1000, 0, 0, true), (1000, 1000, 0, false),
            // In memory without a limit, and over a network without a count.
            (0, 0, 1_000_000, false), (.max, .max, 1_000_000, false),
        ] as [(UInt, UInt, Int, Bool)])
    func `a disk that does not say how large it is is not full`(blocks: UInt, free: UInt, bytes: Int, isFull: Bool) {
        var disk = statvfs()
        disk.f_frsize = 4096
        disk.f_blocks = blocks
        disk.f_bavail = free
        #expect(Workbook.isTooSmall(disk, for: bytes * 4) == isFull)
    }

    @Test func `more rows than a sheet holds go on to the next`() throws {
        let book = try written(.sample(users: (0..<7).map { "N\($0)" }), rowsPerSheet: 3)
        #expect(
            book.sheets.map(\.name).filter { $0.hasPrefix("Active") } == [
                "Active users", "Active users 2", "Active users 3",
            ])
        let rows = ["Active users", "Active users 2", "Active users 3"].flatMap { book[$0]?.rows.dropFirst() ?? [] }
        #expect(rows.map { $0[1] } == (0..<7).map { .text("N\($0)") })
    }

    @Test func `a report of nobody has its headers`() throws {
        let sheet = try #require(try written(.sample(users: []))["Active users"])
        #expect(sheet.rows == [["Email", "Name", "Privileged", "Decision"]])
    }

    @Test(
        arguments: [
            (1, "Active users", "Active users"), (2, "Active users", "Active users 2"),
            (12, String(repeating: "x", count: 40), String(repeating: "x", count: 28) + " 12"),
        ] as [(Int, String, String)])
    func `names of sheets fit`(part: Int, title: String, name: String) {
        #expect(SheetName.part(part, of: title) == name)
    }

    @Test(arguments: [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] as [(Int, String)])
    func `columns have letters`(index: Int, letters: String) {
        #expect(SheetColumn.letters(index) == letters)
    }
}
