import ArgumentParser
import Foundation
import Testing

@testable import rollcall

/// Each command's `--help` has examples, and they are right.
@Suite(.waiting) struct ExampleTests {
    struct Command: Sendable, CustomTestStringConvertible {
        var path: String
        var examples: [String]
        var takesSandbox: Bool
        var testDescription: String { path }
    }

    /// Every command that `--help` tells of, as the parser knows them.
    static let commands: [Command] = {
        let all = (try? CommandTree.read().all) ?? []
        return all.map { Command(path: $0.path, examples: $0.examples, takesSandbox: $0.takesSandbox) }
    }()

    @Test func `the commands are found`() { #expect(Self.commands.contains { $0.path == "rollcall runs show" }) }

    @Test(arguments: commands)
    func `examples parse, and fit on a line`(command: Command) throws {
        #expect(!command.examples.isEmpty)
        for example in command.examples {
            // Help indents them by two, and the shell's own line may have a prompt.
            #expect(example.count <= 76, "\(example)")
            let words = Self.words(example)
            #expect(words.first == "rollcall")
            #expect(throws: Never.self, "\(example)") {
                _ = try rollcall.Rollcall.parseAsRoot(Array(words.dropFirst()))
            }
        }
    }

    /// As a reader tries them: one after the other, in a folder with the samples.
    @Test(arguments: commands)
    func `examples with --sandbox work as they stand`(command: Command) throws {
        let program = try Rollcall()
        try FileManager.default.copyItem(
            atPath: Rollcall.sample(""), toPath: program.folder.appendingPathComponent("samples").path)
        let tree = try CommandTree.read()
        var ran = 0
        for example in command.examples {
            let words = Array(Self.words(example).dropFirst())
            let isMarked = words.contains("--sandbox")
            // What needs no workspace works on what an example before it made.
            guard isMarked || (ran > 0 && !tree.find(words[...]).command.takesSandbox) else { continue }
            let run = try program.start(words).wait()
            #expect(run.status == 0, "\(example)\n\(run.errors)")
            ran += 1
        }
        #expect(ran > 0 || !command.takesSandbox, "no example with --sandbox")
    }

    private static func words(_ line: String) -> [String] {
        line.matches(of: #/"([^"]*)"|\S+/#).map { match in match.output.1.map(String.init) ?? String(match.output.0) }
    }
}

extension CommandTree {
    fileprivate var takesSandbox: Bool {
        (arguments ?? []).contains { $0.names?.contains { $0.name == "sandbox" } ?? false }
    }
}
