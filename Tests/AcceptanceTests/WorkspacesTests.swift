import Foundation
import Testing

/// A company's token: all workspaces in one review, and one list for several of them.
@Suite(.waiting) struct WorkspacesTests {
    private let rollcall: Rollcall
    private let sandbox: SandboxProcess
    private static let finance = String(repeating: "b2", count: 32)

    init() throws {
        rollcall = try Rollcall()
        sandbox = try SandboxProcess(rollcall)
        rollcall.environment["PARADIME_API_KEY"] = nil
        rollcall.environment["PARADIME_API_SECRET"] = "prdm_cmp_sandbox"
    }

    private func review(_ folder: String) throws -> Finished {
        try rollcall.run("review", "--all-workspaces", "--out", folder, "--review-id", folder, "--format", "csv,json")
    }

    @Test func `each workspace has its evidence, and the summary says who is where`() throws {
        let run = try review("q1")
        #expect(run.status == 0, "\(run.errors)")
        let people = try rollcall.rows("q1/access.csv")
        #expect(people.first == ["ada.admin@acme.io", "Ada Admin", "2", "2", "0", "ADMIN", "ADMIN"])
        let analytics = try rollcall.rows("q1/acme-analytics/review.csv").filter { $0[0] == "user" }
        let finance = try rollcall.rows("q1/acme-finance/review.csv").filter { $0[0] == "user" }
        #expect(people.filter { !$0[5].isEmpty && !$0[5].hasPrefix("invite") }.count == analytics.count)
        #expect(people.filter { !$0[6].isEmpty && !$0[6].hasPrefix("invite") }.count == finance.count)
        #expect(try rollcall.run("verify", "q1").status == 0)
    }

    @Test(arguments: ["access.html", "access.json", "access.md", "access.xlsx"])
    func `a summary that was falsified in any format is found`(file: String) throws {
        let made = try rollcall.run(
            "review", "--all-workspaces", "--out", "q1", "--review-id", "q1", "--format", "xlsx,html,json,md",
            "--approver",
            "Alan")
        #expect(made.status == 0, "\(made.errors)")
        let honest = try rollcall.run("verify", "q1")
        #expect(honest.status == 0 && honest.all.contains("the summary: 4 reports have the content"), "\(honest.all)")
        try Resealing(rollcall: rollcall, folder: "q1").reseal { folder in
            if file.hasSuffix("xlsx") {
                try folder.editBook(file, "book.worksheets[-1].cell(2, 2).value = 'mallory@acme.io'")
            } else {
                try folder.replace("ADMIN", by: "ANALYST", in: file)
            }
        }
        let run = try rollcall.run("verify", "q1", "--no-ledger")
        #expect(run.status == 1 && run.all.contains("\(file) differs from what follows from"), "\(run.all)")
    }

    @Test func `a workspace that cannot be listed is named, and keeps the others from nothing`() throws {
        // The second of the three listings is let down, which is that of the first workspace.
        let sandbox = try SandboxProcess(rollcall, "--seed", "7", "--fault", "notok@all=0.5")
        rollcall.environment["PARADIME_API_KEY"] = nil
        rollcall.environment["PARADIME_API_SECRET"] = "prdm_cmp_sandbox"
        let run = try review("q1")
        #expect(run.status == 1, "\(run.errors)")
        #expect(run.errors.contains("warning: Acme Analytics was not reviewed: the API's user list cannot be used"))
        let people = try rollcall.rows("q1/access.csv")
        #expect(!people.isEmpty && people.allSatisfy { $0[5] == "not reviewed" && $0[6] != "not reviewed" })
        let check = try rollcall.run("verify", "q1")
        #expect(check.status == 0, "\(check.errors)")
        #expect(check.all.contains("not seen Acme Analytics was not reviewed"), "\(check.all)")
        withExtendedLifetime(sandbox) {}
    }

