import Domain
import Foundation
import Subprocess
import SystemPackage

/// A command that prints a secret, or a list of people. Only the caller gets its output; messages never contain it.
struct ShellCommand: Sendable {
    let text: String
    let limit: Duration
    /// The maximum length of the output, in bytes.
    var longest = Self.longestSecret

    /// The maximum length of a secret, in bytes; no key is longer.
    static let longestSecret = 65_536
    /// The interval of checks whether a command that has closed its output has ended.
    private static let interval = Duration.milliseconds(10)

    /// Why there is no usable output; a sentence without any part of the output.
    struct Failure: Error, Equatable {
        var sentence: String
    }

    /// How reading the output ended.
    private enum Ending {
        case ended([UInt8])
        case tooLong
        case outOfTime
    }

    /// The name of the command for messages. The rest may contain secrets, as may assignments before the name.
    var name: String {
        let words = text.split(whereSeparator: \.isWhitespace)
        return words.first { !$0.contains("=") }.map { Terminal.plain(String($0), limit: 80) } ?? "the command"
    }

    /// Runs it with `/bin/sh -c` and returns its output.
    ///
    /// If standard input and standard error are terminals, the command uses both, so that it can ask questions.
    /// Otherwise its standard error is discarded, because a log could then contain the secret. It stays in the process
    /// group, so that it can read from the terminal and Ctrl-C ends it. It does not inherit ignored or blocked signals.
    func output() async throws(Failure) -> [UInt8] {
        let (ending, status): (Ending, TerminationStatus)
        do {
            // Standard input may be the list of users.
            (ending, status) =
                try await isAtTerminal ? run(.currentStandardInput, .currentStandardError) : run(.none, .discarded)
        } catch {
            throw failure("could not be run")
        }
        switch (ending, status) {
        case (.tooLong, _) where longest == Self.longestSecret:
            throw failure("printed too much text for a key or secret")
        case (.tooLong, _): throw failure("printed more than \(longest >> 20) MB")
        case (.outOfTime, _): throw failure("took longer than \(limit)")
        case (.ended(let bytes), .exited(0)): return bytes
        case (.ended, .exited(let code)):
            let hint = isAtTerminal ? "" : "; run it at a terminal to see its error message"
            throw failure("ended with status \(code)\(hint)")
        case (.ended, .signaled(let signal)): throw failure("was ended by signal \(signal)")
        }
    }

    /// Whether a user can answer questions.
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
            let bytes = try await Self.read(execution.standardOutput, atMost: longest)
            if bytes == nil { processes.kill() }
            // A command may continue after it closes its output.
            while !processes.rootHasEnded { try await Task.sleep(for: Self.interval) }
            return watch.end() ? Ending.outOfTime : bytes.map(Ending.ended) ?? .tooLong
        }
        return (result.closureResult, result.terminationStatus)
    }

    /// Reads until the output is closed or the command has ended. It does not wait for background processes that keep
    /// the output open.
    ///
    /// - Returns: nil if the output is longer than the limit.
    private static func read(_ output: SubprocessOutputSequence, atMost longest: Int) async throws -> [UInt8]? {
        var bytes: [UInt8] = []
        for try await piece in output {
            piece.withUnsafeBytes { bytes += $0 }
            if bytes.count > longest { return nil }
        }
        return bytes
    }
}
