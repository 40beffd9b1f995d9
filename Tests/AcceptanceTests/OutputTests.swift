import Foundation
import Testing

/// `--output json` and `ndjson`, held against `samples/schemas`.
@Suite(.waiting) struct OutputTests {
    private func outcomes(_ document: [String: Any]) -> [String: Int] {
        (document["counts"] as? [String: [String: Int]])?["outcomes"] ?? [:]
    }

    @Test func `a run is one document: problems, plan, run, counts, files`() throws {
        let rollcall = try Rollcall()
        let run = try rollcall.run(
            "invite", Rollcall.sample("invites-broken.csv"), "--sandbox", "--yes", "--rate", "none", "--results",
            "r.csv",
            "--output", "json")
        #expect(run.status == 1)
        #expect(try rollcall.validate(run.output, against: "output-run") == "valid")
        let document = try run.document
        #expect(document["status"] as? Int == 1)
        #expect(document["error"] is NSNull)
        #expect(try outcomes(document).values.reduce(0, +) == rollcall.rows("r.csv").count)
        #expect((document["problems"] as? [Any])?.isEmpty == false)
        #expect((document["files"] as? [[String: String]]) == [["kind": "results", "path": "r.csv"]])
        #expect((document["run"] as? [String: Any])?["state"] as? String == "finished")
    }

