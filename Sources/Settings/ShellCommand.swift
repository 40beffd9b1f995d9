import Domain
import Foundation
import Subprocess
import SystemPackage

/// A command that prints a secret. What it prints is its caller's alone, and in no message.
struct ShellCommand: Sendable {
    let text: String
    let limit: Duration

    /// No key has more bytes.
    static let longest = 65_536
    /// How often it is looked whether a command that has closed its output has ended.
    private static let interval = Duration.milliseconds(10)

    /// Why there is no output to use; a sentence without a word of the output.
    struct Failure: Error, Equatable {
        var sentence: String
    }

    /// How the watch over a command ended.
    private enum Ending {
        case ended([UInt8])
        case tooLong
        case outOfTime
    }

    /// The command's name, for messages: the rest may hold secrets, as the assignments before it do.
    var name: String {
        let words = text.split(whereSeparator: \.isWhitespace)
        return words.first { !$0.contains("=") }.map { Terminal.plain(String($0), limit: 80) } ?? "the command"
    }

    /// Runs it by `/bin/sh -c` and returns what it prints.
    ///
    /// Where standard input and standard error are terminals it has both, so that it may ask questions. Elsewhere its
    /// standard error is dropped, because it could end up in a log with the secret in it. It stays in the process group,
    /// so that a terminal lets it read, and Ctrl-C ends it. What this process ignores or blocks is not passed on.
    func output() async throws(Failure) -> [UInt8] {
        let (ending, status): (Ending, TerminationStatus)
        do {
            // The list of users may come by standard input.
            (ending, status) =
                try await isAtTerminal ? run(.currentStandardInput, .currentStandardError) : run(.none, .discarded)
        } catch {
            throw failure("could not be run")
        }
        switch (ending, status) {
        case (.tooLong, _): throw failure("printed more than a key has")
        case (.outOfTime, _): throw failure("took longer than \(limit)")
        case (.ended(let bytes), .exited(0)): return bytes
        case (.ended, .exited(let code)):
            let hint = isAtTerminal ? "" : "; run it at a terminal to see what it says"
            throw failure("ended with status \(code)\(hint)")
        case (.ended, .signaled(let signal)): throw failure("was ended by signal \(signal)")
        }
    }

    /// Whether somebody is there to be asked, and sees the question.
    private var isAtTerminal: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

    private func failure(_ words: String) -> Failure { Failure(sentence: "\(name) \(words)") }

    private func run(
        _ input: some InputProtocol, _ error: some ErrorOutputProtocol
    ) async throws -> (Ending, TerminationStatus) {
        let mark = CommandProcesses.Mark()
        let result = try await Subprocess.run(
            .path("/bin/sh"), arguments: ["-c", text], environment: .inherit.updating([mark.name: mark.value]),
            input: input, output: .sequence, error: error
        ) { execution in
            let processes = CommandProcesses(root: execution.processIdentifier.value, mark: mark)
            let watch = CommandWatch(processes, limit: limit)
            defer { watch.end() }
            let bytes = try await Self.read(execution.standardOutput)
            if bytes == nil { processes.kill() }
            // One that closes its output goes on.
            while !processes.rootHasEnded { try await Task.sleep(for: Self.interval) }
            return watch.end() ? Ending.outOfTime : bytes.map(Ending.ended) ?? .tooLong
        }
        return (result.closureResult, result.terminationStatus)
    }

    /// Reads until the output is closed or the command has ended: what it leaves in the background with the output open
    /// is not waited for.
    ///
    /// - Returns: nil where there is more than a key has.
    private static func read(_ output: SubprocessOutputSequence) async throws -> [UInt8]? {
        var bytes: [UInt8] = []
        for try await piece in output {
            piece.withUnsafeBytes { bytes += $0 }
            if bytes.count > longest { return nil }
        }
        return bytes
    }
}
