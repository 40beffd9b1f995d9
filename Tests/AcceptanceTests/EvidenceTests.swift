import Foundation
import Testing

/// What answers prove, against a server that counts, whatever it does about a second invite: nobody is mailed twice,
/// and no outcome is false.
@Suite(.waiting) struct EvidenceTests {
    private let rollcall: Rollcall

    init() throws {
        rollcall = try Rollcall()
        rollcall.environment["ROLLCALL_TIMEOUT"] = "1"
        rollcall.environment["ROLLCALL_SETTLE_WAIT"] = "2s"
        rollcall.environment["ROLLCALL_RATE"] = "none"
        try write(40)
    }

    private func write(_ count: Int, to name: String = "people.csv") throws {
        let lines = (1...count).map { "person\($0)@acme.io,DEVELOPER" }
        try rollcall.write((["email,account type"] + lines).joined(separator: "\n"), to: name)
    }

    /// Every row's outcome is what the server knows.
    private func check(
        _ server: CountingServer, _ run: Finished, count: Int = 40, status: Int32? = 0,
        results: String = "people.results.csv"
    ) throws {
        let mails = try server.mails()
        #expect(mails.values.allSatisfy { $0 == 1 }, "\(mails.filter { $0.value > 1 }) \(run.errors)")
        if let status { #expect(run.status == status, "\(run.errors)") }
        let rows = try rollcall.rows(results)
        #expect(rows.count == count)
        for row in rows {
            switch row[5] {
            case "succeeded": #expect(mails[row[2]] == 1, "\(row) \(run.errors)")
            case "failed", "notSent": #expect(mails[row[2]] == nil, "\(row) \(run.errors)")
            default: break
            }
        }
    }

    private static let second = CountingServer.SecondInvite.allCases
    private static let unproven = [
        "503", "408", "500", "504", "reset", "dataNull", "noCode", "noData", "Too many requests", "RATE_LIMIT_EXCEEDED",
        "RESOURCE_EXHAUSTED", "code429",
    ]

    @Test(arguments: second, unproven)
    func `an answer that proves nothing, after the effect`(
        second: CountingServer.SecondInvite, form: String
    ) throws {
        try write(12)
        let server = try CountingServer(rollcall, second: second, #""fault": {"form": "\#(form)", "rows": 4}"#)
        let run = try rollcall.run("invite", "people.csv", "--yes")
        try check(server, run, count: 12)
        #expect(try server.mails().count == 12)
    }

    @Test(arguments: second, ["503", "408", "504", "reset", "dataNull", "noData", "RATE_LIMIT_EXCEEDED"])
    func `the same without an effect is sent again`(second: CountingServer.SecondInvite, form: String) throws {
        try write(12)
        let server = try CountingServer(
            rollcall, second: second, #""fault": {"form": "\#(form)", "rows": 4, "effect": "none"}"#)
        let run = try rollcall.run("invite", "people.csv", "--yes")
        try check(server, run, count: 12)
        #expect(try server.mails().count == 12)
    }

    @Test(arguments: second, ["504", "reset"])
    func `an effect six seconds after the answer`(second: CountingServer.SecondInvite, form: String) throws {
        let server = try CountingServer(
            rollcall, second: second, #""fault": {"form": "\#(form)", "rows": 10, "effect": 6}"#)
        let run = try rollcall.run("invite", "people.csv", "--yes")
        try check(server, run)
        #expect(try server.mails().count == 40)
    }

    @Test(arguments: second, ["dataNull", "noData", "partial200", "partial400", "partial422"])
    func `a batch of which the answer says little`(second: CountingServer.SecondInvite, form: String) throws {
        let effect = form.hasPrefix("partial") ? "half" : "before"
        let server = try CountingServer(
            rollcall, second: second, #""fault": {"form": "\#(form)", "rows": 7, "effect": "\#(effect)"}"#)
        let run = try rollcall.run("invite", "people.csv", "--yes", "--batch", "5")
        try check(server, run)
        #expect(try server.mails().count == 40)
    }

    @Test(arguments: second)
    func `a listing that lags, and nothing in the run shows it`(second: CountingServer.SecondInvite) throws {
        rollcall.environment["ROLLCALL_SETTLE_WAIT"] = "6s"
        for count in [1, 8] {
            try write(count)
            let server = try CountingServer(rollcall, second: second, #""lag": 4, "fault": {"form": "504"}"#)
            let run = try rollcall.run("invite", "people.csv", "--yes", "--ledger", "\(count).db")
            try check(server, run, count: count)
        }
    }

    @Test(arguments: second)
    func `a process that was killed with slow requests in flight`(second: CountingServer.SecondInvite) throws {
        rollcall.environment["ROLLCALL_TIMEOUT"] = "4"
        let server = try CountingServer(rollcall, second: second, #""latency": 3"#)
        let first = try rollcall.start(["invite", "people.csv", "--yes"])
        while try server.requests()["mutations"] ?? 0 < 8 { usleep(20_000) }
        first.signal(SIGKILL)
        try first.wait()
        // The same list right afterwards, which settles what the first run left open, or the run itself.
        if second == .ok {
            let again = try rollcall.run("invite", "people.csv", "--yes", "--concurrency", "40")
            #expect(again.errors.contains("Run 1 has unconfirmed rows"), "\(again.errors)")
            #expect(again.errors.contains("rollcall runs resume 1"), "\(again.errors)")
            try check(server, again)
        } else {
            try check(server, try rollcall.run("runs", "resume", "1", "--yes", "--concurrency", "40"))
        }
        #expect(try server.mails().count == 40)
    }

    @Test func `a saved plan that is applied again after it was killed sends nothing twice`() throws {
        try write(6)
        let server = try CountingServer(rollcall, second: .mails, #""latency": 0.8"#)
        #expect(try rollcall.run("invite", "people.csv", "--save-plan", "plan.json").status == 0)
        let first = try rollcall.start(["apply", "plan.json", "--yes"])
        while try server.requests()["mutations"] ?? 0 < 6 { usleep(10_000) }
        first.signal(SIGKILL)
        try first.wait()
        let again = try rollcall.run("apply", "plan.json", "--yes")
        // What the first one did shows in the listing at once, or after its open rows were settled.
        let isRefused = again.status == 2 && again.errors.contains("changed since the plan was saved")
        #expect(isRefused || again.errors.contains("Run 1: 6 had taken effect"), "\(again.errors)")
        #expect(try server.mails() == Dictionary(uniqueKeysWithValues: (1...6).map { ("person\($0)@acme.io", 1) }))
    }

    @Test(arguments: ["404", "302", "signIn"])
    func `an effect behind a page, after the run was stopped for it`(form: String) throws {
        let fault = #""fault": {"form": "\#(form)", "from": 8, "effect": 3}"#
        let server = try CountingServer(rollcall, second: .mails, fault)
        _ = try rollcall.run("invite", "people.csv", "--yes", "--concurrency", "1")
        try server.change("")
        try check(server, try rollcall.run("runs", "resume", "1", "--yes"))
        #expect(try server.mails().count == 40)
    }

    /// `make soak` makes more of it.
    private static let rows = Int(ProcessInfo.processInfo.environment["SOAK_ROWS"] ?? "") ?? 120
    private static let kills = Int(ProcessInfo.processInfo.environment["SOAK_KILLS"] ?? "") ?? 4

    @Test(arguments: second)
    func `kills while mutations take three seconds and the listing is fast`(second: CountingServer.SecondInvite) throws
    {
        rollcall.environment["ROLLCALL_TIMEOUT"] = "6"
        // On a busy machine the server may take long to look at a request.
        rollcall.environment["ROLLCALL_SETTLE_WAIT"] = "8s"
        try write(Self.rows)
        let server = try CountingServer(rollcall, second: second, #""latency": 3"#)
        let options = ["--yes", "--concurrency", "16"]
        for kill in 0..<Self.kills {
            let running = try rollcall.start(
                (kill == 0 ? ["invite", "people.csv"] : ["runs", "resume", "1"]) + options)
            let before = try server.requests()["mutations"] ?? 0
            while running.process.isRunning, try server.requests()["mutations"] ?? 0 < before + 10 { usleep(20_000) }
            usleep(UInt32.random(in: 0...500_000))
            running.signal(SIGKILL)
            try running.wait()
        }
        let end = try rollcall.run("runs", "resume", "1", "--yes", "--concurrency", "64")
        try check(server, end, count: Self.rows)
        #expect(try server.mails().count == Self.rows)
    }

    @Test(arguments: second)
    func `a resume looks first`(second: CountingServer.SecondInvite) throws {
        let server = try CountingServer(rollcall, second: second)
        let trial = try rollcall.run("invite", "people.csv", "--yes", "--first", "5")
        #expect(trial.status == 1)
        try check(server, trial, status: nil)
        #expect(try rollcall.run("runs").output.contains("paused"))
        try rollcall.shell("cp .local/state/rollcall/ledger.db backup.db")
        // A colleague invites one by hand, and half of the list goes out with another ledger.
        try server.inviteByHand("person40@acme.io")
        try write(20, to: "half.csv")
        #expect(try rollcall.run("invite", "half.csv", "--yes", "--ledger", "other.db").status == 0)
        let resumed = try rollcall.run("runs", "resume", "1", "--yes")
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(resumed.errors.contains("The workspace has changed since the plan was made: 16 rows are already done"))
        let rows = try rollcall.rows("people.results.csv")
        #expect(rows.filter { $0[5] == "skipped" }.count == 16)
        #expect(rows[39][5] == "skipped" && rows[39].joined().contains("since the plan was made"))
        // The ledger as it was after the trial.
        let restored = try rollcall.run("runs", "resume", "1", "--yes", "--ledger", "backup.db")
        #expect(restored.status == 0, "\(restored.errors)")
        #expect(try server.mails().count == 39)
        #expect(try server.mails().values.allSatisfy { $0 == 1 })
        // A run that is finished sends nothing.
        let requests = try server.requests()["mutations"]
        #expect(try rollcall.run("runs", "resume", "1", "--yes").status == 0)
        #expect(try server.requests()["mutations"] == requests)
    }

    @Test func `a resume is held against the limits, and says who changed`() throws {
        try rollcall.write("email\nada@acme.io\n", to: "leavers.csv")
        let user = { (type: String) in
            #""users": [{"uid": "u1", "email": "ada@acme.io", "name": "Ada", "accountType": "\#(type)"}, "#
                + #"{"uid": "u2", "email": "bob@acme.io", "name": "Bob", "accountType": "DEVELOPER"}]"#
        }
        let server = try CountingServer(
            rollcall, second: .refuses, #"\#(user("DEVELOPER")), "fault": {"form": "404", "effect": "none"}"#)
        let options = ["--yes", "--max-removals", "2"]
        let first = try rollcall.start(["disable", "leavers.csv", "--max-failures", "1"] + options).wait()
        #expect(first.errors.contains("1 row not sent"), "\(first.errors)")
        try server.change(user("ADMIN"))
        let resumed = try rollcall.start(["runs", "resume", "1"] + options).wait()
        #expect(resumed.status == 2, "\(resumed.errors)")
        #expect(resumed.errors.contains("ada@acme.io was DEVELOPER when the plan was made, and is now ADMIN"))
        #expect(resumed.errors.contains("0 ADMIN users would be left"), "\(resumed.errors)")
    }

    @Test(arguments: second, ["forbidden", "403"])
    func `a row that is forbidden does not keep the others`(second: CountingServer.SecondInvite, form: String) throws {
        let fault = #""fault": {"form": "\#(form)", "only": 3, "times": 99, "effect": "none"}"#
        let server = try CountingServer(rollcall, second: second, fault)
        let run = try rollcall.run("invite", "people.csv", "--yes")
        try check(server, run, status: 1)
        let rows = try rollcall.rows("people.results.csv")
        #expect(rows.filter { $0[5] == "succeeded" }.count == 39)
        #expect(rows[2][5] == "failed", "\(rows[2])")
        // Nothing is left, so the run is complete.
        #expect(try rollcall.run("runs", "resume", "1", "--yes").errors.contains("nothing left to send"))
    }

    @Test(arguments: [
        ("signIn", Int32(77)), ("302", 1), ("404", 1), ("402", 1), ("keyExpired", 77), ("403", 77), ("502", 69),
    ])
    func `the same answer from row 20 on stops the run, and what is left can be resumed`(
        form: String, status: Int32
    ) throws {
        try write(100)
        let fault = #""fault": {"form": "\#(form)", "from": 20, "times": 99, "effect": "none"}"#
        let server = try CountingServer(rollcall, second: .mails, fault)
        let run = try rollcall.run("invite", "people.csv", "--yes", "--max-attempts", "9")
        try check(server, run, count: 100, status: status)
        let rows = try rollcall.rows("people.results.csv")
        #expect(rows.filter { $0[5] == "succeeded" }.count == 19, "\(run.errors)")
        #expect(rows.filter { $0[5] == "notSent" }.count == 81, "\(run.errors)")
        #expect(try server.requests()["mutations"] ?? 0 < 19 + 30)
        // Whatever it was is over.
        try server.change("")
        try check(server, try rollcall.run("runs", "resume", "1", "--yes"), count: 100)
    }

    @Test func `a resume from elsewhere updates the run's own results`() throws {
        let server = try CountingServer(rollcall, second: .mails)
        _ = server
        try rollcall.run("invite", "people.csv", "--yes", "--first", "5")
        try rollcall.start(
            line: "mkdir elsewhere; cd elsewhere; \"$ROLLCALL\" runs resume 1 --yes --quiet; ls > ../list"
        ).wait()
        #expect(try rollcall.read("list") == "")
        #expect(try rollcall.rows("people.results.csv").allSatisfy { $0[5] == "succeeded" })
    }
}
