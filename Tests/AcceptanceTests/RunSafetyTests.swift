import Foundation
import Testing

/// One run at a time, and what can be done about its rows afterwards.
@Suite(.waiting) struct RunSafetyTests {
    private let rollcall: Rollcall

    init() throws {
        rollcall = try Rollcall()
        let lines = (1...40).map { "person\($0)@acme.io,DEVELOPER" }
        try rollcall.write((["email,account type"] + lines).joined(separator: "\n"), to: "people.csv")
    }

    @Test func `a second run is refused while the first is at work, and let in when that is dead`() throws {
        let sandbox = try SandboxProcess(rollcall, "--latency", "50ms")
        let first = try rollcall.start(["invite", "people.csv", "--yes", "--rate", "1/s"])
        while try sandbox.invites().isEmpty { usleep(10_000) }
        for arguments in [["invite", "people.csv", "--yes"], ["runs", "resume", "1", "--yes"]] {
            let second = try rollcall.start(arguments).wait()
            #expect(second.status == 2)
            #expect(
                second.errors.contains("run 1 (process \(first.process.processIdentifier)) is using workspace"),
                "\(second.errors)")
        }
        #expect(try rollcall.run("runs").output.contains("running"))
        // What only reads is not held up, and another ledger knows nothing of this one.
        #expect(try rollcall.run("users").status == 0)
        first.signal(SIGKILL)
        try first.wait()
        #expect(try rollcall.run("runs").output.contains("crashed"))
        #expect(try rollcall.run("runs", "resume", "1", "--yes", "--rate", "none").status == 0)
        #expect(try sandbox.invites().values.allSatisfy { $0 == 1 })
    }

    @Test func `the input may be gone or changed when a run is resumed`() throws {
        let sandbox = try SandboxProcess(rollcall, "--latency", "20ms")
        let first = try rollcall.start(["invite", "people.csv", "--yes", "--rate", "2/s"])
        while try sandbox.invites().count < 5 { usleep(10_000) }
        first.signal(SIGKILL)
        try first.wait()
        try rollcall.write("email,account type\nsomebody.else@acme.io,ADMIN\n", to: "people.csv")
        #expect(try rollcall.run("runs", "resume", "1", "--yes", "--rate", "none").status == 0)
        let invites = try sandbox.invites()
        #expect(invites.count == 40)
        #expect(invites["somebody.else@acme.io"] == nil)
        #expect(try rollcall.rows("people.results.csv").map { $0[2] } == (1...40).map { "person\($0)@acme.io" })
    }

    @Test func `a retry is a new run of the failed rows that names the old one`() throws {
        var sandbox: SandboxProcess? = try SandboxProcess(rollcall, "--fault", "notok=0.5")
        let url = try #require(sandbox?.url)
        let first = try rollcall.run("invite", "people.csv", "--yes", "--rate", "none")
        #expect(first.status == 1)
        #expect(first.errors.contains("rollcall runs retry 1"))
        let failed = try rollcall.rows("people.results.csv").filter { $0[5] == "failed" }
        let before = try rollcall.read("people.results.csv")
        #expect((5...35).contains(failed.count))
        #expect(sandbox?.url == url)
        let port = try #require(URL(string: url)?.port)
        sandbox = nil
        let healthy = try SandboxProcess(rollcall, port: port)
        // Since the first run somebody has invited one of them by hand.
        let taken = failed[0][2]
        try rollcall.write("\(taken)\n", to: "hand.csv")
        try rollcall.run("invite", "hand.csv", "--account-type", "developer", "--yes")
        let retry = try rollcall.run("runs", "retry", "1", "--yes", "--rate", "none")
        #expect(retry.status == 0, "\(retry.errors)")
        let rows = try rollcall.rows("people.retry-of-1.results.csv")
        #expect(rows.map { $0[0] } == failed.map { $0[0] })
        #expect(rows.map { $0[5] } == ["skipped"] + Array(repeating: "succeeded", count: failed.count - 1))
        #expect(try healthy.invites().count == failed.count)
        #expect(try rollcall.read("people.results.csv") == before)
        #expect(try rollcall.run("runs", "show", "3").output.contains("retry of run 1"))
        // A second retry has a file of its own.
        try rollcall.run("runs", "retry", "1", "--yes", "--rate", "none")
        #expect(try rollcall.rows("people.retry-of-1.results.csv") == rows)
        #expect(try rollcall.rows("people.retry-of-1-2.results.csv").allSatisfy { $0[5] == "skipped" })
        #expect(try rollcall.run("runs", "retry", "3", "--yes").errors.contains("no failed rows"))
    }

    @Test func `verify marks each row by what the workspace shows`() throws {
        try rollcall.startSandbox()
        let run = try rollcall.run("invite", "people.csv", "--yes", "--rate", "none", "--verify")
        #expect(run.status == 0)
        #expect(run.errors.contains("40 confirmed, 0 contradicted"), "\(run.errors)")
        #expect(try rollcall.rows("people.results.csv").allSatisfy { $0[10] == "confirmed" })
    }

    @Test func `a workspace that does not show what it said ok to contradicts the run`() throws {
        try rollcall.startSandbox("--fault", "stale@all=1")
        let run = try rollcall.run("invite", "people.csv", "--yes", "--rate", "none", "--verify")
        #expect(run.status == 1)
        #expect(run.errors.contains("0 confirmed, 40 contradicted"), "\(run.errors)")
        #expect(try rollcall.run("runs", "show", "1").output.contains("contradicted by the workspace"))
    }

    @Test func `a list that is behind leaves rows unknown, and nothing is sent twice unless by name`() throws {
        rollcall.environment["ROLLCALL_TIMEOUT"] = "1"
        let server = try CountingServer(
            rollcall, second: .mails, #""lag": 3600, "fault": {"form": "reset", "rows": 10}"#)
        let run = try rollcall.run("invite", "people.csv", "--yes", "--rate", "none")
        #expect(run.status == 1, "\(run.errors)")
        let unknown = try rollcall.rows("people.results.csv").filter { $0[5] == "unknown" }
        #expect(!unknown.isEmpty)
        #expect(unknown.allSatisfy { $0.joined().contains("it cannot be told whether it took effect") })
        #expect(run.errors.contains("still unconfirmed"))
        #expect(try server.requests()["mutations"] == 40)
        #expect(try server.mails().values.allSatisfy { $0 == 1 })
    }

    @Test func `an empty list where there were users settles nothing, so nothing is sent a second time`() throws {
        var healthy: SandboxProcess? = try SandboxProcess(rollcall, "--latency", "20s")
        let port = try #require(healthy.flatMap { URL(string: $0.url)?.port })
        let first = try rollcall.start(["invite", "people.csv", "--yes", "--rate", "none", "--concurrency", "40"])
        while try #require(healthy).requests("inviteUser") < 40 { usleep(10_000) }
        first.signal(SIGKILL)
        try first.wait()
        healthy = nil
        // No row has an answer by which it could be seen that the list is behind.
        let empty = try SandboxProcess(rollcall, "--users", "0", port: port)
        let resume = try rollcall.run("runs", "resume", "1", "--yes", "--rate", "none")
        #expect(resume.status == 2)
        #expect(resume.errors.contains("it is empty, but there were 25 active users"), "\(resume.errors)")
        #expect(try rollcall.run("runs", "show", "1", "--out", "now.csv").status == 0)
        #expect(try rollcall.rows("now.csv").allSatisfy { $0[5] == "unknown" })
        #expect(try empty.requests("inviteUser") == 0)
        // That the workspace was emptied is for people to say.
        #expect(try rollcall.run("runs", "resume", "1", "--yes", "--rate", "none", "--allow-empty").status == 0)
        #expect(try empty.invites().count == 40)
    }
}
