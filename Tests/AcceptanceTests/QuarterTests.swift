import Foundation
import Testing

/// A whole quarter, from the export to the next review: three reviewers with the files of three programs, one of them
/// late; a decision that is changed, a row that fails, a new ADMIN, an exception with an end.
@Suite(.waiting) struct QuarterTests {
    private let rollcall: Rollcall
    private let server: WorkspaceServer

    init() throws {
        rollcall = try Rollcall()
        server = try WorkspaceServer(
            rollcall,
            users: [
                "ada@acme.io ADMIN", "bob@acme.io DEVELOPER", "cleo@acme.io DEVELOPER", "dan@acme.io BUSINESS",
                "edna@acme.io ANALYST", "fred@acme.io DEVELOPER",
            ], invites: ["gil@acme.io DEVELOPER EXPIRED", "hope@acme.io DEVELOPER SENT"])
        try rollcall.write(
            "email,reviewer\nada@acme.io,Grace\nbob@acme.io,Grace\ncleo@acme.io,Linus\ndan@acme.io,linus \n"
                + "edna@acme.io,Ken\nfred@acme.io,Ken\ngil@acme.io,Ken\nhope@acme.io,Ken\n", to: "who.csv")
    }

    private func review(_ folder: String) throws {
        let run = try rollcall.run(
            "review", "--out", folder, "--review-id", folder, "--split-by", "who.csv", "--approver", "Alan Turing",
            "--due", "2099-01-01")
        try #require(run.status == 0, "\(run.errors)")
    }

    private func apply(_ file: String, _ options: String...) throws -> Finished {
        try rollcall.start(
            [
                "apply", file, "--evidence", "q3", "--yes", "--rate", "none", "--max-removals", "60%", "--settle-wait",
                "1s",
            ] + options
        ).wait()
    }

    /// Checks the evidence, and what is open by the reviewers of the accounts.
    private func expect(open: [String: Int], status: Int32 = 1, _ step: Comment) throws {
        try rollcall.requireIntact("q3", step)
        let document = try rollcall.run("review", "status", "q3", "--output", "json")
        #expect(document.status == status, "\(step): \(document.errors)")
        #expect(try rollcall.validate(document.output, against: "output-review-status") == "valid")
        let report = try rollcall.run("review", "status", "q3", "--format", "json")
        let state = try JSONDecoder().decode(Status.self, from: Data(report.output.utf8))
        let counts = Dictionary(grouping: state.open) { $0.reviewer ?? "" }.mapValues(\.count)
        #expect(counts == open, step)
    }

    private struct Status: Decodable {
        struct Open: Decodable { var reviewer: String? }
        var open: [Open]
    }

    /// Writes the rows of one reviewer as a spreadsheet program in Germany saves them.
    private func writeKensRows() throws {
        try rollcall.write(
            """
            import csv
            wishes = {
                "edna@acme.io": ("Approve", "", ""), "hope@acme.io": ("Approve", "", ""),
                "gil@acme.io": ("Re-invite", "", ""),
                "fred@acme.io": ("Exception", "needs it for the migration", "2099-12-31"),
            }
            rows = list(csv.DictReader(open("q3/to-fill-in/review.csv", encoding="utf-8-sig", newline="")))
            with open("ken.csv", "w", encoding="utf-8-sig", newline="") as file:
                out = csv.DictWriter(file, rows[0].keys(), delimiter=";")
                out.writeheader()
                for row in rows:
                    if row["email"] in wishes:
                        row["decision"], row["justification"], row["exceptionUntil"] = wishes[row["email"]]
                        row["reviewer"] = "Ken"
                        out.writerow(row)
            """, to: "ken.py")
        try rollcall.shell("python3 ken.py")
    }

