import Domain
import Foundation

/// What a run came to, in a few lines.
struct RunSummary {
    let record: RunRecord
    /// Where the results were written.
    let files: [String]

    func print(on console: Console) {
        console.say()
        for line in lines(console) { console.say(line) }
    }

    /// The table, a line each.
    func lines(_ console: Console) -> [String] {
        var lines = [console.bold("Run \(record.number) \(record.state.rawValue): \(record.total.counted("row"))")]
        for kind in Outcome.Kind.allCases {
            guard let count = record.counts[kind], count > 0 else { continue }
            let number = count.grouped
            let pad = String(repeating: " ", count: max(0, 11 - number.count))
            let text = "  " + kind.words.padding(toLength: 10, withPad: " ", startingAt: 0) + pad + number
            lines.append(styled(text, kind, console))
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