    @Test func `one workbook decides about all workspaces`() throws {
        let run = try rollcall.run("review", "--all-workspaces", "--out", "q1", "--approver", "Alan")
        #expect(run.errors.contains("apply q1/to-fill-in/review.xlsx"), "\(run.errors)")
        try rollcall.fill("q1/to-fill-in/review.xlsx", to: "all.xlsx", "default=Approve::as before")
        let applied = try rollcall.run("apply", "all.xlsx", "--evidence", "q1", "--yes", "--rate", "none")
        #expect(applied.status == 0, "\(applied.errors)")
        for workspace in ["acme-analytics", "acme-finance"] {
            #expect(try rollcall.run("review", "status", "q1/" + workspace).status == 0)
            #expect(try rollcall.run("review", "close", "q1/" + workspace).status == 0)
        }
        let check = try rollcall.run("verify", "q1")
        #expect(check.status == 0, "\(check.all)")
    }

    /// The script decides about Grace in one row, and approves everybody else.
    private func decide(_ script: String) throws {
        try rollcall.fill(
            "q1/to-fill-in/review.xlsx", to: "all.xlsx",
            """
            !s = sheet('Active users')
            decision, every, email = [column('Active users', t) for t in ('Decision', 'All workspaces', 'Email')]
            rows = [r for r in range(2, s.max_row + 1) if s.cell(r, email).value]
            graces = [r for r in rows if s.cell(r, email).value == 'grace@acme.io']
            for r in rows:
                if r not in graces: s.cell(r, decision).value = 'Approve'
            i = sheet('Invites')
            for r in range(2, i.max_row + 1):
                if i.cell(r, column('Invites', 'Email')).value: i.cell(r, column('Invites', 'Decision')).value = 'Approve'
            \(script)
            """)
    }

    @Test func `one decision counts for all accounts of a person, if the reviewer says so`() throws {
        let run = try rollcall.run("review", "--all-workspaces", "--out", "q1", "--approver", "Alan")
        #expect(run.status == 0, "\(run.errors)")
        let apply = { () throws -> Finished in
            try rollcall.run(
                "apply", "all.xlsx", "--evidence", "q1", "--yes", "--rate", "none", "--max-removals", "100%")
        }
        try decide("s.cell(graces[0], decision).value = 'Revoke'; s.cell(graces[0], every).value = 'maybe'")
        let unclear = try apply()
        #expect(unclear.status == 2 && unclear.all.contains("is neither yes nor no"), "\(unclear.all)")
        try decide(
            "for r, d in zip(graces, ['Revoke', 'Approve']): s.cell(r, decision).value = d; s.cell(r, every).value = 'yes'"
        )
        let torn = try apply()
        #expect(torn.status == 2 && torn.all.contains("both count for all workspaces"), "\(torn.all)")
        try decide("s.cell(graces[0], decision).value = 'Revoke'; s.cell(graces[0], every).value = 'Yes'")
        let applied = try apply()
        #expect(applied.status == 0, "\(applied.all)")
        for workspace in ["acme-analytics", "acme-finance"] {
            let rows = try rollcall.rows("q1/\(workspace)/remediation.csv")
            let grace = rows.filter { $0.contains("grace@acme.io") }
            #expect(grace.count == 1 && grace[0].contains("Revoke") && grace[0].contains("succeeded"), "\(grace)")
            let closed = try rollcall.run("review", "close", "q1/" + workspace)
            #expect(closed.status == 0, "\(closed.all)")
        }
        let check = try rollcall.run("verify", "q1")
        #expect(check.status == 0, "\(check.all)")
    }

