import Foundation
import Testing

/// The samples for a review that comes every quarter, run as cron and GitHub run them.
@Suite(.waiting) struct QuarterlySampleTests {
    private let rollcall: Rollcall

    init() throws {
        rollcall = try Rollcall()
        try rollcall.shell("mkdir bin; ln -s '\(Rollcall.binary.path)' bin/rollcall")
        rollcall.environment["PATH"] = rollcall.folder.path + "/bin:" + (rollcall.environment["PATH"] ?? "")
    }

    private func sh(_ arguments: String..., with shell: String = "/bin/sh") throws -> Finished {
        try Running(
            arguments, of: URL(fileURLWithPath: shell), folder: rollcall.folder, environment: rollcall.environment,
            input: nil
        ).wait()
    }

    private func script(_ folder: String, _ options: String...) throws -> Finished {
        try Running(
            [Rollcall.sample("quarterly-review.sh"), folder] + options, of: URL(fileURLWithPath: "/bin/sh"),
            folder: rollcall.folder, environment: rollcall.environment, input: nil
        ).wait()
    }

    @Test func `the script writes a review once, and checks it ever after`() throws {
        try rollcall.startSandbox()
        let first = try script("r", "--domain", "acme.io", "--reviewer", "Grace Hopper")
        #expect(first.status == 0, "\(first.errors)")
        #expect(first.errors.isEmpty)
        #expect(first.output.contains("Evidence hash: "), "\(first.output)")
        let names = try FileManager.default.contentsOfDirectory(
            atPath: rollcall.folder.appendingPathComponent("r").path
        ).sorted()
        let review = try #require(names.first)
        #expect(names == [review, review + ".expired.csv", "quarterly-review.log"])
        #expect(review.wholeMatch(of: #/\d{4}-Q[1-4]/#) != nil)
        #expect(try rollcall.run("verify", "r/" + review).status == 0)
        #expect(try rollcall.shell("stat -c %a r/\(review)") == "700\n")

        // What is there needs no API any more.
        rollcall.environment["PARADIME_API_ENDPOINT"] = "http://127.0.0.1:9/"
        let again = try script("r")
        #expect(again.status == 0 && again.output.isEmpty && again.errors.isEmpty, "\(again.errors)")

        try rollcall.shell("echo >>r/\(review)/review.csv")
        let edited = try script("r")
        #expect(edited.status == 1)
        #expect(edited.errors.contains("something needs attention (status 1): rollcall verify "))
        #expect(edited.errors.contains("FAILED   review.csv was changed after it was written"), "\(edited.errors)")
    }

    @Test(
        arguments: [
            ("http://127.0.0.1:9/", "sandbox-key", [], 69, "the next run tries again (status 69): rollcall review"),
            (nil, "other", [], 77, "the credentials were refused; look at the API key (status 77)"),
            (nil, "sandbox-key", ["--no-such-option"], 64, "look at the options in the crontab (status 64)"),
        ] as [(String?, String, [String], Int32, String)])
    func `what went wrong is said, and nothing is left`(
        endpoint: String?, key: String, options: [String], status: Int32, words: String
    ) throws {
        try rollcall.startSandbox()
        if let endpoint { rollcall.environment["PARADIME_API_ENDPOINT"] = endpoint }
        rollcall.environment["PARADIME_API_KEY"] = key
        let run = try options.first.map { try script("r", $0) } ?? script("r")
        #expect(run.status == status, "\(run.errors)")
        #expect(run.output.isEmpty)
        #expect(run.errors.contains(words) && run.errors.contains("rror: "), "\(run.errors)")
        #expect(try rollcall.shell("ls r") == "quarterly-review.log\n")
    }

    @Test func `the commands of the workflow lead to a review that holds`() throws {
        try rollcall.startSandbox()
        let reader = Rollcall.repository.appendingPathComponent("Tests/AcceptanceTests/run_lines.py").path
        let lines = try sh(
            reader, Rollcall.sample("quarterly-review.github-actions.yml"), with: "/usr/bin/python3")
        try #require(lines.status == 0, "\(lines.errors)")
        #expect(lines.output.split(separator: "\n").count { $0.hasPrefix("rollcall ") } == 3)
        let variables = [
            "COMPANY_DOMAIN": "acme.io", "REVIEWER": "Grace Hopper", "APPROVER": "Ada Admin",
            "GITHUB_STEP_SUMMARY": "summary.md", "LEDGER": rollcall.folder.path + "/ledger",
        ]
        rollcall.environment.merge(variables) { _, new in new }
        let run = try sh("-eo", "pipefail", "-c", lines.output, with: "/bin/bash")
        #expect(run.status == 0, "\(run.errors)")
        #expect(try rollcall.read("summary.md").contains("nothing was changed since it was written"))
        #expect(try rollcall.rows("reviews/expired-invites.csv").count == 2)
    }

    @Test func `the script is clean`() throws {
        let check = try sh("-c", "sh -n \"$0\" && shellcheck \"$0\"", Rollcall.sample("quarterly-review.sh"))
        #expect(check.status == 0, "\(check.output)\(check.errors)")
    }
}
