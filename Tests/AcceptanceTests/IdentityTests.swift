import Foundation
import Testing

/// One workspace has one name; a command that is pasted is about the run that it was printed for.
@Suite(.waiting) struct IdentityTests {
    private let rollcall: Rollcall
    private let sandbox: SandboxProcess

    init() throws {
        rollcall = try Rollcall()
        sandbox = try SandboxProcess(rollcall)
        let lines = (1...4).map { "person\($0)@acme.io,DEVELOPER" }
        try rollcall.write((["email,account type"] + lines).joined(separator: "\n"), to: "people.csv")
    }

    private func point(at suffix: String, host: String = "127.0.0.1") throws {
        let port = try #require(URL(string: sandbox.url)?.port)
        rollcall.environment["PARADIME_API_ENDPOINT"] = "http://\(host):\(port)\(suffix)"
    }

    @Test func `a run can be resumed under another spelling of the endpoint`() throws {
        try point(at: "/")
        #expect(try rollcall.run("invite", "people.csv", "--first", "1", "--yes").status == 1)
        try point(at: "", host: "localhost")
        let resumed = try rollcall.run("runs", "resume", "last", "--yes")
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(try sandbox.invites().count == 4)
    }

    @Test func `two spellings of an endpoint share one lock`() throws {
        try point(at: "/")
        let lines = (1...60).map { "person\($0)@acme.io,DEVELOPER" }
        try rollcall.write((["email,account type"] + lines).joined(separator: "\n"), to: "people.csv")
        let first = try rollcall.start(["invite", "people.csv", "--yes", "--rate", "1/s"])
        while try sandbox.invites().isEmpty { usleep(10_000) }
        try rollcall.shell("ln -s .local/state/rollcall/ledger.db link.db")
        try point(at: "/?", host: "LOCALHOST")
        for ledger in [[], ["--ledger", "link.db"]] {
            let second = try rollcall.start(["invite", "people.csv", "--yes"] + ledger).wait()
            #expect(second.status == 2, "\(second.errors)")
        }
        first.signal(SIGINT)
        try first.wait()
    }

    @Test func `the query tells workspaces apart, and its value is not shown`() throws {
        try point(at: "/?ws=A-s3cret")
        let saved = try rollcall.run("invite", "people.csv", "--save-plan", "plan.json")
        #expect(saved.status == 0, "\(saved.errors)")
        try point(at: "/?ws=B-s3cret")
        let applied = try rollcall.run("apply", "plan.json", "--yes")
        #expect(applied.status == 2)
        #expect(applied.errors.contains("belongs to http://localhost:"), "\(applied.errors)")
        #expect(!applied.errors.contains("s3cret") && !saved.errors.contains("s3cret"))
        #expect(try sandbox.invites().isEmpty)
    }

    @Test func `a run of a version that dropped the query is resumed only after a confirmation`() throws {
        try point(at: "/")
        #expect(try rollcall.run("invite", "people.csv", "--first", "1", "--yes").status == 1)
        try point(at: "/?ws=A")
        let resumed = try rollcall.run("runs", "resume", "1", "--yes")
        #expect(resumed.status == 2)
        #expect(resumed.errors.contains("confirm at a terminal that"), "\(resumed.errors)")
        #expect(try sandbox.invites().count == 1)
    }

    @Test func `the hint of a run can be pasted, and fits no run of another ledger`() throws {
        let first = try rollcall.run("invite", "people.csv", "--first", "1", "--yes", "--ledger", "my ledger.db")
        let line = try #require(first.errors.split(separator: "\n").first { $0.hasPrefix("To resume: ") })
        let command = line.dropFirst("To resume: rollcall ".count)
        #expect(command.contains(#/^runs resume 1-[a-z0-9]{6} --ledger 'my ledger.db'$/#), "\(command)")
        // The same number in another ledger is another list.
        #expect(try rollcall.run("invite", "people.csv", "--first", "1", "--yes", "--ledger", "other.db").status != 2)
        let other = command.replacing("my ledger.db", with: "other.db")
        let wrong = try rollcall.start(line: "$ROLLCALL \(other) --yes").wait()
        #expect(wrong.status == 2, "\(wrong.errors)")
        #expect(wrong.errors.contains("the command is for another ledger"), "\(wrong.errors)")
        let right = try rollcall.start(line: "$ROLLCALL \(command) --yes").wait()
        #expect(right.errors.contains("4 rows of people.csv (SHA-256 "), "\(right.errors)")
        #expect(try sandbox.invites().count == 4)
    }

