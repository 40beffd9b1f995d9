import Foundation
import Testing

@Suite(.waiting) struct InviteTests {
    private func people(_ count: Int) -> String {
        "email,role\n" + (1...count).map { "user\($0)@acme.io,DEVELOPER\n" }.joined()
    }

    @Test func `the README's command ends with an outcome for every row`() throws {
        let rollcall = try Rollcall()
        let run = try rollcall.run(
            "invite", Rollcall.sample("invites.csv"), "--sandbox", "--yes", "--results", "out.csv", "--rate", "none")
        #expect(run.status == 0, "\(run.errors)")
        let outcomes = try rollcall.rows("out.csv").map { $0[5] }
        #expect(
            outcomes == [
                "succeeded", "succeeded", "succeeded", "skipped", "skipped", "succeeded", "succeeded", "skipped",
            ])
        #expect(run.output.isEmpty)
    }

    @Test(arguments: ["1", "20"])
    func `against an API that loses answers, fails and limits, each address is invited exactly once`(
        batch: String
    ) throws {
        let rollcall = try Rollcall()
        let sandbox = try SandboxProcess(
            rollcall, "--fault", "lost=0.05", "--fault", "500=0.05", "--rate-limit", "200/s", "--seed", "7")
        try rollcall.write(people(1000), to: "people.csv")
        let run = try rollcall.run(
            "invite", "people.csv", "--yes", "--rate", "none", "--concurrency", "16", "--batch", batch)
        #expect(run.status == 0, "\(run.errors)")
        let rows = try rollcall.rows("people.results.csv")
        #expect(rows.count == 1000)
        #expect(Set(rows.map { $0[5] }) == ["succeeded"])
        let invites = try sandbox.invites()
        #expect(invites.count == 1000)
        #expect(invites.values.allSatisfy { $0 == 1 })
    }

    @Test func `a second run of the same file sends nothing`() throws {
        let rollcall = try Rollcall()
        let sandbox = try SandboxProcess(rollcall)
        try rollcall.write(people(20), to: "people.csv")
        #expect(try rollcall.run("invite", "people.csv", "--yes", "--rate", "none").status == 0)
        #expect(try rollcall.run("invite", "people.csv", "--yes", "--rate", "none").status == 0)
        #expect(try sandbox.invites().values.allSatisfy { $0 == 1 })
        #expect(Set(try rollcall.rows("people.results.csv").map { $0[5] }) == ["skipped"])
    }

    @Test(arguments: [["--dry-run"], []])
    func `without an agreement nothing is sent`(arguments: [String]) throws {
        let rollcall = try Rollcall()
        let sandbox = try SandboxProcess(rollcall)
        try rollcall.write(people(3), to: "people.csv")
        let run = try rollcall.start(["invite", "people.csv"] + arguments).wait()
        #expect(run.status == (arguments.isEmpty ? 2 : 0), "\(run.errors)")
        #expect(try sandbox.invites().isEmpty)
        #expect(try rollcall.run("runs").output.isEmpty)
        #expect(
            !FileManager.default.fileExists(atPath: rollcall.folder.appendingPathComponent("people.results.csv").path))
    }

    @Test func `strict sends nothing if one row is rejected, and without it the others are sent`() throws {
        let rollcall = try Rollcall()
        let sandbox = try SandboxProcess(rollcall)
        try rollcall.write(people(3) + "bob@,DEVELOPER\n", to: "people.csv")
        #expect(try rollcall.run("invite", "people.csv", "--yes", "--strict").status == 2)
        #expect(try sandbox.invites().isEmpty)
        let run = try rollcall.run("invite", "people.csv", "--yes")
        #expect(run.status == 1)
        #expect(run.errors.contains("people.csv:5:1: error: \"bob@\" is not an email address"))
        #expect(try sandbox.invites().count == 3)
    }

    @Test func `standard input is as good as a file`() throws {
        let rollcall = try Rollcall()
        let sandbox = try SandboxProcess(rollcall)
        let run = try rollcall.run("invite", "-", "--yes", "--results", "r.json", input: Data(people(3).utf8))
        #expect(run.status == 0, "\(run.errors)")
        #expect(try sandbox.invites().count == 3)
        let document = try #require(
            try JSONSerialization.jsonObject(with: Data(try rollcall.read("r.json").utf8)) as? [String: Any])
        #expect((document["rows"] as? [Any])?.count == 3)
        #expect((document["counts"] as? [String: [String: Int]])?["outcomes"]?["succeeded"] == 3)
    }

    @Test func `a wrong key stops the run with 77, and its value is nowhere`() throws {
        let rollcall = try Rollcall()
        try rollcall.startSandbox()
        rollcall.environment["PARADIME_API_SECRET"] = "marker-5e1f"
        try rollcall.write(people(3), to: "people.csv")
        let run = try rollcall.run("invite", "people.csv", "--yes")
        #expect(run.status == 77)
        #expect(!(run.errors + run.output).contains("marker-5e1f"))
    }

    @Test func `a key that may only list stops the run at its first refusal`() throws {
        let rollcall = try Rollcall()
        let sandbox = try SandboxProcess(rollcall)
        rollcall.environment["PARADIME_API_KEY"] = "sandbox-viewer-key"
        try rollcall.write(people(500), to: "people.csv")
        let run = try rollcall.run("invite", "people.csv", "--yes", "--rate", "none")
        #expect(run.status == 77, "\(run.errors)")
        #expect(try sandbox.invites().isEmpty)
        let rows = try rollcall.rows("people.results.csv")
        #expect(rows.count == 500)
        #expect(Set(rows.map { $0[5] }) == ["notSent"])
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
    func `an interrupt finishes what is on its way, and a resume sends the rest`(signal: Int32) throws {
        let rollcall = try Rollcall()
        let sandbox = try SandboxProcess(rollcall, "--latency", "20ms")
        try rollcall.write(people(200), to: "people.csv")
        let running = try rollcall.start(["invite", "people.csv", "--yes", "--rate", "5/s"])
        while try sandbox.invites().count < 5 { usleep(10_000) }
        running.signal(signal)
        let run = try running.wait()
        #expect(run.status == 130, "\(run.errors)")
        #expect(run.errors.contains("rollcall runs resume 1"))
        let rows = try rollcall.rows("people.results.csv")
        #expect(rows.count == 200)
        #expect(Set(rows.map { $0[5] }) == ["succeeded", "notSent"])
        let resumed = try rollcall.run("runs", "resume", "1", "--yes", "--rate", "none")
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(Set(try rollcall.rows("people.results.csv").map { $0[5] }) == ["succeeded"])
        let invites = try sandbox.invites()
        #expect(invites.count == 200)
        #expect(invites.values.allSatisfy { $0 == 1 })
    }

    @Test func `after a kill a resume asks first, and nothing is sent twice`() throws {
        let rollcall = try Rollcall()
        let sandbox = try SandboxProcess(rollcall, "--latency", "30ms")
        try rollcall.write(people(300), to: "people.csv")
        let running = try rollcall.start(["invite", "people.csv", "--yes", "--rate", "20/s"])
        while try sandbox.invites().count < 40 { usleep(5_000) }
        running.signal(SIGKILL)
        _ = try running.wait()
        let resumed = try rollcall.run("runs", "resume", "1", "--yes", "--rate", "none")
        #expect(resumed.status == 0, "\(resumed.errors)")
        let invites = try sandbox.invites()
        #expect(invites.count == 300)
        #expect(invites.values.allSatisfy { $0 == 1 })
        #expect(Set(try rollcall.rows("people.results.csv").map { $0[5] }) == ["succeeded"])
    }

    @Test func `a second interrupt stops at once, and requests in flight are checked by the resume`() throws {
        let rollcall = try Rollcall()
        let sandbox = try SandboxProcess(rollcall, "--latency", "3s")
        try rollcall.write(people(20), to: "people.csv")
        let running = try rollcall.start(["invite", "people.csv", "--yes", "--rate", "none"])
        while try sandbox.requests("inviteUser") == 0 { usleep(10_000) }
        running.signal(SIGINT)
        while try !running.errorsSoFar().contains("Ctrl-C again to stop at once") { usleep(10_000) }
        // Sooner it would count as the same one.
        usleep(1_000_000)
        running.signal(SIGINT)
        let run = try running.wait()
        #expect(run.status == 130)
        #expect(run.errors.contains("rollcall runs resume 1"), "\(run.errors)")
        let resumed = try rollcall.run("runs", "resume", "1", "--yes", "--rate", "none", "--concurrency", "20")
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(try sandbox.invites().values.allSatisfy { $0 == 1 })
        #expect(try sandbox.invites().count == 20)
    }

    @Test func `a reader that has seen enough is no error`() throws {
        let rollcall = try Rollcall()
        try rollcall.startSandbox("--users", "5000")
        let run = try rollcall.start(line: "set -o pipefail; \"$ROLLCALL\" users --quiet | head -n 2").wait()
        #expect(run.status == 0)
        #expect(run.errors == "")
        #expect(run.output.split(separator: "\n").count == 2)
    }

    @Test func `a run whose terminal is gone goes on to its results`() throws {
        let rollcall = try Rollcall()
        let sandbox = try SandboxProcess(rollcall)
        try rollcall.write(people(30), to: "people.csv")
        let closed = "exec \"$ROLLCALL\" invite people.csv --yes --rate none <&- >&- 2>&-"
        let run = try rollcall.start(line: closed).wait()
        #expect(run.status == 0)
        #expect(try sandbox.invites().count == 30)
        #expect(try rollcall.rows("people.results.csv").count == 30)
        #expect(try rollcall.run("runs").status == 0)
        // Nothing that was meant for people went into a file.
        #expect(try rollcall.shell("grep -rl 'Plan for' . || true") == "")
    }
}
