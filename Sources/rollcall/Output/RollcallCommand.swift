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
    /// Whether its purpose is to test the connection, so that an error does not suggest to do so.
    static var testsConnection: Bool { get }

    /// Does the work.
    ///
    /// - Throws: ``CommandFailure`` where the exit status is not 0.
    func run(on console: Console) async throws
}

extension RollcallCommand {
    static var words: String { configuration.commandName ?? "" }
    static var isSending: Bool { false }
    static var testsConnection: Bool { false }

    func run() async throws {
        let console = common.console(for: Self.self)
        do {
            try await run(on: console)
        } catch {
            throw end(error, on: console)
        }
        do {
            try console.output.end()
        } catch {
            let failure = CommandFailure(anything: error)
            console.fail(failure)
            // The changes were sent; only the output is incomplete.
            throw CommandFailure(Self.isSending ? .needsAttention : failure.status)
        }
    }

    /// Says what ended the command, and how to find the cause.
    ///
    /// - Returns: what the process ends with.
    private func end(_ error: any Error, on console: Console) -> any Error {
        // Wrong usage is explained where the command line is parsed.
        if !(error is CommandFailure), Rollcall.exitCode(for: error) == .validationFailure { return error }
        var failure = CommandFailure(anything: error)
        if [.unreachable, .credentialsRefused].contains(failure.status), !Self.testsConnection {
            failure.hints.append("To check the connection: " + console.command("doctor"))
        }
        console.fail(failure)
        do {
            try console.output.end(failure)
        } catch {
            // The first failure is what the command ended with.
            let other = CommandFailure(anything: error)
            if other.sentence != failure.sentence { console.fail(other) }
        }
        return CommandFailure(failure.status)
    }
}
