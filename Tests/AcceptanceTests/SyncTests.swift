import Foundation
import Testing

/// `sync`: the workspace is what the list says, after one run, and nobody loses access by a mistake in the list.
@Suite(.waiting) struct SyncTests {
    private let rollcall: Rollcall
    private let server: WorkspaceServer

    init() throws {
        rollcall = try Rollcall()
        server = try WorkspaceServer(
            rollcall,
            users: [
                "ada@acme.io ADMIN", "bob@acme.io DEVELOPER", "cleo@acme.io DEVELOPER", "dan@acme.io BUSINESS",
                "robot@acme.io DEVELOPER",
            ], invites: ["finn@acme.io DEVELOPER SENT", "gina@acme.io DEVELOPER EXPIRED", "hal@acme.io ANALYST SENT"])
        rollcall.environment["ROLLCALL_RATE"] = "none"
    }

    private func write(_ lines: String..., to name: String = "team.csv") throws {
        try rollcall.write((["email,account type"] + lines).joined(separator: "\n") + "\n", to: name)
    }

    private func sync(_ options: String...) throws -> Finished {
        try rollcall.start(["sync", "team.csv", "--yes", "--settle-wait", "1s"] + options).wait()
    }

    @Test func `one run makes the workspace match the list, and the next one has nothing to do`() throws {
        try write(
            "ada@acme.io,ADMIN", "BOB@acme.io,ANALYST", "cleo@acme.io,DEVELOPER", "gina@acme.io,DEVELOPER",
            "new@acme.io,BUSINESS", "hal@acme.io,DEVELOPER", "dan@acme.io,BUSINESS", "robot@acme.io,DEVELOPER")
        let check = try rollcall.run("sync", "team.csv", "--check")
        #expect(check.status == 1 && check.errors.contains("3 changes would make"), "\(check.all)")
        #expect(try rollcall.run("sync", "team.csv", "--dry-run").status == 0)
        #expect(try server.types()["bob@acme.io"] == "DEVELOPER")
        let first = try sync("--output", "json")
        #expect(first.status == 0, "\(first.all)")
        #expect(try rollcall.validate(first.output, against: "output-run") == "valid")
        #expect(try server.types()["bob@acme.io"] == "ANALYST")
        #expect(try server.types().count == 5)
        let invites = try server.invites()
        #expect(invites["gina@acme.io"] == "SENT" && invites["new@acme.io"] == "SENT", "\(invites)")
        // The API cannot change or cancel a pending invitation: both are told, and are no changes.
        #expect(first.errors.contains("finn@acme.io"), "\(first.errors)")
        #expect(try rollcall.read("team.results.csv").contains("already invited as ANALYST"))
        let again = try sync()
        #expect(again.status == 0, "\(again.all)")
        #expect(try rollcall.run("sync", "team.csv", "--check").status == 0)
        #expect(try rollcall.run("runs").output.contains("sync"))
        // The change of the account type can be undone.
        let undone = try rollcall.start(["set-role", "team.undo-1.csv", "--yes"]).wait()
        #expect(undone.status == 0, "\(undone.all)")
        #expect(try server.types()["bob@acme.io"] == "DEVELOPER")
    }

    @Test func `others are disabled on request, except those that stay for a reason`() throws {
        try write("ada@acme.io,ADMIN", "bob+work@acme.io,DEVELOPER", "new@acme.io,BUSINESS")
        let kept = try sync()
        #expect(kept.status == 0 && kept.errors.contains("4 active users are not in team.csv"), "\(kept.errors)")
        #expect(try server.types().count == 5)
        let refused = try sync("--remove-others")
        #expect(refused.status == 2 && refused.errors.contains("--max-removals"), "\(refused.errors)")
        try write("robot@acme.io,", "nobody@acme.io,", to: "keep.csv")
        let own = try sync("--remove-others", "--keep", "keep.csv", "--max-removals", "60%", "--self", "dan@acme.io")
        #expect(own.status == 2 && own.errors.contains("--allow-self"), "\(own.errors)")
        let done = try sync("--remove-others", "--keep", "keep.csv", "--max-removals", "60%")
        #expect(done.status == 0, "\(done.all)")
        #expect(done.errors.contains("no active user is nobody@acme.io"), "\(done.errors)")
        #expect(try Set(server.types().keys) == ["ada@acme.io", "bob@acme.io", "robot@acme.io"])
        #expect(done.errors.contains("bob@acme.io: the list has the same address with another tag"), "\(done.errors)")
        #expect(try rollcall.run("sync", "team.csv", "--keep", "keep.csv").status == 64)
    }

    @Test func `a list that cannot be read as a whole disables nobody`() throws {
        try write("ada@acme.io,ADMIN", "bob@acme.io,ANALYST", "cleo,DEVELOPER", "new@acme.io,BUSINESS")
        let run = try sync("--remove-others", "--max-removals", "90%")
        #expect(run.status == 1, "\(run.all)")
        #expect(run.errors.contains("1 row of the list cannot be used, and may be about this user"), "\(run.errors)")
        #expect(try server.types().count == 5 && server.types()["bob@acme.io"] == "ANALYST")
        #expect(try server.invites()["new@acme.io"] == "SENT")
        try write()
        #expect(try sync("--remove-others", "--max-removals", "100%", "--min-admins", "0").status == 2)
        #expect(try server.types().count == 5)
    }

