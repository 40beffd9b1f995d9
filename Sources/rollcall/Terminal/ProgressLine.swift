import Domain
import Execution
import Foundation
import Synchronization

/// One line about a run: redrawn in place on a terminal, a plain line every few seconds off it.
final class ProgressLine: Sendable {
    private let total: Int
    private let console: Console
    private let lastPlain = Mutex(ContinuousClock.now)

    /// How often a log file gets a line.
    private static let plainInterval = Duration.seconds(5)

    init(total: Int, console: Console) {
        self.total = total
        self.console = console
    }

    /// Takes the newest numbers.
    func update(_ progress: RunProgress) {
        if console.isTerminal {
            // One column is left free, because some terminals wrap a line that fills the last one.
            console.show(progress: String(text(progress).prefix(max(20, console.width - 1))))
            return
        }
        let isDue = lastPlain.withLock { last in
            let now = ContinuousClock.now
            guard now - last >= Self.plainInterval else { return false }
            last = now
            return true
        }
        if isDue { console.say(text(progress)) }
    }

    /// Takes the line away.
    func end() { console.show(progress: "") }

    /// `412 of 1,000 done, 3 failed, 588 left, 9.8/s, 1 min left`
    func text(_ progress: RunProgress) -> String {
        var parts = ["\(progress.done.grouped) of \(total.grouped) done"]
        for kind in [Outcome.Kind.failed, .unknown] {
            if let count = progress.counts[kind], count > 0 {
                parts.append("\(count.grouped) \(kind == .unknown ? "without an answer" : kind.words)")
            }
        }
        parts.append("\(max(0, total - progress.done).grouped) left")
        if progress.rowsPerSecond > 0 {
            let rate = progress.rowsPerSecond
            parts.append((rate < 10 ? rate.rounded(to: 1) : Int(rate.rounded()).grouped) + "/s")
            let left = Duration.seconds(Double(max(0, total - progress.done)) / rate)
            if progress.phase == .sending { parts.append("about \(left.inWords) left") }
        }
        return parts.joined(separator: ", ") + wait(progress)
    }

    private func wait(_ progress: RunProgress) -> String {
        switch progress.phase {
        case .sending:
            progress.slowedTo.map {
                "; slowed down by the API to \($0.rounded(to: 1))/s"
            } ?? ""
        case .waitingForAPI(let time): "; the API asked for patience, waiting \(time.inWords)"
        case .waitingForEndpoint(let time): "; nothing answers, trying again in \(time.inWords)"
        case .waitingToAsk(let rows, let time):
            "; asking about \(rows.counted("row")) without an answer in \(time.inWords)"
        case .draining: "; stopping, waiting for what is on its way"
        }
    }
}
