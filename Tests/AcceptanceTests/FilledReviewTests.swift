import Foundation
import Testing

/// No decision is lost, wherever and however a reviewer wrote it.
@Suite(.waiting) struct FilledReviewTests {
    private let rollcall: Rollcall

    init() throws {
        rollcall = try Rollcall()
        try rollcall.startSandbox()
        try rollcall.run("review", "--out", "one")
    }

    /// Fills the review in, and shows what the decisions would change.
    private func dryRun(_ wishes: String..., edit: String) throws -> Finished {
        let wishes = wishes + ["!" + edit]
        try rollcall.fill("one/review.xlsx", to: "filled.xlsx", wishes: wishes)
        return try rollcall.run("apply", "filled.xlsx", "--evidence", "one", "--dry-run")
    }

    private static let user =
        "s = sheet('Active users'); d = column('Active users', 'Decision'); "
        + "k = column('Active users', 'Row key'); t = column('Active users', 'New account type')\n"

    @Test(arguments: ["openpyxl", "LibreOffice"])
    func `a decision on the sheet of privileged accounts counts`(program: String) throws {
        let edit = "s = sheet('Privileged'); s.cell(2, column('Privileged', 'Decision')).value = 'Revoke'"
        var run = try dryRun(edit: edit)
        if program == "LibreOffice" {
            try rollcall.saveWithLibreOffice("filled.xlsx", in: "saved")
            run = try rollcall.run("apply", "saved/filled.xlsx", "--evidence", "one", "--dry-run")
        }
        #expect(run.all.contains("send              1  removal"), "\(run.all)")
        #expect(run.all.contains("not decided (29)"), "\(run.all)")
    }

    @Test(
        arguments: [
            // A workbook of an earlier version.
            "s.delete_cols(column('Privileged', 'Row key'))",
            "s.delete_cols(column('Privileged', 'Row key')); s.delete_cols(column('Privileged', 'Uid'))",
            "book.copy_worksheet(s).title = 'For Grace'; book.remove(s)",
        ])
    func `so does one on an earlier, a copied or a renamed sheet`(edit: String) throws {
        let run = try dryRun(
            edit: "s = sheet('Privileged'); s.cell(2, column('Privileged', 'Decision')).value = 'Revoke'; " + edit)
        #expect(run.all.contains("send              1  removal"), "\(run.all)")
    }

    @Test func `the sheet of privileged accounts agrees after the others were sorted`() throws {
        let edit = """
            s = sheet('Active users')
            rows = [[c.value for c in row] for row in s.iter_rows(min_row=2)]
            for at, row in enumerate(reversed(rows)):
                for place, value in enumerate(row): s.cell(at + 2, place + 1).value = value
            """
        try rollcall.fill(
            "one/review.xlsx", to: "filled.xlsx", "default=Approve", "chen.muller.6@acme.io=Revoke", "!" + edit)
        try rollcall.saveWithLibreOffice("filled.xlsx", in: "saved")
        let run = try rollcall.run("apply", "saved/filled.xlsx", "--evidence", "one", "--dry-run")
        #expect(run.all.contains("send              1  removal"), "\(run.all)")
    }

    @Test(
        arguments: [
            (
                "p = sheet('Privileged'); p.cell(2, column('Privileged', 'Decision')).value = 'Revoke'; "
                    + "s.cell(2, d).value = 'Approve'",
                "has different decisions: Approve here, Revoke in row 2 of filled.xlsx, Privileged"
            ),
            (
                "s.cell(3, d).value = 'Change role'; s.merge_cells(start_row=3, start_column=d, end_row=7, end_column=d)",
                "filled.xlsx, Active users, cell C3:C7: error: merged cells cover the column Decision"
            ),
            ("s.cell(3, d).value = '=IF(1,\\\"Revoke\\\",\\\"\\\")'", "filled.xlsx, Active users, cell C3: error: "),
            (
                "s.cell(3, d).value = 'Change role'; s.cell(3, t).value = '#N/A'",
                "filled.xlsx, Active users, cell G3: error: "
            ),
            (
                "s.delete_cols(k)\nfor r in range(2, 27): s.cell(r, d).value = 'Approve'",
                "filled.xlsx, Active users: error: has decisions but no column Row key"
            ),
            (
                "s.delete_rows(1); s.cell(1, d).value = 'Revoke'",
                "filled.xlsx, Active users: error: has row keys but no row with the titles of the columns"
            ),
            (
                "s.cell(30, column('Active users', 'Email')).value = 'chen.muller.6@acme.io'; s.cell(30, d).value = 'Revoke'",
                "filled.xlsx, Active users:30: error: \"chen.muller.6@acme.io\" has a decision but no row key"
            ),
            (
                """
                emails = sorted((s.cell(r, column('Active users', 'Email')).value for r in range(2, 27)), reverse=True)
                for r in range(2, 27): s.cell(r, column('Active users', 'Email')).value = emails[r - 2]
                """,
                "the column Email was sorted without the others: "
            ),
        ])
    func `what cannot be read as it was meant is one problem, and nothing is sent`(edit: String, sentence: String)
        throws
    {
        let run = try dryRun(edit: Self.user + edit)
        #expect(run.status == 2, "\(run.all)")
        #expect(run.errors.contains(sentence), "\(run.errors)")
        #expect(run.errors.contains("1 row is not as in review"), "\(run.errors)")
    }

    @Test func `totals, notes and sheets of their own do not matter`() throws {
        let run = try dryRun(
            "chen.muller.6@acme.io=Revoke",
            edit: Self.user + """
                s.cell(28, 2).value = 'Total'; s.cell(28, d).value = '=COUNTA(J2:J26)'; s.cell(28, k).value = 25
                s.cell(29, 2).value = 'chen.muller.6@acme.io'; s.cell(30, 1).value = 'Ask Ada about row 7'
                s.cell(1, k + 1).value = 'My notes'; s.cell(2, k + 1).value = 'Revoke'
                n = book.create_sheet('Notes'); n.append(['Email', 'Decision']); n.append(['someone@else.example', 'Revoke'])
                """)
        #expect(run.all.contains("send              1  removal"), "\(run.all)")
    }

    @Test func `any subset of the rows, and one sheet as CSV, may be handed in`() throws {
        let csv = try rollcall.read("one/review.csv").split(separator: "\r\n")
        let row = try #require(csv.first { $0.contains("chen.muller.6@acme.io") })
        var cells = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        cells[13] = "Revoke"
        try rollcall.write([String(csv[0]), cells.joined(separator: ",")].joined(separator: "\n"), to: "mine.csv")
        let run = try rollcall.run("apply", "mine.csv", "--evidence", "one", "--dry-run")
        #expect(run.all.contains("Plan for 1 row"), "\(run.all)")
        #expect(run.all.contains("send              1  removal"), "\(run.all)")
    }

    @Test func `a spreadsheet in another format is named for what it is`() throws {
        try rollcall.saveWithLibreOffice("one/review.xlsx", in: "saved", as: "ods")
        try rollcall.saveWithLibreOffice("one/review.xlsx", in: "saved", as: "xls")
        for (name, sentence) in [
            ("ods", "an OpenDocument spreadsheet (.ods)"), ("xls", "an old Excel workbook (.xls)"),
        ] {
            let run = try rollcall.run("apply", "saved/review.\(name)", "--evidence", "one", "--dry-run")
            #expect(run.status == 2)
            #expect(run.errors.contains("looks like \(sentence)"), "\(run.errors)")
            #expect(run.errors.contains("save or export it as an Excel workbook (.xlsx) or as CSV"), "\(run.errors)")
        }
    }
}
