import Dispatch
import Synchronization

/// Looks five times a second how far the work is; the work itself never looks at a clock.
final class ProgressClock: Sendable {
    private struct Watched {
        var number: Int
        var began: Duration
        var stage: @Sendable () -> Stage
    }

    private struct State {
        /// Stages within stages; the last one is shown.
        var stages: [Watched] = []
        var pace = ProgressPace()
        var lastNumber = 0
        var timer: (any DispatchSourceTimer)?
    }

    private let state = Mutex(State())
    private let start = ContinuousClock.now
    private static let interval = DispatchTimeInterval.milliseconds(200)

    private var now: Duration { ContinuousClock.now - start }

    /// A stage begins.
    ///
    /// - Parameter tell: called with the progress, and with how to show it.
    /// - Returns: what ``end(_:)`` takes.
    func begin(
        _ stage: @escaping @Sendable () -> Stage, tell: @escaping @Sendable (StageReport, ProgressPace.Due) -> Void
    ) -> Int {
        let began = now
        return state.withLock { state in
            state.lastNumber += 1
            state.stages.append(Watched(number: state.lastNumber, began: began, stage: stage))
            if state.timer == nil {
                let timer = DispatchSource.makeTimerSource(queue: .global(qos: .utility))
                timer.schedule(deadline: .now() + Self.interval, repeating: Self.interval)
                timer.setEventHandler { [weak self] in self?.tick(tell) }
                timer.resume()
                state.timer = timer
            }
            return state.lastNumber
        }
    }

    /// The stage is over.
    func end(_ number: Int) {
        state.withLock { state in
            state.stages.removeAll { $0.number == number }
            guard state.stages.isEmpty else { return }
            state.timer?.cancel()
            state.timer = nil
        }
    }

    /// Told under the lock, so that a line is never drawn after its stage has ended.
    private func tick(_ tell: @Sendable (StageReport, ProgressPace.Due) -> Void) {
        let now = now
        state.withLock { state in
            guard let watched = state.stages.last else { return }
            let (report, due) = state.pace.tick(
                watched.stage(), number: watched.number, began: watched.began, now: now)
            tell(report, due)
        }
    }
}
