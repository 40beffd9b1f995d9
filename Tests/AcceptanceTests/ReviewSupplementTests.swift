import Foundation
import Testing

/// What is added to an open review, and how its evidence stays a chain.
@Suite(.waiting) struct ReviewSupplementTests {
    private let rollcall: Rollcall
    private let server: WorkspaceServer

    init() throws {
        rollcall = try Rollcall()
        server = try WorkspaceServer(
            rollcall,
            users: ["ada@acme.io ADMIN", "bob@acme.io DEVELOPER", "cleo@acme.io DEVELOPER", "dan@acme.io BUSINESS"],
            invites: ["finn@acme.io DEVELOPER SENT"])
        let run = try rollcall.run(
            "review", "--out", "rev", "--reviewer", "Grace Hopper", "--approver", "Alan Turing")
        try #require(run.status == 0, "\(run.errors)")
    }

    private func apply(_ file: String, _ wishes: [String], _ options: String...) throws -> Finished {
        try rollcall.fill("rev/to-fill-in/" + file, to: "filled-" + file, wishes: wishes)
        return try rollcall.start(
            [
                "apply", "filled-" + file, "--evidence", "rev", "--yes", "--rate", "none", "--max-removals", "60%",
                "--settle-wait", "1s",
            ] + options
        ).wait()
    }

