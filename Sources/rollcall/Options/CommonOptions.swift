import ArgumentParser
import Foundation
import Ledger

/// What every command takes.
struct CommonOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Where runs are kept.", discussion: "Default: $XDG_STATE_HOME/rollcall/ledger.db", valueName: "file"))
    var ledger: String?

    @Flag(name: .shortAndLong, help: "Say nothing but problems and errors.")
    var quiet = false

    @Option(help: "Colour on the terminal: auto, always or never.")
    var color: Console.ColorChoice = .auto

    @Option(help: ArgumentHelp("What standard error says: text, or json (one object a line).", valueName: "format"))
    var logFormat: LogFormat = .text

    @Option(
        help: ArgumentHelp(
            "What standard output says: text, json (one document at the end) or ndjson (one object a line).",
            valueName: "format"))
    var output: OutputFormat = .text

    /// Standard output and standard error as this command was asked to use them.
    func console(for command: any RollcallCommand.Type) -> Console {
        Console(
            output: Output(output, command: command.words, isSending: command.isSending), format: logFormat,
            quiet: quiet, color: color, environment: ProcessInfo.processInfo.environment)
    }

    /// Opens the ledger.
    func openLedger() throws -> Ledger {
        try inWords { try Ledger.open(at: ledger ?? UserFolders.state + "/rollcall/ledger.db") }
    }
}

extension Console.ColorChoice: ExpressibleByArgument {}
