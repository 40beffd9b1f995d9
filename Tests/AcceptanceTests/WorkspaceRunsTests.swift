import Foundation
import Testing

/// A list for several workspaces keeps every promise that a list for one keeps.
@Suite struct WorkspaceRunsTests {
    private let rollcall: Rollcall

    init() throws { rollcall = try Rollcall() }

    /// The stand-in, opened with a company's token.
    private func company(_ arguments: String...) throws -> SandboxProcess {
        let sandbox = try SandboxProcess(rollcall, arguments: arguments)
        rollcall.environment["PARADIME_API_KEY"] = nil
        rollcall.environment["PARADIME_API_SECRET"] = "prdm_cmp_sandbox"
        return sandbox
    }

    private static let two = """
        email,account type,workspace
        ann@acme.io,DEVELOPER,Acme Finance
        bob@acme.io,ANALYST,Acme Analytics
        bad,DEVELOPER,Acme Analytics

        """

    private func outcomes(_ name: String) throws -> [String] { try rollcall.rows(name).map { $0[5] } }

    private func isThere(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: rollcall.folder.path + "/" + name)
    }

    @Test func `an interrupt ends all runs, and each is resumed into its own results`() throws {
        let sandbox = try company("--latency", "20ms")
        let rows = ["Acme Finance", "Acme Analytics"].flatMap { name in
            (1...60).map { "p\($0).\(name.count)@acme.io,DEVELOPER,\(name)" }
        }
        try rollcall.write((["email,account type,workspace"] + rows).joined(separator: "\n"), to: "p.csv")
        let running = try rollcall.start(["invite", "p.csv", "--yes", "--rate", "3/s"])
        while try sandbox.invites().count < 5 { usleep(10_000) }
        running.signal(SIGINT)
        let run = try running.wait()
        #expect(run.status == 130, "\(run.errors)")
        #expect(try Set(outcomes("p.acme-finance.results.csv")) == ["succeeded", "notSent"])
        #expect(try outcomes("p.acme-analytics.results.csv") == Array(repeating: "notSent", count: 60))
        for number in ["1", "2"] {
            #expect(run.errors.contains("rollcall runs resume \(number)"))
            let resumed = try rollcall.run("runs", "resume", number, "--yes", "--rate", "none")
            #expect(resumed.status == 0, "\(resumed.errors)")
        }
        for name in ["finance", "analytics"] {
            #expect(try outcomes("p.acme-\(name).results.csv") == Array(repeating: "succeeded", count: 60))
        }
        #expect(!isThere("p.results.csv"))
        let invites = try sandbox.invites()
        #expect(invites.count == 120 && invites.values.allSatisfy { $0 == 1 })
    }

    @Test func `a run is not resumed with the credentials of another workspace`() throws {
        let sandbox = try company()
        rollcall.environment["PARADIME_WORKSPACE_UID"] = String(repeating: "b2", count: 32)
        try rollcall.write("email,account type\na@acme.io,DEVELOPER\nb@acme.io,DEVELOPER\n", to: "p.csv")
        #expect(try rollcall.run("invite", "p.csv", "--first", "1", "--yes").status == 1)
        // The key and the secret of the first workspace.
        rollcall.environment["PARADIME_WORKSPACE_UID"] = nil
        rollcall.environment["PARADIME_API_KEY"] = "sandbox-key"
        rollcall.environment["PARADIME_API_SECRET"] = "sandbox-secret"
        let run = try rollcall.run("runs", "resume", "1", "--yes")
        #expect(run.status == 2, "\(run.errors)")
        #expect(run.errors.contains(#/run 1 belongs to .*#(b2){32}, but these credentials are for /#), "\(run.errors)")
        #expect(try sandbox.requests("inviteUser") == 1)
    }

    @Test func `what is killed is left to be resumed in each workspace`() throws {
        let sandbox = try company("--latency", "2s")
        try rollcall.write(Self.two, to: "p.csv")
        let running = try rollcall.start(["invite", "p.csv", "--yes"])
        while try sandbox.requests("inviteUser") == 0 { usleep(10_000) }
        running.signal(SIGKILL)
        try running.wait()
        #expect(try rollcall.run("runs").output.components(separatedBy: "crashed").count == 3)
        for (number, status) in [("1", 0), ("2", 1)] as [(String, Int32)] {
            #expect(try rollcall.run("runs", "resume", number, "--yes").status == status)
        }
        #expect(try outcomes("p.acme-finance.results.csv") == ["succeeded"])
        #expect(try outcomes("p.acme-analytics.results.csv") == ["succeeded", "rejected"])
        #expect(try sandbox.invites().values.allSatisfy { $0 == 1 })
    }

    @Test func `an interrupt after the last row of one workspace is one for the next, whose rows are told`() throws {
        let sandbox = try company("--latency", "3s")
        try rollcall.write(Self.two, to: "p.csv")
        let running = try rollcall.start(["invite", "p.csv", "--yes", "--verify", "--output", "ndjson"])
        // A listing for each plan; the third is the look at what came of the first run.
        while try sandbox.requests("listUsers") < 3 { usleep(10_000) }
        running.signal(SIGINT)
        let run = try running.wait()
        #expect(run.status == 130, "\(run.errors)")
        #expect(try outcomes("p.acme-finance.results.csv") == ["succeeded"])
        #expect(try outcomes("p.acme-analytics.results.csv") == ["notSent", "rejected"])
        #expect(try sandbox.requests("inviteUser") == 1)
        let rows = try run.events.filter { $0["event"] as? String == "row" }
        #expect(Set(rows.compactMap { $0["outcome"] as? String }) == ["succeeded", "notSent", "rejected"])
        #expect(rows.count == 3)
    }

    @Test func `plans that have waited are not sent before another look at each workspace`() throws {
        let sandbox = try company()
        for (seconds, listings) in [("3600", 2), ("0", 4)] {
            rollcall.environment["ROLLCALL_PLAN_FRESHNESS"] = seconds
            try rollcall.write(Self.two.replacing("@", with: "\(listings)@"), to: "p.csv")
            let before = try sandbox.requests("listUsers")
            #expect(try rollcall.run("invite", "p.csv", "--yes").status == 1)
            #expect(try sandbox.requests("listUsers") == before + listings)
        }
    }

    @Test func `failed rows are sent again into results of their workspace`() throws {
        let sandbox = try company("--fault", "notok=1")
        try rollcall.write(Self.two, to: "p.csv")
        #expect(try rollcall.run("invite", "p.csv", "--yes").status == 1)
        #expect(try rollcall.run("runs", "retry", "1", "--yes").status == 1)
        #expect(try outcomes("p.acme-finance.retry-of-1.results.csv") == ["failed"])
        #expect(try rollcall.run("runs", "retry", "2", "--yes", "--results", "mine.csv").status == 1)
        #expect(try outcomes("mine.csv") == ["failed"])
        withExtendedLifetime(sandbox) {}
    }

    @Test func `a list that changes under its reader is sent to none`() throws {
        let sandbox = try company("--latency", "3s")
        try rollcall.write(Self.two, to: "p.csv")
        let running = try rollcall.start(["invite", "p.csv", "--yes"])
        while try sandbox.requests("listUsers") < 1 { usleep(10_000) }
        try rollcall.write(Self.two + "eve@acme.io,ADMIN,Acme Finance\n", to: "p.csv")
        let run = try running.wait()
        #expect(run.status == 2)
        #expect(run.errors.contains("p.csv was changed while it was read; nothing was sent"), "\(run.errors)")
        #expect(try sandbox.requests("inviteUser") == 0)
    }

    @Test(arguments: [
        "< p.csv $ROLLCALL invite - --yes", "cat p.csv | $ROLLCALL invite /dev/stdin --yes",
        "mkfifo pipe; cat p.csv > pipe & timeout -s KILL 30 $ROLLCALL invite pipe --yes",
    ])
    func `a list that can be read only once is refused`(command: String) throws {
        let sandbox = try company()
        try rollcall.write(Self.two, to: "p.csv")
        let run = try rollcall.start(line: command).wait()
        #expect(run.status == 2)
        #expect(run.errors.contains("read more than once; give it as a file"), "\(run.errors)")
        #expect(try sandbox.requests("inviteUser") == 0)
    }

    @Test func `a list without rows is a plan without rows`() throws {
        let sandbox = try company()
        try rollcall.write("email,account type,workspace\n", to: "p.csv")
        let run = try rollcall.run("invite", "p.csv", "--yes")
        #expect(run.status == 0 && run.errors.contains("Plan for 0 rows"), "\(run.errors)")
        withExtendedLifetime(sandbox) {}
    }

    @Test func `without an agreement there is no run in any workspace`() throws {
        let sandbox = try company()
        try rollcall.write(Self.two, to: "p.csv")
        let run = try rollcall.run("invite", "p.csv")
        #expect(run.status == 2)
        #expect(run.errors.contains("nothing was sent: there is no terminal for the confirmation"), "\(run.errors)")
        #expect(try sandbox.requests("inviteUser") == 0)
        #expect(try rollcall.run("runs").output.isEmpty)
    }

    @Test func `one process at a time is at work on each of the workspaces`() throws {
        let sandbox = try company("--latency", "2s")
        let more = (1...10).map { "more\($0)@acme.io,DEVELOPER,Acme Analytics\n" }.joined()
        try rollcall.write(Self.two + more, to: "p.csv")
        let first = try rollcall.start(["invite", "p.csv", "--yes", "--concurrency", "1"])
        while try sandbox.requests("inviteUser") == 0 { usleep(10_000) }
        // The first is at work on the other workspace still.
        try rollcall.write("email,account type,workspace\neve@acme.io,DEVELOPER,Acme Analytics\n", to: "other.csv")
        let second = try rollcall.run("invite", "other.csv", "--yes")
        #expect(second.status == 2)
        #expect(second.errors.contains("is using workspace"), "\(second.errors)")
        #expect(try first.wait().status == 1)
    }

    @Test func `rows that cannot be read have their outcome, too`() throws {
        let sandbox = try company()
        try rollcall.write(
            "email,account type,workspace\na@acme.io,DEVELOPER,Acme Finance,and more\n", to: "p.csv")
        let run = try rollcall.run("invite", "p.csv", "--yes")
        #expect(run.status == 1)
        #expect(run.errors.contains("p.csv:2:4: error: the row has 4 fields"), "\(run.errors)")
        #expect(try outcomes("p.acme-analytics.results.csv") == ["rejected"])
        withExtendedLifetime(sandbox) {}
    }

    @Test func `what ended one of the runs is an error to programs, too`() throws {
        let sandbox = try company("--fault", "notok=1")
        try rollcall.write(
            "email,role,workspace\nada.admin@acme.io,DEVELOPER,Acme Analytics\ngrace@acme.io,ADMIN,Acme Analytics\n",
            to: "swap.csv")
        let run = try rollcall.run("set-role", "swap.csv", "--yes", "--log-format", "json")
        #expect(run.status == 1)
        let line = run.errors.split(separator: "\n").first {
            $0.contains("the rows that remove access or privileges were not sent")
        }
        #expect(
            line?.contains("\"level\":\"error\"") == true && line?.contains("rollcall: error") == false, "\(run.errors)"
        )
        #expect(try sandbox.requests("updateUserAccountType") == 1)
    }

    @Test func `what the stand-in's workspaces were reviewed or planned with is carried out in them`() throws {
        let review = try rollcall.run(
            "review", "--sandbox", "--all-workspaces", "--out", "q1", "--review-id", "q1", "--format", "csv")
        #expect(review.status == 0, "\(review.errors)")
        let run = try rollcall.run("apply", "q1/acme-finance/review.csv", "--sandbox", "--dry-run")
        #expect(run.status == 0, "\(run.errors)")
        let names = try ["analytics", "finance"].map { name -> String in
            let record = Data(try rollcall.read("q1/acme-\(name)/evidence.json").utf8)
            let members = try #require(try JSONSerialization.jsonObject(with: record) as? [String: Any])
            return try #require(members["workspace"] as? String)
        }
        #expect(names == ["a1", "b2"].map { "sandbox#" + String(repeating: $0, count: 32) })
        // Away from its folder a file is told by its rows; both reviews have the same name.
        try rollcall.shell("cp q1/acme-analytics/review.csv a.csv; cp q1/acme-finance/review.csv f.csv")
        for file in ["a.csv", "f.csv"] {
            let run = try rollcall.run("apply", file, "--sandbox", "--dry-run")
            #expect(run.status == 0, "\(file): \(run.errors)")
        }
    }
}
