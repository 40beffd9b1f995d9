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

    /// Standard error as this command was asked to use it.
    var console: Console {
        Console(quiet: quiet, color: color, environment: ProcessInfo.processInfo.environment)
    }

    /// Opens the ledger.
    func openLedger() throws -> Ledger {
        try inWords { try Ledger.open(at: ledger ?? UserFolders.state + "/rollcall/ledger.db") }
    }
}

extension Console.ColorChoice: ExpressibleByArgument {}
