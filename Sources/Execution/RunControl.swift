import Domain
import Synchronization

/// What all workers of a run share: the throttle, the wish to end, the numbers.
final class RunControl: Sendable {
    private struct State {
        var throttle: Throttle
        var end: RunEnd?
        /// How many operations a request may carry.
        var batch: Int
        var progress = RunProgress()
        var isEndpointDown = false
        /// Until when the server may still be working on a request that nobody waits for.
        var settleAt: Duration = .zero
        /// Unknown rows that a listing could not decide.
        var givenUp = 0
        var meter = (since: Duration.zero, count: 0)
        var lastReport: Duration = .seconds(-1)
    }

    private let state: Mutex<State>
    private let elapsed: @Sendable () -> Duration
    private let onProgress: @Sendable (RunProgress) -> Void

    /// How long a lost answer's request may still be on its way.
    static let grace = Duration.seconds(2)

    init(
        rate: Double?, batch: Int = 1, elapsed: @escaping @Sendable () -> Duration,
        onProgress: @escaping @Sendable (RunProgress) -> Void
    ) {
        state = Mutex(State(throttle: Throttle(rate: rate), batch: batch))
        self.elapsed = elapsed
        self.onProgress = onProgress
    }

    /// Ends the run; the first reason stays.
    func end(_ reason: RunEnd) {
        state.withLock {
            if $0.end == nil { $0.end = reason }
            $0.progress.phase = .draining
        }
        report(now: true)
    }

    /// Why the run is ending, if it is.
    var ending: RunEnd? { state.withLock { $0.end } }

    /// How many operations a request may carry.
    var batch: Int { state.withLock { $0.batch } }

    /// The API takes no more in one request; nobody knows how many it takes until it has refused.
    func limitBatch(to count: Int) { state.withLock { $0.batch = max(1, min($0.batch, count)) } }

    /// Takes a token, or says how long to wait before asking again.
    func admit() -> Duration? {
        let now = elapsed()
        return state.withLock { state in
            let wait = state.throttle.admit(at: now)
            if wait == nil && state.end == nil { state.progress.phase = .sending }
            return wait
        }
    }

    /// The API asked for patience.
    func slowDown(sentAt: Duration, retryAfter: Duration?) {
        let now = elapsed()
        state.withLock { state in
            state.throttle.slowDown(at: now, sentAt: sentAt, retryAfter: retryAfter)
            state.isEndpointDown = false
        }
    }

    /// Nothing answers at the endpoint.
    func pause(for time: Duration) {
        let now = elapsed()
        state.withLock { state in
            state.throttle.pause(at: now, for: time)
            state.isEndpointDown = true
        }
    }

    /// The API took a request, whatever it said.
    func accepted() { state.withLock { $0.throttle.accepted() } }

    /// An answer was lost.
    func lostAnswer(settleIn time: Duration) {
        let at = elapsed() + time
        state.withLock { $0.settleAt = max($0.settleAt, at) }
    }

    /// How long to wait before asking who is in the workspace.
    var timeToSettle: Duration { state.withLock { max(.zero, $0.settleAt - elapsed()) } }

    /// Records became durable.
    func count(_ records: [RowRecord], inFlight: Int) {
        let now = elapsed()
        state.withLock { state in
            for record in records {
                if let outcome = record.outcome { state.progress.counts[outcome.kind, default: 0] += 1 }
            }
            state.progress.inFlight = inFlight
            state.meter.count += records.count
            let time = (now - state.meter.since).inSeconds
            guard time >= 1 else { return }
            let rate = Double(state.meter.count) / time
            let old = state.progress.rowsPerSecond
            state.progress.rowsPerSecond = old == 0 ? rate : old * 0.6 + rate * 0.4
            state.meter = (now, 0)
        }
        report()
    }

    /// Unknown rows were settled.
    ///
    /// - Parameter isFinal: those that stay unknown will not be asked about again.
    func count(_ settlement: Settlement, isFinal: Bool) {
        state.withLock { state in
            state.progress.counts[.unknown] = settlement.undecided
            state.progress.counts[.succeeded, default: 0] += settlement.tookEffect
            state.progress.counts[.failed, default: 0] += settlement.failed
            state.progress.settled.tookEffect += settlement.tookEffect
            state.progress.settled.sendAgain += settlement.sendAgain
            state.progress.settled.failed += settlement.failed
            state.progress.settled.undecided = settlement.undecided
            state.progress.settled.missing = settlement.missing
            if isFinal { state.givenUp = settlement.undecided }
        }
        report(now: true)
    }

    /// An earlier execution left rows without an answer.
    func inherit(_ unanswered: Int) {
        state.withLock { $0.progress.counts[.unknown] = unanswered }
        lostAnswer(settleIn: Self.grace)
    }

    /// The workspace could not be asked about the rows without an answer.
    func couldNotAsk(_ reason: String) {
        state.withLock { state in
            state.progress.couldNotAsk = reason
            state.givenUp = state.progress.counts[.unknown] ?? 0
        }
        report(now: true)
    }

    /// How many rows are unknown and were not asked about in vain yet.
    var unsettled: Int { state.withLock { ($0.progress.counts[.unknown] ?? 0) - $0.givenUp } }

    /// The run waits before it asks.
    func waitingToAsk(_ time: Duration) {
        state.withLock { state in
            if state.end == nil {
                state.progress.phase = .waitingToAsk(rows: state.progress.counts[.unknown] ?? 0, time)
            }
        }
        report()
    }

    /// Tells people, at most ten times a second.
    func report(now isDue: Bool = false) {
        let now = elapsed()
        let progress = state.withLock { state -> RunProgress? in
            guard isDue || now - state.lastReport >= .milliseconds(100) else { return nil }
            state.lastReport = now
            state.progress.slowedTo = state.throttle.isSlowed ? state.throttle.rate : nil
            if state.end == nil, state.throttle.pausedUntil > now {
                let left = state.throttle.pausedUntil - now
                state.progress.phase = state.isEndpointDown ? .waitingForEndpoint(left) : .waitingForAPI(left)
            }
            return state.progress
        }
        if let progress { onProgress(progress) }
    }
}

extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
