import Foundation
import Testing

/// How far the work is, on a pseudo-terminal and off one.
@Suite(.waiting) struct ProgressLineTests {
    /// What the command draws on a terminal of so many columns while the API takes 1.5 s for an answer.
    private func drawn(columns: Int, _ arguments: String, environment: [String: String] = [:]) throws -> String {
        let rollcall = try Rollcall()
        try rollcall.startSandbox("--latency", "1500ms")
        let all = rollcall.environment.merging(["TERM": "xterm"]) { $1 }.merging(environment) { $1 }
        let script = Rollcall.repository.appendingPathComponent("Tests/AcceptanceTests/on_terminal.py").path
        let variables = all.map { "\($0)=\($1)" }.joined(separator: " ")
        return try rollcall.shell(
            "env -i \(variables) /usr/bin/python3 \(script) \(columns) \(Rollcall.binary.path) \(arguments)")
    }

    @Test func `on a terminal one line is drawn, again and again, and taken away`() throws {
        let drawn = try drawn(columns: 40, "users")
        let line = "\r\u{1b}[KListing users, waiting 1 s for the resp"
        #expect(drawn.contains(line))
        #expect(!drawn.contains(line + "o"))
        let last = try #require(drawn.range(of: line, options: .backwards))
        let after = drawn[last.upperBound...]
        #expect(after.contains("\r\u{1b}[K"))
        // What comes then stands on a clean line.
        #expect(after.contains("\r\u{1b}[Khttp://localhost"))
    }

    @Test(arguments: [("users --quiet", [:]), ("users", ["TERM": "dumb"]), ("users --log-format json", [:])])
    func `quiet, on a dumb terminal and in JSON nothing is drawn`(
        arguments: String, environment: [String: String]
    ) throws {
        let drawn = try drawn(columns: 80, arguments, environment: environment)
        #expect(!drawn.contains("\u{1b}"))
        #expect(!drawn.contains("Listing users"))
        #expect(drawn.contains("grace@acme.io"))
    }

    @Test func `among events there is one each second`() throws {
        let rollcall = try Rollcall()
        try rollcall.startSandbox()
        try rollcall.write("email,role\n" + (1...15).map { "u\($0)@acme.io,DEVELOPER\n" }.joined(), to: "people.csv")
        let run = try rollcall.run("invite", "people.csv", "--yes", "--quiet", "--rate", "10/s", "--output", "ndjson")
        #expect(run.errors.isEmpty)
        let progress = try run.events.filter { $0["event"] as? String == "progress" }
        #expect(progress.first?["stage"] as? String == "Sending")
        #expect(progress.first?["total"] as? Int == 15)
        #expect(try rollcall.validate(run.output, against: "output-events", lines: true) == "valid")
    }
}
