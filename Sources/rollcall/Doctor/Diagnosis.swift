import Domain
import Foundation
import TerminalIO

/// The finding of one check.
struct Diagnosis {
    /// The result; the first failure gives the process its exit status.
    enum Verdict {
        case ok
        /// Information; nothing has to be done.
        case note
        case warning
        case failed(ExitStatus)

        var word: String {
            switch self {
            case .ok: "ok"
            case .note: "note"
            case .warning: "warning"
            case .failed: "FAILED"
            }
        }

        /// As documents for programs have it: `ok`, `note`, `warning`, `failed`.
        var name: String { word.lowercased() }
    }

    var verdict: Verdict
    /// The subject, in one or two words.
    var subject: String
    /// The finding.
    var sentence: String
    /// The next step: a command or an instruction; nil if none is needed.
    var advice: String?

    /// The finding on one line, or on several that fit the terminal, indented under the first.
    ///
    /// - Parameter width: the columns of the terminal; nil for one line.
    func text(width: Int?, _ style: TextStyle) -> String {
        let words = Columns.padded(verdict.word, to: 9)
        let body = "\(subject): \(Terminal.plain(sentence, limit: 2000))"
        let finding = Columns.hanging(body, behind: words, in: width) { styled($0, style) } + "\n"
        guard let advice else { return finding }
        let label = Columns.padded("", to: 9) + "To fix: "
        return finding + Columns.hanging(Terminal.plain(advice, limit: 2000), behind: label, in: width) + "\n"
    }

    private func styled(_ words: String, _ style: TextStyle) -> String {
        switch verdict {
        case .ok: style.green(words)
        case .note: words
        case .warning: style.yellow(words)
        case .failed: style.red(words)
        }
    }
}