    @Test func `new and raised privileges are added, decided and closed`() throws {
        try server.add("mallory@acme.io ADMIN")
        try server.add("cleo@acme.io ADMIN")
        try server.add("new@acme.io DEVELOPER")
        // The approval of DEVELOPER is overtaken, and names the command that helps.
        let first = try apply("review.xlsx", ["default=Approve::as before"])
        #expect(first.status == 1, "\(first.errors)")
        let added = try rollcall.run("review", "add", "rev")
        #expect(added.status == 0, "\(added.errors)")
        #expect(added.errors.contains("2 accounts added"), "\(added.errors)")
        #expect(added.errors.contains(#/Evidence hash: [0-9a-f]{64}/#), "\(added.errors)")
        try rollcall.requireIntact("rev", "after the supplement")
        #expect(
            try Set(rollcall.accounts("rev/supplement.csv").keys) == ["mallory@acme.io", "cleo@acme.io"])
        let open = try rollcall.run("review", "status", "rev")
        #expect(open.status == 1 && open.output.contains("mallory@acme.io: not decided"), "\(open.output)")
        let again = try rollcall.run("review", "add", "rev")
        #expect(again.status == 0 && again.errors.contains("Nothing to add"), "\(again.errors)")
        #expect(again.errors.contains("1 other change"), "\(again.errors)")
        let second = try apply(
            "supplement.xlsx", ["mallory@acme.io=Revoke", "cleo@acme.io=Approve::leads the team now"])
        #expect(second.status == 0, "\(second.errors)")
        #expect(try server.types()["mallory@acme.io"] == nil)
        try rollcall.requireIntact("rev", "after both remediations")
        let closed = try rollcall.run("review", "close", "rev")
        #expect(closed.status == 0, "\(closed.errors)")
        try rollcall.requireIntact("rev", "closed")
        let rows = try rollcall.rows("rev/closing.csv").filter { $0.contains("cleo@acme.io") }
        #expect(rows.count == 2 && rows.joined().contains("superseded"), "\(rows)")
    }

    @Test func `the approval of a raised type is open until somebody decides about the new type`() throws {
        #expect(try apply("review.xlsx", ["default=Approve::as before"]).status == 0)
        try server.add("cleo@acme.io ADMIN")
        #expect(try rollcall.run("review", "add", "rev").status == 0)
        #expect(try apply("supplement.xlsx", ["cleo@acme.io=Change role:DEVELOPER"]).status == 0)
        #expect(try server.types()["cleo@acme.io"] == "DEVELOPER")
        let closed = try rollcall.run("review", "close", "rev")
        #expect(closed.status == 0, "\(closed.errors)")
        try rollcall.requireIntact("rev", "closed")
    }

    @Test func `all changes are added on request, and nothing is added to a closed review`() throws {
        try server.add("new@acme.io DEVELOPER")
        try server.invite("gina@acme.io BUSINESS SENT")
        let added = try rollcall.run("review", "add", "rev", "--all-changes", "--output", "json")
        #expect(added.status == 0, "\(added.errors)")
        let validity = try rollcall.validate(added.output, against: "output-review-add")
        #expect(validity == "valid", "\(added.output)")
        #expect(try Set(rollcall.accounts("rev/supplement.csv").keys) == ["new@acme.io", "gina@acme.io"])
        #expect(try rollcall.run("review", "close", "rev", "--force", "ticket 4711").status == 0)
        let refused = try rollcall.run("review", "add", "rev")
        #expect(refused.status == 2 && refused.errors.contains("was closed on"), "\(refused.errors)")
        try rollcall.requireIntact("rev", "closed")
    }

    @Test func `a deleted, replaced or reordered link breaks the chain`() throws {
        try server.add("mallory@acme.io ADMIN")
        #expect(try rollcall.run("review", "add", "rev").status == 0)
        #expect(try apply("review.xlsx", ["default=Approve::as before"]).status == 0)
        #expect(try apply("supplement.xlsx", ["mallory@acme.io=Revoke"]).status == 0)
        try rollcall.requireIntact("rev", "before the edits")
        for damage in [
            "rm supplement.*", "rm remediation.*", "mv remediation.SHA256SUMS x; tac x > remediation.SHA256SUMS; rm x",
        ] {
            try rollcall.shell("rm -rf copy && cp -r rev copy && cd copy && \(damage)")
            let check = try rollcall.run("verify", "copy")
            #expect(check.status == 1, "\(damage): \(check.all)")
        }
    }

    @Test func `a supplement that was falsified is found`() throws {
        try server.add("mallory@acme.io ADMIN")
        #expect(try rollcall.run("review", "add", "rev").status == 0)
        let honest = try rollcall.run("verify", "rev")
        #expect(honest.status == 0 && honest.all.contains("supplement: 4 reports have the content"), "\(honest.all)")
        let forgeries: [(String, (Resealing) throws -> Void)] = [
            (
                "column change: \"\" instead of \"new\"",
                { folder in
                    try folder.editRows("supplement.csv") { column, rows in rows[0][column("change")] = "" }
                }
            ),
            ("supplement.html differs", { try $0.replace("ADMIN", by: "ANALYST", in: "supplement.html") }),
            (
                "supplement.history.json is not in supplement.SHA256SUMS",
                { folder in
                    try folder.delete("supplement.history.json")
                    try folder.dropSum(of: "supplement.history.json", in: "supplement.SHA256SUMS")
                }
            ),
            (
                "is none that rollcall has ever sent",
                { folder in
                    try folder.replace("listUsers", by: "listOthers", in: "supplement.record.json")
                }
            ),
        ]
        for (sentence, edit) in forgeries {
            try rollcall.shell("rm -rf copy && cp -r rev copy")
            try Resealing(rollcall: rollcall, folder: "copy").reseal(edit)
            let run = try rollcall.run("verify", "copy", "--no-ledger")
            let words = run.all.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            #expect(run.status == 1 && words.contains(sentence), "\(run.all)")
        }
        // A supplement of a version that stored neither.
        try rollcall.shell("rm -rf copy && cp -r rev copy")
        try Resealing(rollcall: rollcall, folder: "copy").reseal { folder in
            try folder.delete("supplement.history.json")
            try folder.dropSum(of: "supplement.history.json", in: "supplement.SHA256SUMS")
            try folder.editRecord("supplement.record.json") { $0["query"] = nil }
        }
        let earlier = try rollcall.run("verify", "copy", "--no-ledger")
        #expect(earlier.status == 0 && earlier.all.contains("its reports were not"), "\(earlier.all)")
        #expect(try rollcall.run("verify", "copy", "--no-ledger", "--require-recomputed").status == 1)
    }

    @Test func `a closing statement cannot avoid a comparison by naming an earlier version`() throws {
        #expect(try rollcall.run("review", "close", "rev", "--force", "ticket 4711").status == 0)
        let honest = try rollcall.run("verify", "rev")
        #expect(honest.status == 0 && honest.all.contains("closing statement: 5 reports have"), "\(honest.all)")
        try Resealing(rollcall: rollcall, folder: "rev").reseal { folder in
            try folder.editRecord("closing.record.json") { $0["rollcallVersion"] = "0.0.9" }
            try folder.replace("ticket 4711", by: "ticket 4712", in: "closing.html")
        }
        let run = try rollcall.run("verify", "rev", "--no-ledger")
        #expect(run.status == 1 && run.all.contains("closing.html differs from what follows"), "\(run.all)")
    }

    /// The first two changes are sent at once, the third after twenty seconds.
    @Test(arguments: [false, true])
    func `a review with a run that is not complete is not closed by force`(hasRowsLeft: Bool) throws {
        let wishes =
            ["bob@acme.io=Revoke", "cleo@acme.io=Revoke"] + (hasRowsLeft ? ["dan@acme.io=Revoke"] : [])
        try rollcall.fill("rev/to-fill-in/review.xlsx", to: "filled.xlsx", wishes: wishes)
        let crash = hasRowsLeft ? "" : "ROLLCALL_CRASH_AT='all outcomes durable, run not ended yet' "
        let running = try rollcall.start(
            line: crash + "exec $ROLLCALL apply filled.xlsx --evidence rev --yes --rate 0.05/s --max-removals 90%")
        if hasRowsLeft {
            while try server.types().count > 2, running.process.isRunning { usleep(20_000) }
            running.signal(SIGKILL)
        }
        running.process.waitUntilExit()
        try #require(try rollcall.run("verify", "rev").status == 0)
        let refused = try rollcall.run("review", "close", "rev", "--force", "ticket 4711")
        #expect(refused.status == 2, "\(refused.errors)")
        #expect(refused.errors.contains("runs resume 1"), "\(refused.errors)")
        #expect(refused.errors.contains("runs abandon 1") == hasRowsLeft, "\(refused.errors)")
        let abandoned = try rollcall.run("runs", "abandon", "1", "--yes")
        if hasRowsLeft {
            #expect(abandoned.status == 0, "\(abandoned.all)")
        } else {
            #expect(abandoned.status == 2 && abandoned.errors.contains("runs resume 1"), "\(abandoned.all)")
            let written = try rollcall.run("runs", "resume", "1", "--yes")
            #expect(written.status == 0, "\(written.all)")
        }
        let closed = try rollcall.run("review", "close", "rev", "--force", "ticket 4711")
        #expect(closed.status == 0, "\(closed.all)")
        try rollcall.requireIntact("rev", "closed by force")
    }
}
