import Domain
import Execution
import Synchronization
import TerminalIO

/// The progress of a run as a stage.
final class RunStage: Sendable {
    private let total: Int
    private let name: String
    private let newest = Mutex(RunProgress())

    init(total: Int, name: String = "Sending") {
        self.total = total
        self.name = name
    }

    /// Sets the newest progress.
    func update(_ progress: RunProgress) { newest.withLock { $0 = progress } }

    /// The newest progress.
    var progress: RunProgress { newest.withLock { $0 } }

    /// The current stage.
    var stage: Stage { Self.stage(progress, total: total, name: name) }

    static func stage(_ progress: RunProgress, total: Int, name: String = "Sending") -> Stage {
        var stage = Stage(name: name, done: progress.done, total: total)
        stage.perSecond = progress.rowsPerSecond
        for kind in [Outcome.Kind.failed, .unknown] {
            guard let count = progress.counts[kind], count > 0 else { continue }
            stage.notes.append("\(count.grouped) \(kind == .unknown ? "unconfirmed" : kind.words)")
        }
        switch progress.phase {
        case .sending:
            if let rate = progress.slowedTo { stage.notes.append("slowed to \(rate.rounded(to: 1))/s by the API") }
        case .waitingForAPI(let time): stage.wait = .time(time, because: "rate limited by the API")
        case .waitingForEndpoint(let time): stage.wait = .time(time, because: "the API does not respond")
        case .waitingToCheck(let rows, let time):
            stage.wait = .time(time, because: "then \(rows.counted("unconfirmed row")) will be checked")
        case .draining: stage.wait = .until("requests in flight; stopping")
        }
        return stage
    }
}
