import ArgumentParser
import Foundation
import TerminalIO

/// What every command has in common: a console to speak on, and one place where its end is said.
protocol RollcallCommand: AsyncParsableCommand {
    var common: CommonOptions { get }
    /// As it is typed behind `rollcall`, and as documents name it: `runs list`.
    static var words: String { get }
    /// Whether it changes the workspace.
    static var isSending: Bool { get }

    /// Does the work.
    ///
    /// - Throws: ``CommandFailure`` where the exit status is not 0.
    func run(on console: Console) async throws
}

extension RollcallCommand {
    static var words: String { configuration.commandName ?? "" }
    static var isSending: Bool { false }

    func run() async throws {
        let console = common.console(for: Self.self)
        do {
            try await run(on: console)
        } catch {
            throw end(error, on: console)
        }
        do {
            try console.output.end(ExitStatus.done.rawValue, nil)
        } catch {
            let failure = CommandFailure(ofCommand: error)
            if let sentence = failure.sentence { console.fail(sentence) }
            // What was sent is sent; it is only that not everything could be told.
            throw CommandFailure(Self.isSending ? .needsAttention : failure.status)
        }
    }

    /// Says what ended the command.
    ///
    /// - Returns: what the process ends with.
    private func end(_ error: any Error, on console: Console) -> any Error {
        let failure = CommandFailure(ofCommand: error)
        // Wrong usage is explained by the parser, with the command's usage.
        let isSaid = error is CommandFailure
        if isSaid, let sentence = failure.sentence {
            console.fail(sentence, JSONMember("status", failure.status.rawValue))
        }
        do {
            try console.output.end(failure.status.rawValue, failure.sentence)
        } catch {
            // The first failure is what the command ended with.
            let other = CommandFailure(ofCommand: error)
            if let sentence = other.sentence, sentence != failure.sentence { console.fail(sentence) }
        }
        return isSaid ? CommandFailure(failure.status) : error
    }
}

extension CommandFailure {
    /// Whatever ended a command, as its exit status and a sentence.
    init(ofCommand error: any Error) {
        let isUsage = !(error is CommandFailure) && Rollcall.exitCode(for: error) == .validationFailure
        self = isUsage ? .init(.usage, Rollcall.message(for: error)) : .init(anything: error)
    }
}
