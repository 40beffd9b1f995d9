import Domain
import Foundation
import TerminalIO

/// One thing that was looked at.
struct Diagnosis {
    /// How it came out; a failure has the status that the process ends with if it is the first.
    enum Verdict {
        case ok
        /// Nothing to decide; something to know.
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
    /// What was looked at, in one or two words.
    var subject: String
    /// What was found.
    var sentence: String
    /// What to do about it.
    var advice: String?

    /// The finding on one line, or on several that fit the terminal, indented under the first.
    ///
    /// - Parameter width: the columns of the terminal; nil for one line.
    func text(width: Int?, _ style: TextStyle) -> String {
        let words = Columns.padded(verdict.word, to: 9)
        let shown = [sentence, advice.map { "To do: " + $0 }].compactMap(\.self).joined(separator: ". ")
        let body = "\(subject): \(Terminal.plain(shown, limit: 2000))"
        return Columns.hanging(body, behind: words, in: width) { styled($0, style) } + "\n"
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