    @Test func `a hint says what only the environment said of the ledger and the profile`() throws {
        try rollcall.profile("rate: none")
        rollcall.environment["ROLLCALL_LEDGER"] = "my ledger.db"
        rollcall.environment["ROLLCALL_PROFILE"] = "p"
        let first = try rollcall.run("invite", "people.csv", "--first", "1", "--yes")
        let line = try #require(first.errors.split(separator: "\n").first { $0.hasPrefix("To resume: ") })
        let command = line.dropFirst("To resume: ".count)
        let pattern = #/^ROLLCALL_LEDGER='my ledger.db' ROLLCALL_PROFILE=p rollcall runs resume 1-[a-z0-9]{6}$/#
        #expect(command.contains(pattern), "\(command)")
        // In another terminal, in which neither is set.
        rollcall.environment["ROLLCALL_LEDGER"] = nil
        rollcall.environment["ROLLCALL_PROFILE"] = nil
        let pasted = try rollcall.start(line: command.replacing(" rollcall ", with: " \"$ROLLCALL\" ") + " --yes")
            .wait()
        #expect(pasted.status == 0, "\(pasted.errors)")
        #expect(try sandbox.invites().count == 4)
    }

    @Test func `results that are given as a list name their run in a command to paste`() throws {
        #expect(try rollcall.run("invite", "people.csv", "--yes", "--ledger", "my ledger.db").status == 0)
        let run = try #require(try rollcall.rows("people.results.csv").first?[11])
        let again = try rollcall.run("invite", "people.results.csv", "--yes", "--ledger", "my ledger.db")
        #expect(again.status == 2)
        let command = "rollcall runs retry \(run) --ledger 'my ledger.db'"
        let sentence = "contains the results of run \(run); to re-send its failed rows, run: \(command); "
        #expect(again.errors.contains(sentence), "\(again.errors)")
        #expect(try rollcall.run("invite", "people.csv", "--sandbox", "--yes").status == 0)
        let practice = try rollcall.run("invite", "people.practice.results.csv", "--yes")
        #expect(practice.errors.contains(#/rollcall runs retry 1-[a-z0-9]{6} --sandbox; /#), "\(practice.errors)")
        // Nothing of the file is part of the command that is not a run's name.
        try rollcall.write(rollcall.read("people.results.csv").replacing(run, with: "1;reboot"), to: "edited.csv")
        let edited = try rollcall.run("invite", "edited.csv", "--yes")
        #expect(edited.errors.contains("find the number of the run with 'rollcall runs'"), "\(edited.errors)")
        #expect(!edited.errors.contains("reboot"))
    }

    @Test func `a run that is abandoned is not resumed`() throws {
        #expect(try rollcall.run("invite", "people.csv", "--first", "1", "--yes").status == 1)
        #expect(try rollcall.run("invite", "people.csv", "--first", "1", "--yes").status == 1)
        #expect(try rollcall.run("runs", "show", "last").output.hasPrefix("Run 2 "))
        #expect(try rollcall.run("runs", "abandon", "1", "--yes").status == 0)
        #expect(try rollcall.run("runs", "resume", "1", "--yes").errors.contains("run 1 was abandoned"))
        #expect(try rollcall.run("runs", "abandon", "last").status == 2)
        #expect(try rollcall.run("runs", "abandon", "last", "--yes").status == 0)
        #expect(try rollcall.run("runs").output.split(separator: "\tabandoned\t").count == 3)
        let resumed = try rollcall.run("runs", "resume", "2", "--yes")
        #expect(resumed.status == 2)
        #expect(try sandbox.invites().count == 2)
        #expect(!(try rollcall.run("invite", "people.csv", "--dry-run").errors.contains("To resume it instead")))
    }

    @Test func `earlier results are kept under the run's name before anything is sent`() throws {
        #expect(try rollcall.run("invite", "people.csv", "--yes").status == 0)
        let first = try rollcall.read("people.results.csv")
        #expect(try rollcall.run("invite", "people.csv", "--yes").status == 0)
        #expect(try rollcall.read("people.results.run-1.csv") == first)
        let header = try rollcall.read("people.results.csv").split(separator: "\r\n")[0]
        #expect(header.hasSuffix(",verified,run,workspace,runTime"))
        #expect(try rollcall.rows("people.results.csv")[0][11].hasPrefix("2-"))
        // After a crash no file looks like the results of the run that crashed.
        rollcall.environment["ROLLCALL_CRASH_AT"] = "9"
        _ = try rollcall.run("invite", "people.csv", "--yes")
        rollcall.environment["ROLLCALL_CRASH_AT"] = nil
        let left = (try? rollcall.rows("people.results.csv")[0][11]) ?? ""
        #expect(left.isEmpty || left.hasPrefix("2-"))
    }

