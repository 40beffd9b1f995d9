import Domain
import Foundation
import TerminalIO

/// The summary of a run, in a few lines.
public struct RunSummary {
    private let record: RunRecord
    private let files: [String]

    /// - Parameter files: the paths of the results files.
    public init(_ record: RunRecord, files: [String]) {
        self.record = record
        self.files = files
    }

    /// Prints the summary.
    func print(on console: Console) {
        console.say(
            [""] + lines(console.style),
            RunNews.members(of: record, files: files.map { .init(kind: .results, path: $0) }))
    }

    /// The lines of the summary.
    public func lines(_ style: TextStyle) -> [String] {
        var lines = [style.bold("Run \(record.number) \(record.state.rawValue): \(record.total.counted("row"))")]
        for kind in Outcome.Kind.allCases {
            guard let count = record.counts[kind], count > 0 else { continue }
            lines.append(styled("  " + Columns.tallied(kind.words, to: 10, count.grouped), kind, style))
        }
        if let check = record.check {
            lines.append(
                "  verified by snapshot \(check.snapshot): \(check.confirmed.grouped) confirmed, "
                    + "\(check.contradicted.grouped) contradicted")
        }
        lines.append(style.bold(headline))
        for file in files { lines.append("Results: \(Terminal.plain(file, limit: 1000))") }
        return lines
    }

    /// What was achieved, and what needs attention: `37 invited, 3 need attention`.
    private var headline: String {
        let count = { (kinds: [Outcome.Kind]) in kinds.reduce(0) { $0 + (record.counts[$1] ?? 0) } }
        let attention = count([.rejected, .failed, .unknown, .notSent]) + (record.check?.contradicted ?? 0)
        let parts = [
            achieved(count([.succeeded])),
            count([.skipped]) > 0 ? "\(count([.skipped]).grouped) skipped" : nil,
            attention > 0 ? "\(attention.counted("needs", "need")) attention" : "nothing needs attention",
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }

    private func achieved(_ count: Int) -> String {
        switch record.header.kind {
        case .change(.invite): "\(count.grouped) invited"
        case .change(.changeRole): "\(count.counted("account type")) changed"
        case .change(.disable): "\(count.grouped) disabled"
        case .apply: "\(count.counted("decision")) carried out"
        case .sync: "\(count.counted("change")) made"
        }
    }

    private func styled(_ text: String, _ kind: Outcome.Kind, _ style: TextStyle) -> String {
        switch kind {
        case .succeeded: style.green(text)
        case .skipped: text
        case .unknown, .notSent: style.yellow(text)
        case .rejected, .failed: style.red(text)
        }
    }
}

/// The commands that continue a run with failed or unconfirmed rows.
public struct RunAdvice {
    private let record: RunRecord

    /// Creates the advice for a run.
    public init(_ record: RunRecord) { self.record = record }

    private func lines(_ console: Console) -> [String] {
        let unknown = record.counts[.unknown] ?? 0
        let failed = record.counts[.failed] ?? 0
        var lines: [String] = []
        if record.left > 0 {
            lines.append("To resume: \(console.command("runs resume \(record.reference)"))")
        }
        if unknown > 0 && record.left == unknown && record.state == .finished {
            lines.append(
                "Rows that are still unconfirmed after that are re-sent only with --resend-unknown; people may get a "
                    + "second email.")
        }
        if failed > 0 {
            let command =
                record.header.review == nil
                ? console.command("runs retry \(record.reference)") : "rollcall apply, with the same files"
            lines.append("To retry failed rows: \(command)")
        }
        return lines
    }

    /// Prints the advice.
    public func print(on console: Console) {
        for line in lines(console) { console.complain(line) }
    }
}