    @Test func `leavers come first in the workbook for all workspaces, and a redacted archive has all of them`() throws
    {
        try rollcall.write(
            "Name,Email,Manager,Department,Status,End date\nAda Admin,ada.admin@acme.io,,Boardroom,Active,\n"
                + "Grace Hopper,grace@acme.io,ada.admin@acme.io,Observatory,Terminated,2026-01-31\n", to: "hr.csv")
        rollcall.environment["ROLLCALL_TODAY"] = "2026-11-28"
        let run = try rollcall.run(
            "review", "--all-workspaces", "--out", "q1", "--approver", "Alan", "--people", "hr.csv")
        #expect(run.status == 0, "\(run.errors)")
        let script = """
            import openpyxl
            book = openpyxl.load_workbook('q1/to-fill-in/review.xlsx')
            rows = [[c.value for c in row] for row in book['Leavers and unknown'].iter_rows()]
            place = next(i for i, row in enumerate(rows) if 'Severity' in row)
            severity, email, workspace = [rows[place].index(t) for t in ('Severity', 'Email', 'Workspace')]
            order = ['critical', 'high', 'medium', 'low']
            found = [row for row in rows[place + 1:] if row[severity] in order]
            print(book.sheetnames[1:3], [order.index(r[severity]) for r in found] == sorted(order.index(r[severity]) for r in found),
                  len({r[workspace] for r in found if r[email] == 'grace@acme.io'}))
            """
        try rollcall.write(script, to: "read.py")
        let read = try rollcall.shell("/usr/bin/python3 -W ignore read.py 2>&1")
        #expect(read == "['Summary', 'Leavers and unknown'] True 2\n", "\(read)")
        try rollcall.fill("q1/to-fill-in/review.xlsx", to: "all.xlsx", "default=Approve::as before")
        let applied = try rollcall.run("apply", "all.xlsx", "--evidence", "q1", "--yes", "--rate", "none", "--close")
        #expect(applied.status == 0, "\(applied.errors)")
        let packed = try rollcall.run("review", "pack", "q1", "--out", "q1.zip", "--redact", "manager,department")
        #expect(packed.status == 0, "\(packed.all)")
        #expect(try rollcall.shell("unzip -p q1.zip '*.csv' '*.html' '*.json' | grep -c Observatory || true") == "0\n")
        let check = try rollcall.run("verify", "q1.zip", "--require-closed")
        #expect(check.status == 0, "\(check.all)")
        let words = check.all.replacing(#/\s+/#, with: " ")
        #expect(words.contains("acme-finance: this is a redacted copy without department and manager"), "\(check.all)")
    }

    @Test func `the files of several reviews are applied together, and a row that may belong to either is refused`()
        throws
    {
        _ = try rollcall.run("review", "--all-workspaces", "--out", "q1", "--format", "xlsx,csv")
        try rollcall.fill("q1/acme-analytics/to-fill-in/review.xlsx", to: "a.xlsx", "default=Approve::as before")
        try rollcall.fill("q1/acme-finance/to-fill-in/review.xlsx", to: "b.xlsx", "default=Approve::as before")
        let applied = try rollcall.run(
            "apply", "a.xlsx", "b.xlsx", "--evidence", "q1", "--yes", "--rate", "none", "--output", "json")
        #expect(applied.status == 0, "\(applied.errors)")
        #expect(try rollcall.validate(applied.output, against: "output-run") == "valid")
        #expect(try rollcall.run("review", "status", "q1/acme-finance").status == 0)
        try rollcall.fill(
            "q1/to-fill-in/review.xlsx", to: "all.xlsx", "default=Approve",
            "!s = sheet('Active users'); s.cell(2, column('Active users', 'Row key')).value = None")
        let refused = try rollcall.run("apply", "all.xlsx", "--evidence", "q1", "--yes", "--rate", "none")
        #expect(refused.status == 2, "\(refused.errors)")
        #expect(refused.errors.contains("could belong to more than one review"), "\(refused.errors)")
    }

    @Test func `what programs read is as the schemas say`() throws {
        let run = try rollcall.run("review", "--all-workspaces", "--out", "q1", "--format", "json", "--output", "json")
        #expect(try rollcall.validate(run.output, against: "output-review") == "valid")
        #expect(try rollcall.validate("q1/access.json", as: "access") == "valid")
    }

    @Test func `the next review of a company names the one before, workspace by workspace`() throws {
        _ = try review("q1")
        _ = try review("q2")
        let run = try rollcall.run("verify", "q2")
        #expect(run.status == 0)
        #expect(run.all.components(separatedBy: "review q1 of ").count == 3, "\(run.all)")
        #expect(!run.all.contains("not seen"))
    }

    @Test func `the review before may lie anywhere, and is another if it is another`() throws {
        _ = try review("q1")
        _ = try review("q2")
        try rollcall.shell(
            "mkdir archive; mv q1 archive/q1; cp -r archive/q1 archive/other; echo more >> archive/other/acme-finance/SHA256SUMS"
        )
        let run = try rollcall.run("verify", "q2", "--previous", "archive/q1")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.all.components(separatedBy: "is unchanged since this review was written").count == 3)
        #expect(try rollcall.run("verify", "q2", "--previous", "archive/other").status == 1)
    }