    @Test func `practice is kept apart from real work, and says what it is`() throws {
        #expect(try rollcall.run("invite", "people.csv", "--yes").status == 0)
        let real = try rollcall.read("people.results.csv")
        #expect(try rollcall.run("invite", "people.csv", "--sandbox", "--yes").status == 0)
        #expect(try rollcall.read("people.results.csv") == real)
        #expect(try rollcall.read("people.practice.results.csv").contains("PRACTICE: sandbox"))
        #expect(try rollcall.run("runs").output.split(separator: "\n").count == 2)
        #expect(try rollcall.run("runs", "--sandbox").output.contains("sandbox"))
        #expect(try rollcall.run("review", "--sandbox").status == 0)
        let folders = try FileManager.default.contentsOfDirectory(atPath: rollcall.folder.path + "/practice-reviews")
        let name = try #require(folders.first)
        #expect(name.hasPrefix("PRACTICE-"))
        #expect(try rollcall.read("practice-reviews/\(name)/review.html").contains("PRACTICE"))
        #expect(try rollcall.read("practice-reviews/\(name)/review.csv").contains("PRACTICE"))
    }

    @Test func `a second review of a quarter leaves the first one to be applied`() throws {
        #expect(try rollcall.run("review", "--out", "one").status == 0)
        let second = try rollcall.run("review", "--out", "two")
        #expect(second.errors.contains("this one is "), "\(second.errors)")
        for folder in ["one", "two"] {
            let applied = try rollcall.run("apply", "\(folder)/review.csv", "--yes")
            #expect(applied.status == 0, "\(applied.errors)")
        }
        let named = try rollcall.run("review", "--out", "three", "--review-id", "X")
        #expect(named.status == 0)
        let again = try rollcall.run("review", "--out", "four", "--review-id", "X")
        #expect(again.status == 2)
        #expect(again.errors.contains("--review-id"), "\(again.errors)")
    }

    @Test func `a review of another workspace in the same ledger is another's`() throws {
        for (name, arguments) in [("A", ["one"]), ("B", ["two"]), ("B", ["three", "--ledger", "other.db"])] {
            try point(at: "/?ws=" + name)
            let review = ["review", "--format", "csv", "--review-id", "X", "--out"] + arguments
            let run = try rollcall.start(review).wait()
            #expect(run.status == 0, "\(run.errors)")
            #expect(try rollcall.read("\(arguments[0])/evidence.json").contains("\"previous\"") == false)
        }
        // Both are named X; each belongs to its own workspace.
        for (name, folder) in [("B", "one"), ("A", "two")] {
            try point(at: "/?ws=" + name)
            let run = try rollcall.run("apply", "\(folder)/review.csv", "--yes")
            #expect(run.status == 2)
            #expect(run.errors.contains("belongs to http://localhost:"), "\(run.errors)")
        }
        for (name, folder) in [("A", "one"), ("B", "two")] {
            try point(at: "/?ws=" + name)
            let run = try rollcall.run("apply", "\(folder)/review.csv", "--dry-run")
            #expect(run.status == 0 && !run.errors.contains("is not in this ledger"), "\(run.errors)")
        }
        // A ledger that knows the review of A says of that of B that it did not write it.
        try point(at: "/?ws=A")
        let own = ["review", "--format", "csv", "--review-id", "X", "--out", "four", "--ledger", "a.db"]
        #expect(try rollcall.start(own).wait().status == 0)
        try point(at: "/?ws=B")
        let foreign = try rollcall.run("apply", "three/review.csv", "--dry-run", "--ledger", "a.db")
        #expect(foreign.status == 0, "\(foreign.errors)")
        #expect(foreign.errors.contains("Review X is not in this ledger"), "\(foreign.errors)")
        // A folder of B that its ledger did not write is not that of B which it wrote.
        let other = try rollcall.run("apply", "three/review.csv", "--yes")
        #expect(other.status == 2)
        #expect(other.errors.contains("is not the folder that was exported for review X"), "\(other.errors)")
    }

