import Foundation
import Testing

/// `--log-format json`: standard error as JSON, all of it.
@Suite(.waiting) struct LogFormatTests {
    private func lines(_ run: Finished, in rollcall: Rollcall) throws -> [[String: Any]] {
        #expect(try rollcall.validate(run.errors, against: "log", lines: true) == "valid")
        #expect(!run.errors.contains("\u{1b}"))
        return try run.logged
    }

    @Test func `problems with their places, the plan, the request log, the summary, the error`() throws {
        let rollcall = try Rollcall()
        let sample = Rollcall.sample("invites-broken.csv")
        let run = try rollcall.run(
            "invite", sample, "--sandbox", "--yes", "--rate", "none", "--results", "r.csv", "--log-format", "json",
            "--log-level", "debug", "--color", "always")
        #expect(run.status == 1)
        let lines = try lines(run, in: rollcall)
        let problem = try #require(lines.first { $0["file"] != nil })
        #expect(problem["file"] as? String == sample)
        #expect(problem["line"] as? Int == 3)
        #expect(problem["column"] as? Int == 2)
        #expect(problem["level"] as? String == "error")
        #expect((problem["message"] as? String)?.hasPrefix("\"bob@\" is not an email address") == true)
        #expect(lines.contains { ($0["plan"] as? [String: Any])?["rows"] as? Int == 14 })
        #expect(lines.contains { ($0["run"] as? [String: Any])?["number"] as? Int == 1 && $0["counts"] != nil })
        #expect(
            lines.contains {
                $0["level"] as? String == "debug"
                    && ($0["message"] as? String)?.hasPrefix("listUsers: HTTP 200") == true
            })
    }

    @Test func `the last line is the error, with the exit status`() throws {
        let rollcall = try Rollcall()
        for arguments in [
            ["invite", "nowhere.csv", "--sandbox"], ["users"], ["runs", "show", "9"], ["verify", "nowhere"],
            ["invite"], ["nonsense"], ["invite", "a.csv", "--batch", "0"], ["review", "--due", "soon"],
        ] {
            let run = try rollcall.start(arguments + ["--log-format", "json"]).wait()
            let last = try lines(run, in: rollcall).last
            #expect(last?["level"] as? String == "error", "\(arguments)")
            #expect(last?["status"] as? Int == Int(run.status), "\(arguments)")
            #expect(run.status != 0)
        }
    }

    @Test func `nobody is asked`() throws {
        let rollcall = try Rollcall()
        try rollcall.write("email,role\na@acme.io,DEVELOPER\n", to: "people.csv")
        let run = try rollcall.run("invite", "people.csv", "--sandbox", "--log-format=json")
        #expect(run.status == 2)
        let last = try lines(run, in: rollcall).last
        #expect(
            last?["message"] as? String
                == "nothing was sent: --log-format json does not ask questions; use --yes to confirm")
    }

    @Test func `checks, refusals and what is said to people, and nothing of it when quiet`() throws {
        let rollcall = try Rollcall()
        try rollcall.run("review", "--sandbox", "--out", "one", "--format", "csv")
        try rollcall.write("spoiled", to: "one/review.csv")
        let run = try rollcall.run("verify", "one", "--log-format", "json")
        // What was asked for goes to standard output, and is no log.
        #expect(run.output.contains("\nFAILED   ") && run.output.contains("ok       "))
        #expect(try lines(run, in: rollcall).last?["code"] as? String == "needsAttention")
        let quiet = try lines(try rollcall.run("verify", "one", "--log-format", "json", "--quiet"), in: rollcall)
        #expect(quiet.allSatisfy { $0["level"] as? String == "error" })

        try rollcall.write("email\nada.admin@acme.io\n", to: "leavers.csv")
        let refused = try rollcall.run("disable", "leavers.csv", "--sandbox", "--yes", "--log-format", "json")
        let refusals = try lines(refused, in: rollcall).compactMap { $0["refusal"] as? [String: Any] }
        #expect(refusals.first?["remedy"] as? String == "--min-admins 0")
    }

    @Test func `hostile text stays valid JSON, and steers no terminal`() throws {
        let rollcall = try Rollcall()
        try rollcall.write("email,role\n\"a\u{1b}[31m\u{9b}\u{202e}\"\"\\@x\",DEVELOPER\n", to: "people.csv")
        let run = try rollcall.run("invite", "people.csv", "--sandbox", "--dry-run", "--log-format", "json")
        #expect(try lines(run, in: rollcall).contains { $0["line"] as? Int == 2 })
        #expect(!run.errors.unicodeScalars.contains("\u{9b}") && !run.errors.unicodeScalars.contains("\u{202e}"))
    }
}