    @Test func `a dry run names every row of the plan`() throws {
        let rollcall = try Rollcall()
        let run = try rollcall.run(
            "invite", Rollcall.sample("invites.csv"), "--sandbox", "--dry-run", "--output", "json")
        #expect(try rollcall.validate(run.output, against: "output-run") == "valid")
        let rows = try run.document["rows"] as? [[String: Any]]
        #expect(
            rows?.map { $0["disposition"] as? String } == [
                "send", "send", "send", "skip", "skip", "sendAgain", "send", "skip",
            ])
        #expect(rows?.map { $0["line"] as? Int } == Array(2...9))
        #expect(run.status == 0)
    }

    @Test func `events tell each row once, as it becomes final, and the end`() throws {
        let rollcall = try Rollcall()
        try rollcall.startSandbox("--fault", "lost=0.05", "--seed", "7")
        let people = "email,role\n" + (1...40).map { "user\($0)@acme.io,DEVELOPER\n" }.joined()
        try rollcall.write(people + "user1@acme.io,DEVELOPER\nbob@,DEVELOPER\n", to: "people.csv")
        let run = try rollcall.run("invite", "people.csv", "--yes", "--rate", "none", "--output", "ndjson")
        #expect(try rollcall.validate(run.output, against: "output-events", lines: true) == "valid")
        let events = try run.events
        let rows = events.filter { $0["event"] as? String == "row" }
        #expect(rows.compactMap { $0["line"] as? Int }.sorted() == Array(2...43))
        // The same rows as in the results file, cell by cell.
        let filed = try rollcall.rows("people.results.csv")
        let told = Dictionary(
            uniqueKeysWithValues: rows.map {
                ("\($0["line"] ?? "")", [$0["email"] as? String, $0["outcome"] as? String])
            })
        for row in filed { #expect(told[row[0]] == [row[2], row[5]]) }
        #expect(events.first?["event"] as? String == "problem")
        #expect(events.last?["event"] as? String == "finished")
        #expect(events.last?["status"] as? Int == Int(run.status))
    }

    @Test func `a run that stops tells the rows that were not sent, and a resume the rest`() throws {
        let rollcall = try Rollcall()
        let sandbox = try SandboxProcess(rollcall)
        rollcall.environment["PARADIME_API_KEY"] = "sandbox-viewer-key"
        try rollcall.write("email,role\na@acme.io,DEVELOPER\nb@acme.io,DEVELOPER\n", to: "people.csv")
        let run = try rollcall.run("invite", "people.csv", "--yes", "--output", "json")
        #expect(run.status == 77)
        #expect(try rollcall.validate(run.output, against: "output-run") == "valid")
        let document = try run.document
        #expect(document["status"] as? Int == 77)
        #expect((document["error"] as? [String: String])?["message"]?.contains("credentials were refused") == true)
        #expect(outcomes(document)["notSent"] == 2)
        rollcall.environment["PARADIME_API_KEY"] = "sandbox-key"
        let resumed = try rollcall.run("runs", "resume", "1", "--yes", "--output", "ndjson")
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(try rollcall.validate(resumed.output, against: "output-events", lines: true) == "valid")
        #expect(try resumed.events.map { $0["event"] as? String } == ["started", "row", "row", "finished"])
        #expect(try sandbox.invites().count == 2)
    }

    @Test func `a limit that is reached is in the document, and nothing was sent`() throws {
        let rollcall = try Rollcall()
        try rollcall.write("email\nada.admin@acme.io\n", to: "leavers.csv")
        let run = try rollcall.run("disable", "leavers.csv", "--sandbox", "--yes", "--output", "json")
        #expect(run.status == 2)
        #expect(try rollcall.validate(run.output, against: "output-run") == "valid")
        let refusals = try run.document["refusals"] as? [[String: Any]]
        #expect(refusals?.first?["remedy"] as? String == "--min-admins 0")
    }

    @Test func `runs, their rows, users and snapshots`() throws {
        let rollcall = try Rollcall()
        try rollcall.run(
            "invite", Rollcall.sample("invites.csv"), "--sandbox", "--yes", "--rate", "none", "--results", "r.csv")
        let cases: [(arguments: [String], schema: String, member: String)] = [
            (["runs", "--sandbox"], "output-runs", "runs"),
            (["runs", "show", "1", "--sandbox"], "output-results", "rows"),
            (["users", "--sandbox"], "output-users", "users"),
            (["users", "--sandbox", "--snapshots"], "output-users", "snapshots"),
        ]
        for (arguments, schema, member) in cases {
            let one = try rollcall.start(arguments + ["--output", "json"]).wait()
            #expect(one.status == 0, "\(one.errors)")
            #expect(try rollcall.validate(one.output, against: schema) == "valid", "\(arguments)")
            let rows = try one.document[member] as? [[String: Any]]
            let lines = try rollcall.start(arguments + ["--output", "ndjson"]).wait()
            let found = try lines.events.count
            if member == "users" {
                #expect(try found == (rows?.count ?? 0) + ((one.document["invites"] as? [Any])?.count ?? 0))
            } else {
                #expect(found == rows?.count || member == "snapshots")
            }
            #expect(found > 0)
        }
    }

    @Test func `a review and its check, expired invites`() throws {
        let rollcall = try Rollcall()
        let review = try rollcall.run("review", "--sandbox", "--out", "one", "--format", "csv,json", "--output", "json")
        #expect(try rollcall.validate(review.output, against: "output-review") == "valid")
        let sum = try rollcall.shell("sha256sum one/SHA256SUMS").prefix(64)
        #expect(try review.document["manifestSHA256"] as? String == String(sum))
        let line = try rollcall.run("review", "--sandbox", "--out", "two", "--format", "csv", "--output", "ndjson")
        #expect(try rollcall.validate(line.output, against: "output-review", lines: true) == "valid")

        let good = try rollcall.run("verify", "one", "--output", "json")
        #expect(try rollcall.validate(good.output, against: "output-verify") == "valid")
        try rollcall.write("spoiled", to: "one/review.csv")
        let bad = try rollcall.run("verify", "one", "--output", "json")
        #expect(bad.status == 1)
        #expect(try rollcall.validate(bad.output, against: "output-verify") == "valid")
        #expect(try bad.document["status"] as? Int == 1)

        let expired = try rollcall.run("expired", "--sandbox", "--output", "json")
        #expect(try rollcall.validate(expired.output, against: "output-expired") == "valid")
    }

    @Test func `settings, and what a run needs`() throws {
        let rollcall = try Rollcall()
        for (arguments, schema) in [
            (["config", "show"], "output-config"), (["config", "path"], "output-config"),
            (["config", "init"], "output-config"), (["doctor", "--sandbox"], "output-doctor"),
        ] {
            let run = try rollcall.start(arguments + ["--output", "json"]).wait()
            #expect(try rollcall.validate(run.output, against: schema) == "valid", "\(run.output)")
        }
    }

    @Test func `what fails before it began is a document, too`() throws {
        let rollcall = try Rollcall()
        for (arguments, schema) in [
            (["invite", "nowhere.csv", "--sandbox"], "output-run"), (["runs", "show", "9"], "output-results"),
            (["users"], "output-users"), (["expired"], "output-expired"), (["verify", "nowhere"], "output-verify"),
        ] {
            let run = try rollcall.start(arguments + ["--output", "json"]).wait()
            #expect(run.status != 0)
            #expect(try rollcall.validate(run.output, against: schema) == "valid", "\(run.output)")
            let document = try run.document
            #expect(document["status"] as? Int == Int(run.status))
            let message = (document["error"] as? [String: String])?["message"] ?? "?"
            #expect(run.errors.contains(message))
        }
    }

    @Test func `hostile text stays valid JSON`() throws {
        let rollcall = try Rollcall()
        try rollcall.write("email,role\n\"a\u{1b}[31m\u{9b}\u{202e}\"\"\\@x\",\"DEV\tEL\u{7}\"\n", to: "people.csv")
        for format in ["json", "ndjson"] {
            let run = try rollcall.run("invite", "people.csv", "--sandbox", "--dry-run", "--output", format)
            let schema = format == "json" ? "output-run" : "output-events"
            #expect(try rollcall.validate(run.output, against: schema, lines: format == "ndjson") == "valid")
            #expect(!run.output.contains("\u{1b}"))
        }
    }

    /// The binary with this test's environment, for a shell.
    private func command(_ rollcall: Rollcall) -> String {
        "env -i \(rollcall.environment.map { "\($0)=\($1)" }.joined(separator: " ")) \(Rollcall.binary.path)"
    }

    @Test func `a reader that leaves ends a listing quietly, and does not stop a run`() throws {
        let rollcall = try Rollcall()
        let sandbox = try SandboxProcess(rollcall, "--users", "3000")
        try rollcall.write("email,role\n" + (1...30).map { "u\($0)@acme.io,DEVELOPER\n" }.joined(), to: "people.csv")
        let program = command(rollcall)
        for format in ["text", "ndjson"] {
            let listed = try rollcall.shell(
                "bash -c '\(program) users --quiet --output \(format) 2>&1 | head -1 | wc -l; echo ${PIPESTATUS[0]}'")
            #expect(listed == "1\n0\n")
        }
        let sent = try rollcall.shell(
            "bash -c '\(program) invite people.csv --yes --rate none --output ndjson 2>/dev/null | head -1 >/dev/null; "
                + "echo ${PIPESTATUS[0]}'")
        #expect(sent == "0\n")
        #expect(try sandbox.invites().count == 30)
        #expect(try rollcall.rows("people.results.csv").count == 30)
    }

    @Test func `a full disk under standard output is an error with a sentence`() throws {
        let rollcall = try Rollcall()
        for format in ["text", "json", "ndjson"] {
            let said = try rollcall.shell(
                "\(command(rollcall)) users --sandbox --output \(format) 2>&1 >/dev/full; echo $?")
            #expect(
                said.hasSuffix("rollcall: error: standard output could not be written: No space left on device\n2\n"))
        }
        try rollcall.write("email,role\na@acme.io,DEVELOPER\n", to: "people.csv")
        let said = try rollcall.shell(
            "\(command(rollcall)) invite people.csv --sandbox --yes --output json 2>&1 >/dev/full; echo $?")
        #expect(said.hasSuffix("standard output could not be written: No space left on device\n1\n"))
        #expect(try rollcall.rows("people.practice.results.csv").count == 1)
    }
}