    @Test(arguments: [
        ("access.csv", "access.csv was changed"), ("acme-finance/review.csv", "acme-finance: review.csv was changed"),
        ("acme-finance/SHA256SUMS", "acme-finance is missing, or not the review"), ("more.txt", "is not in SHA256SUMS"),
    ])
    func `an edit anywhere is found`(file: String, sentence: String) throws {
        _ = try review("q1")
        try rollcall.shell("printf x >> q1/\(file)")
        let run = try rollcall.run("verify", "q1")
        #expect(run.status == 1)
        #expect(run.all.contains(sentence), "\(run.all)")
    }

    @Test func `a summary that was written anew does not fit the answers`() throws {
        _ = try review("q1")
        // Somebody who makes a person an ordinary user, and knows how the sums are made.
        try rollcall.shell(
            """
            cd q1 && sed -i 's/2,2,0,ADMIN,ADMIN/2,1,0,ADMIN,ANALYST/' access.csv \
            && sha256sum access.csv access.json company.json > SHA256SUMS
            """)
        let run = try rollcall.run("verify", "q1")
        #expect(run.status == 1)
        #expect(run.all.contains("access.csv does not match the people in the responses"))
    }

    @Test func `credentials of one workspace cannot review all`() throws {
        rollcall.environment["PARADIME_API_KEY"] = "sandbox-key"
        rollcall.environment["PARADIME_API_SECRET"] = "sandbox-secret"
        let run = try review("q1")
        #expect(run.status == 2)
        #expect(run.errors.contains("a company token, which begins with prdm_cmp_"))
        #expect(try rollcall.shell("ls -A | grep q1").isEmpty)
    }

    private static let list = """
        email,account type,workspace
        ann@acme.io,DEVELOPER,Acme Finance
        bob@acme.io,ANALYST,acme analytics
        bad,DEVELOPER,\(finance)

        """

    @Test func `each row goes to its workspace, and every row has one result`() throws {
        try rollcall.write(Self.list, to: "p.csv")
        let run = try rollcall.run("invite", "p.csv", "--yes")
        #expect(run.status == 1, "\(run.errors)")
        let results = try (rollcall.rows("p.acme-finance.results.csv") + rollcall.rows("p.acme-analytics.results.csv"))
        #expect(results.map { $0[0] + $0[5] } == ["2succeeded", "4rejected", "3succeeded"])
        rollcall.environment["PARADIME_WORKSPACE_UID"] = Self.finance
        let there = try rollcall.run("users").output
        #expect(there.contains("ann@acme.io") && !there.contains("bob@acme.io"))
    }

    @Test(arguments: [
        ("Acme Finanze", "there is no workspace \"Acme Finanze\"; did you mean \"Acme Finance\"?"),
        ("", "the row has no workspace"),
    ])
    func `a row for no workspace stops all of them`(name: String, sentence: String) throws {
        try rollcall.write(Self.list + "eve@acme.io,DEVELOPER,\(name)\n", to: "p.csv")
        let run = try rollcall.run("invite", "p.csv", "--yes")
        #expect(run.status == 2)
        #expect(run.errors.contains("p.csv:5:3: error: " + sentence), "\(run.errors)")
        #expect(try sandbox.requests("inviteUser") == 0)
    }

    @Test func `an empty cell means the workspace of the credentials`() throws {
        rollcall.environment["PARADIME_WORKSPACE_UID"] = Self.finance
        try rollcall.write("email,account type,workspace\neve@acme.io,DEVELOPER,\n", to: "p.csv")
        #expect(try rollcall.run("invite", "p.csv", "--yes").status == 0)
        #expect(try rollcall.run("users").output.contains("eve@acme.io"))
    }

    @Test(arguments: [["--strict"], ["--max-privileged", "0"]])
    func `what one workspace refuses is sent to none`(options: [String]) throws {
        try rollcall.write(Self.list + "root@acme.io,ADMIN,Acme Analytics\n", to: "p.csv")
        let run = try rollcall.start(["invite", "p.csv", "--yes"] + options).wait()
        #expect(run.status == 2, "\(run.errors)")
        #expect(try sandbox.requests("inviteUser") == 0)
    }