    @Test func `a list that has shrunk is refused until it is confirmed`() throws {
        try write(
            "ada@acme.io,ADMIN", "bob@acme.io,DEVELOPER", "cleo@acme.io,DEVELOPER", "dan@acme.io,BUSINESS",
            "robot@acme.io,DEVELOPER")
        #expect(try sync().status == 0)
        try write("ada@acme.io,ADMIN", "bob@acme.io,DEVELOPER", "cleo@acme.io,DEVELOPER", "dan@acme.io,BUSINESS")
        #expect(try sync().status == 0)
        try write("ada@acme.io,ADMIN", "bob@acme.io,DEVELOPER", "cleo@acme.io,DEVELOPER")
        let refused = try sync("--remove-others", "--max-removals", "90%")
        #expect(refused.status == 2 && refused.errors.contains("--allow-shrink"), "\(refused.errors)")
        #expect(try server.types().count == 5)
        let allowed = try sync("--remove-others", "--max-removals", "90%", "--allow-shrink")
        #expect(allowed.status == 0, "\(allowed.all)")
        #expect(try server.types().count == 3)
    }

    @Test func `the last administrator stays, and a uid of somebody who is gone invites nobody`() throws {
        try write("ada@acme.io,DEVELOPER", "bob@acme.io,DEVELOPER")
        let refused = try sync()
        #expect(refused.status == 2 && refused.errors.contains("--min-admins"), "\(refused.errors)")
        let uid = String(repeating: "a", count: 64)
        let ada = try #require(server.uids()["ada@acme.io"])
        try rollcall.write(
            "uid,email,account type\n\(ada),ada@acme.io,ADMIN\n\(uid),gone@acme.io,DEVELOPER\n", to: "team.csv")
        let run = try sync()
        #expect(run.status == 1 && run.errors.contains("no active user has the uid"), "\(run.all)")
        #expect(try server.invites()["gone@acme.io"] == nil)
    }

    @Test func `account types come from a column by the first rule that matches`() throws {
        rollcall.environment["ROLLCALL_ACCOUNT_TYPES_BY"] = "Department"
        rollcall.environment["ROLLCALL_ACCOUNT_TYPES"] = "Data Platform=DEVELOPER,Data*=ANALYST,*ance=BUSINESS"
        rollcall.environment["ROLLCALL_SERVICE_ACCOUNTS"] = "robot@acme.io=ada@acme.io; builds"
        try rollcall.write(
            """
            email,Department,Title
            bob@acme.io,data platform,x
            cleo@acme.io,Data Science,x
            dan@acme.io,Finance,x
            new@acme.io,Law,x
            """, to: "team.csv")
        let run = try sync()
        #expect(run.status == 1, "\(run.all)")
        #expect(run.errors.contains("Data*=ANALYST  1 row"), "\(run.errors)")
        #expect(run.errors.contains("Law  line 5"), "\(run.errors)")
        let types = try server.types()
        #expect(types["bob@acme.io"] == "DEVELOPER" && types["cleo@acme.io"] == "ANALYST", "\(types)")
        #expect(types["dan@acme.io"] == "BUSINESS", "\(types)")
        #expect(try server.invites()["new@acme.io"] == nil)
        try rollcall.write("email,Department\nada@acme.io,Data Platform\n", to: "team.csv")
        let service = try sync("--remove-others", "--max-removals", "90%", "--min-admins", "0", "--allow-shrink")
        #expect(service.status == 0, "\(service.all)")
        #expect(try Set(server.types().keys) == ["ada@acme.io", "robot@acme.io"], "\(service.all)")
        #expect(service.errors.contains("robot@acme.io: it is the service account of ada@acme.io"), "\(service.errors)")
    }

    /// Killed at any place and resumed, the workspace is what the list says.
    @Test(arguments: Array(stride(from: 3, through: 75, by: 6)))
    func `a sync that is killed anywhere can be resumed`(place: Int) throws {
        try write("ada@acme.io,ADMIN", "bob@acme.io,ANALYST", "gina@acme.io,DEVELOPER", "new@acme.io,BUSINESS")
        rollcall.environment["ROLLCALL_TIMEOUT"] = "1"
        let options = ["--remove-others", "--max-removals", "90%"]
        rollcall.environment["ROLLCALL_CRASH_AT"] = String(place)
        _ = try rollcall.start(["sync", "team.csv", "--yes", "--settle-wait", "1s"] + options).wait()
        rollcall.environment["ROLLCALL_CRASH_AT"] = nil
        let hasRun = try rollcall.run("runs", "show", "1").status == 0
        let second =
            hasRun
            // Whether a request to send an expired invitation again was lost, no list shows.
            ? try rollcall.run(
                "runs", "resume", "1", "--yes", "--max-removals", "90%", "--settle-wait", "1s", "--resend-unknown")
            : try rollcall.start(["sync", "team.csv", "--yes", "--settle-wait", "1s"] + options).wait()
        #expect(second.status == 0, "\(place): \(second.all)")
        #expect(try server.types() == ["ada@acme.io": "ADMIN", "bob@acme.io": "ANALYST"], "\(place): \(second.all)")
        let invites = try server.invites()
        #expect(invites["gina@acme.io"] == "SENT" && invites["new@acme.io"] == "SENT", "\(place)")
        #expect(try rollcall.run("sync", "team.csv", "--remove-others", "--check").status == 0, "\(place)")
    }
}