    @Test func `an interrupted run of the same list in another workspace is not proposed`() throws {
        try point(at: "/?ws=A")
        #expect(try rollcall.run("invite", "people.csv", "--first", "1", "--yes").status == 1)
        try point(at: "/?ws=B")
        let other = try rollcall.run("invite", "people.csv", "--first", "1", "--yes")
        #expect(!other.errors.contains("To resume it instead"), "\(other.errors)")
        try point(at: "/?ws=A")
        let same = try rollcall.run("invite", "people.csv", "--first", "1", "--yes")
        #expect(same.errors.contains(#/Run 1 of the same list ended .* To resume it instead: .* runs resume 1-/#))
    }

    @Test func `each of two reviews of one name that a ledger wrote is carried out`() throws {
        // Earlier versions gave one name twice.
        let rename = { (old: String, new: String) in
            _ = try rollcall.shell(
                "python3 -c \"import sqlite3; d = sqlite3.connect('.local/state/rollcall/ledger.db'); "
                    + "d.execute(\\\"UPDATE reviews SET id = '\(new)' WHERE id = '\(old)'\\\"); d.commit()\"")
        }
        for folder in ["one", "two"] {
            let run = try rollcall.run("review", "--format", "csv", "--review-id", "X", "--out", folder)
            #expect(run.status == 0, "\(run.errors)")
            try rename("X", "Y")
        }
        try rename("Y", "X")
        for folder in ["one", "two"] {
            let applied = try rollcall.run("apply", "\(folder)/review.csv", "--yes")
            #expect(applied.status == 0 && !applied.errors.contains("is not in this ledger"), "\(applied.errors)")
        }
    }

    @Test func `a review that this ledger did not write is named before anything is sent`() throws {
        #expect(try rollcall.run("review", "--out", "one", "--ledger", "other.db").status == 0)
        let applied = try rollcall.run("apply", "one/review.csv", "--dry-run")
        #expect(applied.errors.contains("is not in this ledger"), "\(applied.errors)")
    }

    @Test(arguments: ["rows", "runs"])
    func `a row or a run of a kind that only a newer version knows is not sent`(table: String) throws {
        #expect(try rollcall.run("invite", "people.csv", "--first", "1", "--yes").status == 1)
        try rollcall.shell(
            "python3 -c \"import sqlite3; d = sqlite3.connect('.local/state/rollcall/ledger.db'); "
                + "d.execute(\\\"UPDATE \(table) SET kind = 'promote'\\\"); d.commit()\"")
        let run = try rollcall.run("runs", "resume", "1", "--yes")
        #expect(run.status == 2, "\(run.errors)")
        #expect(run.errors.contains("promote, which this version of rollcall does not support"), "\(run.errors)")
        #expect(try sandbox.invites().count == 1)
    }

    @Test func `a plan that other programs read otherwise is refused`() throws {
        #expect(try rollcall.run("invite", "people.csv", "--save-plan", "plan.json").status == 0)
        let plan = try rollcall.read("plan.json")
        let end = try #require(plan.lastIndex(of: "}"))
        for extra in [",\n \"rows\" : []\n}\n", ",\n \"zzz\" : 1\n}\n"] {
            try rollcall.write(plan[..<end].trimmingCharacters(in: .whitespacesAndNewlines) + extra, to: "forged.json")
            let run = try rollcall.run("apply", "forged.json", "--yes")
            #expect(run.status == 2)
            #expect(run.errors.contains("forged.json was edited after it was saved"), "\(run.errors)")
        }
        #expect(try sandbox.invites().isEmpty)
    }