    @Test func `a quarter from the export to the next review`() throws {
        try review("q3")
        try expect(open: ["Grace": 2, "Linus": 2, "Ken": 4], "exported")

        // Grace fills in her workbook with one program, and hands in half of it.
        try rollcall.fill(
            "q3/to-fill-in/review-grace.xlsx", to: "grace.xlsx", "ada@acme.io=Approve::runs the platform")
        #expect(try apply("grace.xlsx").status == 0)
        try expect(open: ["Grace": 1, "Linus": 2, "Ken": 4], "half of the first part")

        // Linus saves his with LibreOffice; one of his rows fails.
        try rollcall.fill(
            "q3/to-fill-in/review-linus.xlsx", to: "linus.xlsx", "cleo@acme.io=Change role:ANALYST:moved",
            "dan@acme.io=Revoke::left")
        try rollcall.saveWithLibreOffice("linus.xlsx", in: "saved")
        try server.refuse(["dan"])
        #expect(try apply("saved/linus.xlsx").status == 1)
        try expect(open: ["Grace": 1, "Linus": 1, "Ken": 4], "a row has failed")
        #expect(try rollcall.run("review", "close", "q3").status == 2)

        // Meanwhile somebody becomes ADMIN.
        try server.add("mallory@acme.io ADMIN")
        try server.refuse([])
        let retried = try apply("saved/linus.xlsx")
        #expect(retried.status == 1 && retried.errors.contains("rollcall review add "), "\(retried.errors)")
        #expect(try server.types()["dan@acme.io"] == nil)
        #expect(try rollcall.run("review", "add", "q3").status == 0)
        try expect(open: ["Grace": 1, "": 1, "Ken": 4], "the new ADMIN is in the review")
        try rollcall.fill("q3/to-fill-in/supplement.xlsx", to: "mallory.xlsx", "mallory@acme.io=Revoke::not known")
        let revoked = try apply("mallory.xlsx")
        #expect(revoked.status == 0, "\(revoked.errors)")

        // Ken is late, and sends a CSV. Grace changes her mind about Bob.
        #expect(try rollcall.run("review", "status", "q3", "--reminders", "reminders").status == 1)
        #expect(try rollcall.shell("ls reminders") == "grace.eml\ngrace.txt\nken.eml\nken.txt\n")
        try rollcall.fill("q3/to-fill-in/review-grace.xlsx", to: "bob.xlsx", "bob@acme.io=Approve::still on the team")
        #expect(try apply("bob.xlsx").status == 0)
        try rollcall.fill(
            "q3/to-fill-in/review-grace.xlsx", to: "bob-2.xlsx", "bob@acme.io=Change role:ANALYST:less",
            "!s = sheet('Start here'); [setattr(s.cell(c.row, c.column + 1), 'value', 'Grace') "
                + "for row in s.iter_rows() for c in row if c.value == 'Your name']")
        #expect(try apply("bob-2.xlsx").status == 0)
        #expect(try rollcall.run("review", "close", "q3").status == 2)
        try writeKensRows()
        let late = try apply("ken.csv")
        #expect(late.status == 0, "\(late.errors)")
        try expect(open: [:], status: 0, "everything is decided")

        let closed = try rollcall.run("review", "close", "q3")
        #expect(closed.status == 0, "\(closed.errors)")
        try expect(open: [:], status: 0, "closed")
        let rows = try rollcall.accounts("q3/closing.csv")
        #expect(rows["bob@acme.io"]?["decision"] == "Change role")
        #expect(rows["bob@acme.io"]?["replaced"]?.hasPrefix("Approve") == true)
        #expect(rows["fred@acme.io"]?["exceptionUntil"] == "2099-12-31")
        #expect(rows["dan@acme.io"]?["standing"] == "applied" && rows["dan@acme.io"]?["verified"] == "confirmed")

        // The next quarter shows what was decided.
        try review("q4")
        let next = try rollcall.accounts("q4/review.csv")
        #expect(next["bob@acme.io"]?["previousDecision"]?.hasPrefix("Change role by Grace on ") == true, "\(next)")
        #expect(try rollcall.read("q4/review.csv").contains(#/"Exception by Ken on [0-9-]+, until 2099-12-31"/#))
        #expect(try rollcall.run("verify", "q4").status == 0)
        #expect(try rollcall.read("q4/evidence.json").contains("closedAt"))
    }
}
