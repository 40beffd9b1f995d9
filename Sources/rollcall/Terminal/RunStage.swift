import Domain
import Execution
import Synchronization

/// Where a run that sends is, as a stage.
final class RunStage: Sendable {
    private let total: Int
    private let newest = Mutex(RunProgress())

    init(total: Int) { self.total = total }

    /// Takes the newest numbers.
    func update(_ progress: RunProgress) { newest.withLock { $0 = progress } }

    /// The newest numbers.
    var progress: RunProgress { newest.withLock { $0 } }

    /// As it is now.
    var stage: Stage { Self.stage(progress, total: total) }

    static func stage(_ progress: RunProgress, total: Int) -> Stage {
        var stage = Stage(name: "Sending", done: progress.done, total: total)
        stage.perSecond = progress.rowsPerSecond
        for kind in [Outcome.Kind.failed, .unknown] {
            guard let count = progress.counts[kind], count > 0 else { continue }
            stage.notes.append("\(count.grouped) \(kind == .unknown ? "without an answer" : kind.words)")
        }
        switch progress.phase {
        case .sending:
            if let rate = progress.slowedTo { stage.notes.append("slowed to \(rate.rounded(to: 1))/s by the API") }
        case .waitingForAPI(let time): stage.wait = .time(time, because: "the API asked for patience")
        case .waitingForEndpoint(let time): stage.wait = .time(time, because: "nothing answers")
        case .waitingToAsk(let rows, let time):
            stage.wait = .time(time, because: "\(rows.counted("row")) without an answer will be asked about")
        case .draining: stage.wait = .until("what is on its way; stopping")
        }
        return stage
    }
}
