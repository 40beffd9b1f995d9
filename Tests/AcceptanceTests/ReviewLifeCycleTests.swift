import Foundation
import Testing

/// From the export of a review to its closing statement: no decision is lost.
@Suite(.waiting) struct ReviewLifeCycleTests {
    private let rollcall: Rollcall
    private let server: WorkspaceServer

    init() throws {
        rollcall = try Rollcall()
        server = try WorkspaceServer(
            rollcall,
            users: ["ada@acme.io ADMIN", "bob@acme.io DEVELOPER", "cleo@acme.io DEVELOPER", "dan@acme.io BUSINESS"],
            invites: ["eve@acme.io DEVELOPER EXPIRED", "finn@acme.io DEVELOPER SENT"])
    }

    private func export(_ options: String...) throws {
        let run = try rollcall.start(
            ["review", "--out", "rev", "--reviewer", "Grace Hopper", "--approver", "Alan Turing"] + options
        ).wait()
        try #require(run.status == 0, "\(run.errors)")
    }

    private func apply(_ wishes: [String], _ options: String...) throws -> Finished {
        try rollcall.applyReview(wishes, maxRemovals: "50%", options)
    }

    @Test func `a user who was created again is refused by name until --person confirms`() throws {
        try export()
        try server.remove("bob@acme.io")
        try server.add("bob@acme.io DEVELOPER", uid: "bob-2")
        let wishes = ["default=Approve", "bob@acme.io=Revoke"]
        let refused = try apply(wishes)
        #expect(refused.status == 1, "\(refused.errors)")
        #expect(
            refused.errors.contains(
                "bob@acme.io is active under another uid than the reviewed one; if it is the same person, use --person "
                    + "bob@acme.io"), "\(refused.errors)")
        #expect(try server.types()["bob@acme.io"] == "DEVELOPER")
        #expect(try rollcall.run("review", "status", "rev").status == 1)
        let confirmed = try apply(wishes, "--person", "BOB@acme.io")
        #expect(confirmed.status == 0, "\(confirmed.errors)")
        #expect(try server.types()["bob@acme.io"] == nil)
        try rollcall.requireIntact("rev", "after both runs")
    }

    @Test func `a revoked user who is invited again is open`() throws {
        try export()
        try server.remove("bob@acme.io")
        try rollcall.write("email,role\nbob@acme.io,DEVELOPER\n", to: "again.csv")
        #expect(try rollcall.run("invite", "again.csv", "--yes").status == 0)
        let run = try apply(["default=Approve", "bob@acme.io=Revoke"])
        #expect(run.status == 1)
        #expect(run.errors.contains("is no longer active but is invited again"), "\(run.errors)")
    }

    @Test func `a later decision replaces an earlier one and is carried out`() throws {
        try export()
        #expect(try apply(["default=Approve", "bob@acme.io=Change role:BUSINESS"]).status == 0)
        #expect(try server.types()["bob@acme.io"] == "BUSINESS")
        let second = try apply(["default=Approve", "bob@acme.io=Change role:ANALYST"])
        #expect(second.status == 0, "\(second.errors)")
        #expect(try server.types()["bob@acme.io"] == "ANALYST")
        let third = try apply(["bob@acme.io=Revoke"])
        #expect(third.status == 0, "\(third.errors)")
        #expect(try server.types()["bob@acme.io"] == nil)
        // What was decided once more and is done already needs no request.
        #expect(try apply(["bob@acme.io=Revoke"]).status == 0)
        let restored = try apply(["bob@acme.io=Approve"])
        #expect(restored.status == 1)
        #expect(restored.errors.contains("already disabled by an earlier run"), "\(restored.errors)")
        try rollcall.requireIntact("rev", "after five runs")
    }

    @Test func `approving a type that the review itself has changed is open`() throws {
        try export()
        #expect(try apply(["default=Approve", "bob@acme.io=Change role:BUSINESS"]).status == 0)
        let run = try apply(["bob@acme.io=Approve"])
        #expect(run.status == 1)
        #expect(run.errors.contains("to restore the type, decide Change role"), "\(run.errors)")
    }

    @Test func `privileges given since the review are named and keep it open`() throws {
        try export()
        try server.add("mallory@acme.io ADMIN")
        try server.add("cleo@acme.io ADMIN")
        try server.add("new@acme.io DEVELOPER")
        let run = try apply(["default=Approve"], "--require-complete")
        #expect(run.status == 1)
        #expect(run.errors.contains("mallory@acme.io is a new user with the account type ADMIN"), "\(run.errors)")
        #expect(run.errors.contains("cleo@acme.io was DEVELOPER and is now ADMIN"), "\(run.errors)")
        #expect(run.errors.contains("Other changes since the review: 1 new"), "\(run.errors)")
        let status = try rollcall.run("review", "status", "rev")
        #expect(status.status == 1)
        #expect(
            status.output.contains("mallory@acme.io is a new user with the account type ADMIN, which was not reviewed"))
        #expect(status.output.contains("new@acme.io is a new user with the account type DEVELOPER"))
        let close = try rollcall.run("review", "close", "rev")
        #expect(close.status == 2 && close.errors.contains("open: mallory@acme.io"), "\(close.errors)")
        let forced = try rollcall.run("review", "close", "rev", "--force", "ticket 4711")
        #expect(forced.status == 0, "\(forced.errors)")
        #expect(try rollcall.read("rev/closing.csv").contains("cleo@acme.io"))
        #expect(try rollcall.read("rev/closing.json").contains("\"unreviewedPrivilege\""))
        try rollcall.requireIntact("rev", "closed by force")
    }

    @Test func `the small case is review, filling in and apply --close`() throws {
        try export()
        let run = try apply(
            ["default=Approve::as before", "bob@acme.io=Revoke", "eve@acme.io=Re-invite"], "--close")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.errors.contains("is closed"), "\(run.errors)")
        try rollcall.requireIntact("rev", "closed")
        let status = try rollcall.run("review", "status", "rev", "--output", "json")
        #expect(status.status == 0 && status.output.contains("\"stage\":\"closed\""), "\(status.output)")
        let again = try apply(["bob@acme.io=Approve"])
        #expect(again.status == 2 && again.errors.contains("was closed on"), "\(again.errors)")
        let twice = try rollcall.run("review", "close", "rev")
        #expect(twice.status == 2 && twice.errors.contains("was closed on"), "\(twice.errors)")
        #expect(try rollcall.run("review", "list").output.contains("\tclosed\t"))
    }

    @Test func `close refuses with what is open, and without an approver`() throws {
        let run = try rollcall.run("review", "--out", "rev")
        try #require(run.status == 0)
        let noApprover = try rollcall.run("review", "close", "rev")
        #expect(noApprover.status == 2 && noApprover.errors.contains("--approver NAME"), "\(noApprover.errors)")
        let open = try rollcall.run("review", "close", "rev", "--approver", "Ada", "--output", "json")
        #expect(open.status == 2)
        #expect(open.errors.contains("open: bob@acme.io: not decided"), "\(open.errors)")
        #expect(open.output.contains("\"code\":\"reviewOpen\""))
        #expect(try !rollcall.shell("ls rev").contains("closing"))
        #expect(try rollcall.run("review", "close", "rev", "--approver", "Ada", "--force", " ").status == 64)
    }

    @Test func `a row that fails is open until a later run succeeds`() throws {
        try export()
        try server.refuse(["bob"])
        let failed = try apply(["default=Approve::as before", "bob@acme.io=Revoke"], "--close")
        #expect(failed.status == 1, "\(failed.errors)")
        #expect(try !rollcall.shell("ls rev").contains("closing"))
        let status = try rollcall.run("review", "status", "rev")
        #expect(status.status == 1)
        #expect(
            status.output.contains("bob@acme.io: Revoke: HTTP 400: not possible today (Grace Hopper)"),
            "\(status.output)")
        try server.refuse([])
        let done = try apply(["bob@acme.io=Revoke"], "--close")
        #expect(done.status == 0, "\(done.errors)")
        try rollcall.requireIntact("rev", "closed after a retry")
    }

    @Test func `a manual step is open until a listing shows that it was done`() throws {
        try export()
        let run = try apply(["default=Approve::as before", "finn@acme.io=Remove"])
        #expect(run.status == 1)
        #expect(try rollcall.run("review", "close", "rev").status == 2)
        try server.remove("finn@acme.io")
        let closed = try rollcall.run("review", "close", "rev")
        #expect(closed.status == 0, "\(closed.errors)")
    }

    @Test func `require-complete counts every part and earlier files`() throws {
        try rollcall.write(
            "email,reviewer\nada@acme.io,Grace\nbob@acme.io,Grace\ncleo@acme.io,Linus\ndan@acme.io,Linus\n"
                + "eve@acme.io,Linus\nfinn@acme.io,Linus\n", to: "who.csv")
        try export("--split-by", "who.csv", "--due", "2099-01-01")
        let part = { (name: String, options: [String]) in
            try rollcall.fill(
                "rev/to-fill-in/review-\(name).xlsx", to: "\(name).xlsx", wishes: ["default=Approve::as before"])
            return try rollcall.start(
                ["apply", "\(name).xlsx", "--evidence", "rev", "--yes", "--rate", "none"] + options
            ).wait()
        }
        let alone = try part("grace", ["--require-complete"])
        #expect(alone.status == 2, "\(alone.errors)")
        #expect(alone.errors.contains("cleo@acme.io: not decided (Linus)"), "\(alone.errors)")
        #expect(alone.errors.contains("4 accounts of 6 without a decision"), "\(alone.errors)")
        #expect(try part("grace", []).status == 0)
        let status = try rollcall.run("review", "status", "rev", "--reminders", "reminders")
        #expect(status.status == 1)
        #expect(status.output.contains(#/Linus +Linus +4 +0 +4 +0 +0 +0/#), "\(status.output)")
        #expect(try rollcall.shell("ls reminders") == "linus.eml\nlinus.txt\n")
        #expect(try rollcall.read("reminders/linus.txt").contains("dan@acme.io"))
        #expect(try part("linus", ["--require-complete", "--close"]).status == 0)
        try rollcall.requireIntact("rev", "closed")
    }

    @Test func `self-review and an approver who reviews are findings, and --strict refuses them`() throws {
        try export()
        let reviewer = "!s = sheet('Active users'); [setattr(s.cell(r, column('Active users', 'Reviewer')), 'value', "
        let own = reviewer + "'Bob') for r in range(2, s.max_row + 1)]"
        #expect(try apply(["default=Approve::as before", own]).status == 0)
        let strict = try rollcall.run("review", "close", "rev", "--approver", "BOB ", "--strict")
        #expect(strict.status == 2, "\(strict.errors)")
        #expect(strict.errors.contains("Bob approves decisions and is also a reviewer"), "\(strict.errors)")
        let closed = try rollcall.run("review", "close", "rev", "--approver", "BOB ")
        #expect(closed.status == 0 && closed.errors.contains("Bob reviewed their own access"), "\(closed.errors)")
        let text = try rollcall.read("rev/closing.json")
        #expect(text.contains("approverIsReviewer") && text.contains("decided by Bob for Grace Hopper"))
    }
}
