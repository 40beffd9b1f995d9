import Domain
import Foundation

/// What a run came to, in a few lines.
struct RunSummary {
    let record: RunRecord
    /// Where the results were written.
    let files: [String]

    func print(on console: Console) {
        console.say(
            [""] + lines(console), RunNews.members(of: record, files: files.map { .init(kind: .results, path: $0) }))
    }

    /// The table, a line each.
    func lines(_ console: Console) -> [String] {
        var lines = [console.bold("Run \(record.number) \(record.state.rawValue): \(record.total.counted("row"))")]
        for kind in Outcome.Kind.allCases {
            guard let count = record.counts[kind], count > 0 else { continue }
            lines.append(styled("  " + Columns.tallied(kind.words, to: 10, count.grouped), kind, console))
        }
        if let check = record.check {
            lines.append(
                "  verified by snapshot \(check.snapshot): \(check.confirmed.grouped) confirmed, "
                    + "\(check.contradicted.grouped) contradicted")
        }
        for file in files { lines.append("Results: \(Terminal.plain(file, limit: 1000))") }
        return lines
    }

    private func styled(_ text: String, _ kind: Outcome.Kind, _ console: Console) -> String {
        switch kind {
        case .succeeded: console.green(text)
        case .skipped: text
        case .unknown, .notSent: console.yellow(text)
        case .rejected, .failed: console.red(text)
        }
    }
}

/// What to do about the rows of a run that are not well.
struct RunAdvice {
    private let lines: [String]

    init(_ record: RunRecord) {
        let unknown = record.counts[.unknown] ?? 0
        let failed = record.counts[.failed] ?? 0
        var lines: [String] = []
        if record.left > 0 {
            lines.append("To go on with what is left: rollcall runs resume \(record.number)")
        }
        if unknown > 0 && record.left == unknown && record.state == .finished {
            lines.append(
                "What still cannot be told after that is sent again only with --resend-unknown, and may arrive twice.")
        }
        if failed > 0 {
            let command = record.header.review == nil ? "runs retry \(record.number)" : "apply, with the same files"
            lines.append("To send what failed again: rollcall \(command)")
        }
        self.lines = lines
    }

    func print(on console: Console) {
        for line in lines { console.complain(line) }
    }
}