    private static let told: [([String], [String], Int32)] = [
        (["--dry-run"], ["plans"], 1), (["--yes"], ["plans", "runs"], 1), (["--yes", "--strict"], ["plans"], 2),
        (["--yes", "--max-privileged", "0"], ["plans"], 2),
    ]

    @Test(arguments: told)
    func `programs are told of each workspace`(options: [String], members: [String], status: Int32) throws {
        try rollcall.write(Self.list + "root@acme.io,ADMIN,Acme Analytics\n", to: "p.csv")
        let run = try rollcall.start(["invite", "p.csv", "--output", "json"] + options).wait()
        #expect(run.status == status, "\(run.errors)")
        #expect(try rollcall.validate(run.output, against: "output-run") == "valid")
        let document = try run.document
        #expect(["plans", "runs"].filter { document[$0] != nil } == members)
        let plans = try #require(document["plans"] as? [[String: Any]])
        #expect(plans.first?["workspaceUid"] as? String == Self.finance)
        for part in document["runs"] as? [[String: Any]] ?? [] {
            let counts = part["counts"] as? [String: [String: Int]]
            #expect(counts?["outcomes"]?.values.reduce(0, +) == 2)
            #expect((part["files"] as? [[String: String]])?.first?["path"]?.contains(".acme-") == true)
        }
    }

    @Test(arguments: [["--dry-run"], ["--yes"], ["--yes", "--max-privileged", "0"]])
    func `each event says which workspace it is about`(options: [String]) throws {
        try rollcall.write(Self.list + "root@acme.io,ADMIN,Acme Analytics\n", to: "p.csv")
        let run = try rollcall.start(["invite", "p.csv", "--output", "ndjson"] + options).wait()
        #expect(try rollcall.validate(run.output, against: "output-events", lines: true) == "valid")
        let events = try run.events
        let ending = try #require(events.last)
        #expect(ending["event"] as? String == "finished" && ending["workspaceUid"] == nil)
        #expect(events.dropLast().allSatisfy { $0["workspaceUid"] is String })
        let finance = events.filter { $0["workspaceUid"] as? String == Self.finance }
            .compactMap { $0["email"] as? String }
        #expect(Set(finance).isSubset(of: ["ann@acme.io", "bad"]))
    }

    @Test func `a plan for each workspace is saved and carried out`() throws {
        try rollcall.write(Self.list, to: "p.csv")
        let saved = try rollcall.run("invite", "p.csv", "--save-plan", "plan.json")
        #expect(saved.status == 0, "\(saved.errors)")
        #expect(try sandbox.requests("inviteUser") == 0)
        for name in ["acme-finance", "acme-analytics"] {
            #expect(try rollcall.run("apply", "plan.\(name).json", "--yes").errors.contains("succeeded           1"))
        }
        #expect(try sandbox.requests("inviteUser") == 2)
    }

    @Test func `a list for several workspaces needs credentials that reach them`() throws {
        rollcall.environment["PARADIME_API_KEY"] = "sandbox-key"
        rollcall.environment["PARADIME_API_SECRET"] = "sandbox-secret"
        try rollcall.write(Self.list, to: "p.csv")
        let run = try rollcall.run("invite", "p.csv", "--yes")
        #expect(run.status == 2)
        #expect(run.errors.contains("company token"))
        #expect(try sandbox.requests("inviteUser") == 0)
    }

    @Test func `a run in one of the workspaces is resumed there, without naming it again`() throws {
        let lossy = try SandboxProcess(rollcall, "--fault", "500=1")
        rollcall.environment["PARADIME_API_KEY"] = nil
        rollcall.environment["PARADIME_API_SECRET"] = "prdm_cmp_sandbox"
        try rollcall.write("email,account type,workspace\neve@acme.io,DEVELOPER,Acme Finance\n", to: "p.csv")
        #expect(try rollcall.run("invite", "p.csv", "--yes", "--max-attempts", "1").status != 0)
        let resumed = try rollcall.run("runs", "resume", "1", "--yes", "--max-attempts", "1")
        #expect(!resumed.errors.contains("is not set") && !resumed.errors.contains("belongs to"), "\(resumed.errors)")
        withExtendedLifetime(lossy) {}
    }
}
