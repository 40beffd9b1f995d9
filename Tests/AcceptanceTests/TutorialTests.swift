import Foundation
import Testing

/// docs/tutorial.md, worked through from the first command to the last in one shell at a terminal of 80 columns.
@Suite(.waiting) struct TutorialTests {
    /// A command of the page, and what the page says that it prints.
    private struct Step {
        var command: String
        /// Texts that the screen has in this order, with single blanks.
        var shown: [String] = []
    }

    /// What tutorial.py saw.
    private struct Seen: Decodable {
        var status: Int32
        var screen: String
    }

    /// What ends with something else than 0.
    private static let statuses: [String: [Int32]] = [
        // A limit refuses the plan.
        "rollcall invite samples/invites.csv --dry-run": [2],
        "rollcall invite samples/invites.csv --except \"Name=Mai Tran\" --rate 6/m": [130],
        "rollcall review status reviews/tutorial": [1],
        // One decision is open, and then none.
        "rollcall review close reviews/tutorial": [2, 0],
        // One is suspended, and then excepted.
        "rollcall leavers": [1, 0],
    ]

    /// Lines with single blanks between their words: where a terminal breaks a line depends on the length of the port.
    private static func words(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The commands of the page. Indented lines are commands, which may have several lines in quotes; what stands between
    /// lines of three backticks is the screen after the command, and `…` is any text.
    private static func steps() throws -> [Step] {
        let page = Rollcall.repository.appendingPathComponent("docs/tutorial.md")
        var steps: [Step] = []
        var unfinished = ""
        for (place, part) in try String(contentsOf: page, encoding: .utf8).components(separatedBy: "\n```\n")
            .enumerated()
        {
            guard place.isMultiple(of: 2) else {
                steps[steps.count - 1].shown = part.components(separatedBy: "…").map(words)
                continue
            }
            for line in part.split(separator: "\n") where line.hasPrefix("    ") {
                unfinished += (unfinished.isEmpty ? "" : "\n") + line.dropFirst(4)
                guard unfinished.count(where: { $0 == "'" }).isMultiple(of: 2) else { continue }
                steps.append(Step(command: unfinished))
                unfinished = ""
            }
        }
        #expect(unfinished.isEmpty)
        return steps
    }

    @Test func `every command works in order, and the screen shows what the page says`() throws {
        let rollcall = try Rollcall()
        let sandbox = try SandboxProcess(rollcall)
        let port = try #require(URL(string: sandbox.url)?.port)
        try rollcall.shell(
            "cp -R '\(Rollcall.sample(""))' '\(rollcall.folder.path)/samples' && chmod -R go-w '\(rollcall.folder.path)/samples' && "
                + "sed -i 's/:8787/:\(port)/' '\(rollcall.folder.path)/samples/sandbox-profile.yaml'")
        var steps = try Self.steps()
        // The sandbox runs in another terminal.
        let server = steps.removeFirst()
        #expect(server.command == "rollcall sandbox")
        #expect(steps.count > 20)
        let interrupted = try #require(steps.first { $0.command.contains("--rate 6/m") })
        var environment = rollcall.environment.filter { !$0.key.hasPrefix("PARADIME") }
        environment["PATH"] =
            Rollcall.binary.deletingLastPathComponent().path + ":" + (environment["PATH"] ?? "")
        // The people of the sample have not left or joined since.
        environment["ROLLCALL_TODAY"] = "2026-11-28"
        let script = Rollcall.repository.appendingPathComponent("Tests/AcceptanceTests/tutorial.py").path
        let reader = try Running(
            [script, sandbox.url, interrupted.command], of: URL(fileURLWithPath: "/usr/bin/python3"),
            folder: rollcall.folder, environment: environment, input: try JSONEncoder().encode(steps.map(\.command))
        ).wait()
        try #require(reader.status == 0, "\(reader.errors)")
        let seen = try JSONDecoder().decode([Seen].self, from: Data(reader.output.utf8))
        try #require(seen.count == steps.count)
        var statuses = Self.statuses
        for (step, seen) in zip(steps, seen) {
            let expected = statuses[step.command]?.isEmpty == false ? statuses[step.command]?.removeFirst() : nil
            #expect(seen.status == expected ?? 0, "\(step.command): \(seen.screen)")
            var rest = Self.words(seen.screen)[...]
            for text in step.shown.map({ $0.replacing(":8787", with: ":\(port)") }) where !text.isEmpty {
                guard let place = rest.firstRange(of: text) else {
                    Issue.record("\(step.command) does not show: \(text)\nbut: \(seen.screen)")
                    break
                }
                rest = rest[place.upperBound...]
            }
        }
        #expect(statuses.allSatisfy { $0.value.isEmpty })
        // The last leavers are excepted: silence.
        let last = Array(zip(steps, seen)).last { $0.0.command == "rollcall leavers" }
        #expect(last?.1.screen == "")
    }
}
