import Foundation
import Testing

/// A whole quarter with the company's own list: what it says about the accounts reaches their managers, is decided,
/// carried out and confirmed, and the next comparison is silent.
@Suite(.waiting) struct PeopleQuarterTests {
    private let rollcall: Rollcall
    private let server: WorkspaceServer

    init() throws {
        rollcall = try Rollcall()
        server = try WorkspaceServer(
            rollcall,
            users: ["ada@acme.io ADMIN", "eve@acme.io SECURITY_ADMIN"]
                + ["bob", "cy", "di", "ci"].map { "\($0)@acme.io DEVELOPER" })
        rollcall.environment["ROLLCALL_TODAY"] = "2026-11-28"
        rollcall.environment["ROLLCALL_PEOPLE"] = "hr.csv"
        rollcall.environment["ROLLCALL_SERVICE_ACCOUNTS"] = "ci@acme.io=ada@acme.io; builds"
        try rollcall.write(
            "Name,Email,Manager,Status,End date\nAda Admin,ada@acme.io,,Active,\n"
                + "Bob Left,bob@acme.io,ada@acme.io,Terminated,2026-01-31\nCy Away,cy@acme.io,ada@acme.io,Suspended,\n"
                + "Di Roe,di@acme.io,bob@acme.io,Active,\n", to: "hr.csv")
    }

    private func review(_ id: String, finds: String) throws {
        let run = try rollcall.run(
            "review", "--out", id, "--review-id", id, "--split-by", "manager", "--fallback", "Grace", "--approver",
            "Alan Turing")
        try #require(run.status == 0, "\(run.errors)")
        #expect(run.errors.contains("findings by hr.csv: " + finds + "\n"), "\(run.errors)")
    }

    /// The addresses on a sheet of a workbook, in the order of its rows.
    private func addresses(_ file: String, _ sheet: String) throws -> [String] {
        let script = """
            import openpyxl, sys
            rows = list(openpyxl.load_workbook(sys.argv[1])[sys.argv[2]].iter_rows(values_only=True))
            head = next(number for number, row in enumerate(rows) if "Email" in row)
            print("\\n".join(row[rows[head].index("Email")] for row in rows[head + 1:] if row[rows[head].index("Email")]))
            """
        try rollcall.write(script, to: "sheet.py")
        return try rollcall.shell("/usr/bin/python3 sheet.py '\(file)' '\(sheet)'").split(separator: "\n")
            .map(String.init)
    }

    private func apply(_ file: String) throws -> Finished {
        try rollcall.run(
            "apply", file, "--evidence", "q4", "--yes", "--rate", "none", "--max-removals", "60%", "--settle-wait", "1s"
        )
    }

    @Test func `a quarter with leavers, from the first sheet to silence`() throws {
        let before = try rollcall.run("leavers")
        #expect(before.status == 1 && before.output.contains("bob@acme.io"), "\(before.all)")
        try review("q4", finds: "1 LEFT, 1 LEFT_OR_SUSPENDED, 1 UNKNOWN, 1 MANAGER_LEFT")
        let leading = try addresses("q4/review.xlsx", "Leavers and unknown")
        #expect(leading == ["eve@acme.io", "bob@acme.io", "cy@acme.io"], "\(leading)")

        // Ada has her people, and the service account that she owns; Grace has the rest.
        let part = "q4/to-fill-in/review-ada-acme-io.xlsx"
        #expect(try Set(addresses(part, "Active users")) == ["bob@acme.io", "cy@acme.io", "ci@acme.io"])
        try rollcall.fill(
            part, to: "ada.xlsx", "default=Approve", "bob@acme.io=Revoke::has left", "cy@acme.io=Approve::on leave",
            "!s = sheet('Start here'); [setattr(s.cell(c.row, c.column + 1), 'value', 'ada@acme.io') "
                + "for row in s.iter_rows() for c in row if c.value == 'Your name']")
        let first = try apply("ada.xlsx")
        #expect(first.status == 0, "\(first.errors)")
        #expect(try server.types()["bob@acme.io"] == nil && server.types()["cy@acme.io"] == "DEVELOPER")
        #expect(try rollcall.run("review", "status", "q4").output.contains("eve@acme.io: not decided (Grace)"))
        let early = try rollcall.run("review", "close", "q4")
        #expect(early.status == 2 && early.errors.contains("rollcall apply FILE --evidence q4"), "\(early.errors)")

        try rollcall.fill(
            "q4/to-fill-in/review-grace.xlsx", to: "grace.xlsx", "default=Approve::works here",
            "eve@acme.io=Revoke::nobody knows her")
        let second = try apply("grace.xlsx")
        #expect(second.status == 0, "\(second.errors)")
        let closed = try rollcall.run("review", "close", "q4")
        #expect(closed.status == 0, "\(closed.errors)")
        let rows = try rollcall.accounts("q4/closing.csv")
        for email in ["bob@acme.io", "eve@acme.io"] {
            #expect(rows[email]?["standing"] == "applied" && rows[email]?["verified"] == "confirmed", "\(rows)")
        }
        #expect(rows["bob@acme.io"]?["reviewer"] == "ada@acme.io", "\(rows)")
        try rollcall.requireIntact("q4", "closed")
        #expect(try rollcall.run("verify", "q4", "--require-closed").status == 0)

        // Cy is on leave until March, which an exception says; then nobody is left to look at.
        #expect(try !rollcall.run("leavers").output.contains("bob@acme.io"))
        rollcall.environment["ROLLCALL_EXCEPTIONS"] = "cy@acme.io=2027-03-31; on leave"
        let silent = try rollcall.run("leavers")
        #expect(silent.status == 0 && silent.all.isEmpty, "\(silent.all)")

        try review("q1", finds: "1 MANAGER_LEFT")
        #expect(try addresses("q1/review.xlsx", "Leavers and unknown").isEmpty)
        #expect(try addresses("q1/review.xlsx", "Excepted findings") == ["cy@acme.io"])
        let next = try rollcall.accounts("q1/review.csv")
        #expect(next["cy@acme.io"]?["previousDecision"]?.hasPrefix("Approve by ada@acme.io on ") == true, "\(next)")
        #expect(next["bob@acme.io"]?["decision"] == nil)
        try rollcall.requireIntact("q1", "the next quarter")
    }
}
