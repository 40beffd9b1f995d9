import ArgumentParser
import Foundation
import Ledger
import Runs
import Settings
import TerminalIO

/// What every command takes.
struct CommonOptions: ParsableArguments {
    /// What help calls these options.
    static let title = "Common options"

    @Option(
        help: ArgumentHelp(
            "The profile to use.", discussion: "See rollcall config show",
            valueName: "name"))
    var profile: String?

    @Option(
        help: ArgumentHelp(
            "The database of runs and snapshots.",
            discussion: "Default: $XDG_STATE_HOME/rollcall/ledger.db, or ~/.local/state/rollcall/ledger.db",
            valueName: "file"),
        completion: .file(extensions: ["db"]))
    var ledger: String?

    @Flag(name: .shortAndLong, help: "Print only problems and errors.")
    var quiet = false

    @Option(help: "Use color; auto respects NO_COLOR.")
    var color: Console.ColorChoice = .auto

    @Option(help: ArgumentHelp("Format of standard error: text, or json (one object per line).", valueName: "format"))
    var logFormat: LogFormat = .text

    @Option(
        help: ArgumentHelp(
            "Format of standard output: text, json (one document) or ndjson (one object per line).",
            valueName: "format"))
    var output: OutputFormat = .text

    /// Standard output and standard error as this command was asked to use them.
    func console(for command: any RollcallCommand.Type) -> Console {
        Console(
            output: Output(output, command: command.words, isSending: command.isSending), format: logFormat,
            quiet: quiet, color: color, environment: ProcessInfo.processInfo.environment)
    }

    /// What the environment and the configuration file say.
    func settings() throws -> UserSettings { try UserSettings.read(profile: profile) }

    /// Opens the ledger.
    ///
    /// - Parameter isPractice: whether the command is for the sandbox, whose runs and snapshots are kept apart.
    func openLedger(_ settings: UserSettings, isPractice: Bool) throws -> Ledger {
        try asCommandFailure { try Ledger.open(at: ledgerPath(settings, isPractice: isPractice)) }
    }

    /// Where the ledger is: where the command line says; or where the settings say, with `-practice` in its name for the
    /// sandbox.
    func ledgerPath(_ settings: UserSettings, isPractice: Bool) -> String {
        Self.ledgerPath(settings, given: ledger, isPractice: isPractice)
    }

    static func ledgerPath(_ settings: UserSettings, given: String?, isPractice: Bool) -> String {
        if let given { return given }
        let path = settings[.ledger]?.text ?? UserFolders.standardLedger
        return isPractice ? RunFileNames.appending("-practice", to: path) : path
    }
}

/// For commands that read the ledger and ask no workspace.
struct PracticeOption: ParsableArguments {
    @Flag(help: "Use the sandbox's ledger.")
    var sandbox = false
}

extension Console.ColorChoice: ExpressibleByArgument {}
extension LogFormat: ExpressibleByArgument {}
extension OutputFormat: ExpressibleByArgument {}