    @Test func `nothing that is there is replaced`() throws {
        #expect(try rollcall.run("review", "--out", "one").status == 0)
        #expect(try rollcall.run("invite", "people.csv", "--yes").status == 0)
        let list = try rollcall.read("people.csv")
        let answer = try rollcall.read("one/answer.json")
        for arguments in [
            ["invite", "people.csv", "--sandbox", "--save-plan", "one/answer.json"],
            ["runs", "show", "last", "--out", "people.csv"],
            ["users", "--out", "new.csv", "--out", "one/review.csv"],
            ["expired", "--out", "new.csv", "--out", "one/review.csv"],
            ["invite", "people.csv", "--sandbox", "--yes", "--results", "one/review.csv"],
            ["invite", "people.csv", "--sandbox", "--yes", "--results", "people.results.csv"],
        ] {
            let run = try rollcall.start(arguments).wait()
            #expect(run.status == 2, "\(arguments): \(run.errors)")
            #expect(
                run.all.contains("not replaced") || run.all.contains("was not written by a run of this ledger"),
                "\(run.all)")
        }
        #expect(try rollcall.read("people.csv") == list)
        #expect(try rollcall.read("one/answer.json") == answer)
        #expect(try rollcall.shell("ls").contains("new.csv") == false)
        #expect(try rollcall.run("verify", "one").status == 0)
    }

    @Test(arguments: ["users", "expired"])
    func `a report is written to each file that is named, and once to one that is named twice`(command: String) throws {
        let run = try rollcall.run(command, "--out", "r.csv", "--out", "r.json", "--out", "./r.csv")
        #expect(run.status == 0, "\(run.errors)")
        #expect(try rollcall.shell("ls r.*") == "r.csv\nr.json\n")
    }

    @Test func `a resume leaves the results of a later run, and none of its own that are stale`() throws {
        #expect(try rollcall.run("invite", "people.csv", "--first", "1", "--yes").status == 1)
        #expect(try rollcall.run("invite", "people.csv", "--first", "1", "--yes").status == 1)
        let later = try rollcall.read("people.results.csv")
        let resumed = try rollcall.run("runs", "resume", "1", "--yes")
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(try rollcall.read("people.results.csv") == later)
        #expect(
            try rollcall.rows("people.results.run-1.csv").allSatisfy { $0[11].hasPrefix("1-") && $0[5] != "notSent" })
        #expect(try rollcall.run("runs", "resume", "2", "--yes").status == 0)
        #expect(try rollcall.rows("people.results.csv").allSatisfy { $0[5] == "skipped" || $0[5] == "succeeded" })
        let names = try FileManager.default.contentsOfDirectory(atPath: rollcall.folder.path)
        #expect(!names.contains { $0.contains("before-resume") }, "\(names)")
    }

    @Test(arguments: [
        "ln -s /nowhere/config.yaml config.yaml", "ln -s config.yaml config.yaml", "mv real.yaml config.yml",
    ])
    func `limits do not vanish with a configuration that cannot be reached`(how: String) throws {
        try rollcall.shell("mkdir -p .config/rollcall && cd .config/rollcall && touch real.yaml && \(how)")
        let run = try rollcall.run("invite", "people.csv", "--yes")
        #expect(run.status == 2, "\(run.errors)")
        #expect(run.errors.contains("config.yaml cannot be read"), "\(run.errors)")
        #expect(try sandbox.invites().isEmpty)
    }

    @Test func `a variable that nearly has the name of a setting is refused`() throws {
        rollcall.environment["ROLLCALL_DOMAIN"] = "other.io"
        let run = try rollcall.run("invite", "people.csv", "--yes")
        #expect(run.status == 2)
        #expect(run.errors.contains("did you mean ROLLCALL_DOMAINS?"), "\(run.errors)")
    }

    @Test(arguments: [".config/rollcall/config.yaml", ".paradime/credentials"])
    func `a pipe in place of a file is refused and not waited for`(path: String) throws {
        for name in ["ENDPOINT", "KEY", "SECRET"] { rollcall.environment["PARADIME_API_" + name] = nil }
        try rollcall.shell("mkdir -p $(dirname \(path)) && mkfifo -m 600 \(path)")
        let run = try #require(try rollcall.start(["users"]).wait(atMost: 60))
        #expect(run.status == 2, "\(run.errors)")
    }

    @Test func `a hint about a name that begins with a dash, or holds control characters, can be pasted`() throws {
        let saved = try rollcall.run("invite", "people.csv", "--save-plan=-p\u{1b}[31m 'x'.json", "--ledger=-l.db")
        #expect(saved.status == 0, "\(saved.errors)")
        #expect(!saved.errors.contains("\u{1b}"))
        let line = try #require(
            saved.errors.split(separator: "\n").first { $0.contains("To send exactly this plan: ") })
        let command = try #require(line.firstRange(of: "rollcall ")).upperBound
        let applied = try rollcall.start(line: "$ROLLCALL \(line[command...]) --yes").wait()
        #expect(applied.status == 0, "\(line)\n\(applied.errors)")
        #expect(try sandbox.invites().count == 4)
    }
}
