import ArgumentParser
import Foundation
import Ledger

/// What every command takes.
struct CommonOptions: ParsableArguments {
    /// What help calls these options.
    static let title = "Every command"

    @Option(
        help: ArgumentHelp(
            "Where runs and snapshots are kept.",
            discussion: "Default: $XDG_STATE_HOME/rollcall/ledger.db, or ~/.local/state/rollcall/ledger.db",
            valueName: "file"),
        completion: .file(extensions: ["db"]))
    var ledger: String?

    @Flag(name: .shortAndLong, help: "Say nothing but problems and errors.")
    var quiet = false

    @Option(help: "Colour on the terminal; auto leaves it out where NO_COLOR is set.")
    var color: Console.ColorChoice = .auto

    /// Standard error as this command was asked to use it.
    var console: Console {
        Console(quiet: quiet, color: color, environment: ProcessInfo.processInfo.environment)
    }

    /// Opens the ledger.
    func openLedger() throws -> Ledger {
        try inWords { try Ledger.open(at: Self.ledgerPath(ledger)) }
    }

    /// Where the ledger is, if `--ledger` says this.
    static func ledgerPath(_ given: String?) -> String { given ?? UserFolders.state + "/rollcall/ledger.db" }
}

extension Console.ColorChoice: ExpressibleByArgument {}
