import ArgumentParser
import Domain
import Foundation
import Ledger

/// The runs that a shell offers, the newest first.
enum RunNumbers {
    /// How many of them; who is after an older one lists the runs.
    private static let limit = 30

    static let completion = CompletionKind.custom { words, _, _ in
        let path = CommonOptions.ledgerPath(given(in: words))
        // Nobody who presses Tab asks for a ledger to be made.
        guard FileManager.default.fileExists(atPath: path), let runs = try? Ledger.open(at: path).runs(limit: limit)
        else { return [] }
        return runs.map(line)
    }

    private static func given(in words: [String]) -> String? {
        if let word = words.last(where: { $0.hasPrefix("--ledger=") }) {
            return String(word.dropFirst("--ledger=".count))
        }
        guard let index = words.lastIndex(of: "--ledger"), index + 1 < words.count else { return nil }
        return words[index + 1]
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
