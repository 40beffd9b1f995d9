import ArgumentParser
import Domain
import Foundation
import Ledger
import Settings

/// The runs that a shell offers, the newest first.
enum RunNumbers {
    /// The maximum number of runs; older ones are listed by `rollcall runs`.
    private static let limit = 30

    static let completion = CompletionKind.custom { words, _, _ in
        guard let path = try? ledger(in: words) else { return [] }
        // Completion must not create a ledger.
        guard FileManager.default.fileExists(atPath: path), let runs = try? Ledger.open(at: path).runs(limit: limit)
        else { return [] }
        return runs.map(line)
    }

    /// The ledger of the command that is being typed.
    private static func ledger(in words: [String]) throws -> String {
        let settings = try UserSettings.read(profile: GivenOption.value(of: "--profile", in: words))
        return CommonOptions.ledgerPath(
            settings, given: GivenOption.value(of: "--ledger", in: words), isPractice: words.contains("--sandbox"))
    }

    /// The number, and where the shell can show it what the run was.
    private static func line(_ run: RunRecord) -> String {
        let what =
            "\(run.header.kind.rawValue), \(run.state.rawValue), \(run.total.counted("row")), "
            + Terminal.plain(run.header.input, limit: 60)
        return switch CompletionShell.requesting {
        case .fish?: "\(run.number)\t\(what)"
        case .zsh?: "\(run.number):\(what)"
        default: "\(run.number)"
        }
    }
}
