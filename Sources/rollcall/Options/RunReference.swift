import ArgumentParser
import Domain
import Ledger
import TerminalIO

/// A run as the command line names it: `3`, `last`, or `3-k7m2pq`, which is run 3 only where it has that id. Hints use
/// the last form, because the run 3 of another ledger is another run.
enum RunReference: ExpressibleByArgument, Hashable {
    case last
    case number(Int64, id: String?)

    init?(argument: String) {
        if argument == "last" {
            self = .last
            return
        }
        let parts = argument.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard let number = Int64(parts[0]), number > 0, parts.count == 1 || !parts[1].isEmpty else { return nil }
        self = .number(number, id: parts.count == 1 ? nil : String(parts[1]))
    }

    /// What help calls it.
    static let help = ArgumentHelp("The run's number, or last.", valueName: "run")

    /// The run in a ledger.
    ///
    /// - Throws: ``CommandFailure`` where there is none, or the number belongs to another run.
    func record(in ledger: Ledger) throws -> RunRecord {
        try asCommandFailure { () throws(LedgerError) in
            switch self {
            case .number(let number, nil): return try ledger.run(number)
            case .number(let number, let id?):
                let run = try ledger.run(number)
                guard run.id == id else { throw .otherRun(number, id: id, found: run.reference, path: ledger.path) }
                return run
            case .last:
                guard let run = try ledger.runs(limit: 1).first else { throw .noRuns(path: ledger.path) }
                return run
            }
        }
    }
}
