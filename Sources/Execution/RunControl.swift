import Domain
import Synchronization

/// The state that all workers of a run share: the throttle, the reason to end, and the progress.
final class RunControl: Sendable {
    private struct State {
        var throttle: Throttle
        var patience: Patience
        var streak: Streak
        var end: RunEnd?
        /// Whether to send no new rows until it is known if the rows with the same error have a common cause.
        var isSuspended = false
        /// The largest number of operations in a request.
        var batch: Int
        /// How many rows may still be claimed; nil for all.
        var budget: Int?
        /// The longest response time so far.
        var slowest = Duration.zero
        /// The number of unconfirmed rows that no listing can settle any more.
        var givenUp = 0
        var progress = RunProgress()
        var meter = (since: Duration.zero, count: 0)
        var lastReport: Duration = .seconds(-1)
    }

    private let state: Mutex<State>
    private let elapsed: @Sendable () -> Duration
    private let onProgress: @Sendable (RunProgress) -> Void

    init(
        _ options: ExecutionOptions, elapsed: @escaping @Sendable () -> Duration,
        onProgress: @escaping @Sendable (RunProgress) -> Void
    ) {
        state = Mutex(
            State(
                throttle: Throttle(rate: options.rate), patience: Patience(maxWait: options.maxWait),
                streak: Streak(limit: options.maxFailures), batch: options.batch, budget: options.first))
        self.elapsed = elapsed
        self.onProgress = onProgress
    }

    /// Ends the run; later reasons are ignored.
    func end(_ reason: RunEnd) {
        state.withLock {
            if $0.end == nil { $0.end = reason }
            $0.progress.phase = .draining
        }
        report(now: true)
    }

    /// Why the run is ending, if it is.
    var ending: RunEnd? { state.withLock { $0.end } }

    /// Whether to send no new rows.
    var isClosing: Bool { state.withLock { $0.end != nil || $0.isSuspended } }

    /// The largest number of operations in a request.
    var batch: Int { state.withLock { $0.batch } }

    /// Reduces the batch size after the API refused a larger request. The limit of the API is not documented.
    func limitBatch(to count: Int) { state.withLock { $0.batch = max(1, min($0.batch, count)) } }

    /// The longest response time so far.
    var slowest: Duration { state.withLock { $0.slowest } }

    // MARK: When requests are sent

    /// Takes a token, or returns how long to wait before asking again.
    func admit() -> Duration? {
        let now = elapsed()
        return state.withLock { state in
            let wait = state.throttle.admit(at: now)
            if wait == nil && state.end == nil { state.progress.phase = .sending }
            return wait
        }
    }

    /// Whether the run was paused since a token was taken.
    var isPaused: Bool {
        let now = elapsed()
        return state.withLock { $0.throttle.pausedUntil > now }
    }

    /// How many of `count` rows may be claimed.
    func spend(_ count: Int) -> Int {
        state.withLock { state in
            guard let budget = state.budget else { return count }
            return max(0, min(count, budget))
        }
    }

    /// Notes that rows were claimed or, if negative, returned to the plan.
    func claimed(_ count: Int) { state.withLock { $0.budget? -= count } }

    // MARK: Effects of answers

    /// Takes the answers of one request.
    func took(_ answers: [(ordinal: Int64, answer: Answer)], sentAt: Duration, jitter: Double) {
        let now = elapsed()
        let stop = state.withLock { state -> StopReason? in
            let refusal = answers.lazy.compactMap { $0.answer.pause }.first
            switch refusal {
            case .slowDown(let slowDown, let reason):
                state.throttle.slowDown(at: now, sentAt: sentAt, retryAfter: slowDown.wait)
                if let stop = state.patience.throttled(at: now, wait: slowDown.wait, reason) { return stop }
            case .reconnect(let reason):
                switch state.patience.unreached(at: now, sentAt: sentAt, reason, jitter: jitter) {
                case .pause(let pause): state.throttle.pause(at: now, for: pause)
                case .stop(let stop): return stop
                }
                return nil
            case nil:
                state.patience.accepted()
                state.throttle.accepted()
            }
            state.slowest = max(state.slowest, now - sentAt)
            if state.streak.take(answers) { state.isSuspended = true }
            return nil
        }
        if let stop { end(.stopped(stop)) }
    }

    /// Suspends the run at the end of a pass if the credentials were refused for every row, even for few rows.
    func suspendIfAllRefused() {
        state.withLock { if $0.streak.isAllRefusedCredentials { $0.isSuspended = true } }
    }

    /// The rows whose error may have a common cause; empty if there is no such suspicion.
    var suspects: Set<Int64> { state.withLock { $0.isSuspended ? $0.streak.suspects : [] } }

    /// Ends the suspicion of a common cause, and the run if the suspicion was right.
    func endSuspicion(stopping: Bool) {
        let stop = state.withLock { state -> StopReason? in
            let stop = stopping ? state.streak.stop : nil
            state.isSuspended = false
            state.streak.end()
            return stop
        }
        if let stop { end(.stopped(stop)) }
    }

    /// Notes that a listing did not reach the endpoint.
    ///
    /// - Returns: how long to wait; nil if the run ends.
    func unreached(_ reason: String, jitter: Double) -> Duration? {
        let now = elapsed()
        switch state.withLock({ $0.patience.unreached(at: now, sentAt: now, reason, jitter: jitter) }) {
        case .pause(let pause): return pause
        case .stop(let reason):
            end(.stopped(reason))
            return nil
        }
    }

    /// Notes that a listing was rate limited.
    ///
    /// - Returns: how long to wait; nil if the run ends.
    func throttled(_ reason: String, wait: Duration?) -> Duration? {
        let now = elapsed()
        let (stop, pausedUntil) = state.withLock { state in
            let stop = state.patience.throttled(at: now, wait: wait, reason)
            state.throttle.slowDown(at: now, sentAt: now, retryAfter: wait)
            return (stop, state.throttle.pausedUntil)
        }
        if let stop { end(.stopped(stop)) }
        return stop == nil ? pausedUntil - now : nil
    }

    // MARK: Durable records

    /// Counts records that became durable.
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

    /// Counts unconfirmed rows that were settled.
    func count(_ settlement: Settlement) {
        state.withLock { state in
            state.progress.counts[.unknown] = settlement.open
            state.progress.counts[.succeeded, default: 0] += settlement.tookEffect
            state.progress.counts[.failed, default: 0] += settlement.failed
            state.progress.settled.add(settlement)
            state.givenUp = settlement.nextLook == nil ? settlement.open : 0
            state.budget? += settlement.sendAgain
        }
        report(now: true)
    }

    /// Takes the number of unconfirmed rows of an earlier execution.
    func inherit(_ open: Int) { state.withLock { $0.progress.counts[.unknown] = open } }

    /// Notes that the workspace could not be listed to check unconfirmed rows.
    func couldNotCheck(_ reason: String) {
        state.withLock { state in
            state.progress.couldNotCheck = reason
            state.givenUp = state.progress.counts[.unknown] ?? 0
        }
        report(now: true)
    }

    /// The number of unconfirmed rows that can still be settled.
    var open: Int { state.withLock { ($0.progress.counts[.unknown] ?? 0) - $0.givenUp } }

    /// Notes that the run waits before it lists the workspace.
    func waitingToCheck(_ time: Duration) {
        state.withLock { state in
            if state.end == nil {
                state.progress.phase = .waitingToCheck(rows: state.progress.counts[.unknown] ?? 0, time)
            }
        }
        report()
    }

    /// Reports the progress, at most ten times a second.
    ///
    /// - Parameter isDue: whether to report at once.
    func report(now isDue: Bool = false) {
        let now = elapsed()
        let progress = state.withLock { state -> RunProgress? in
            guard isDue || now - state.lastReport >= .milliseconds(100) else { return nil }
            state.lastReport = now
            state.progress.slowedTo = state.throttle.isSlowed ? state.throttle.rate : nil
            if state.end == nil, state.throttle.pausedUntil > now {
                let left = state.throttle.pausedUntil - now
                state.progress.phase =
                    state.patience.isEndpointDown ? .waitingForEndpoint(left) : .waitingForAPI(left)
            }
            return state.progress
        }
        if let progress { onProgress(progress) }
    }
}

extension Answer {
    /// A reason for the whole run to wait.
    fileprivate enum Pause {
        case slowDown(SlowDown, String)
        case reconnect(String)
    }

    fileprivate var pause: Pause? {
        switch self {
        case .noEffect(let reason, .slowDown(let slowDown)), .unknown(let reason, _, .some(let slowDown)):
            .slowDown(slowDown, reason)
        case .noEffect(let reason, .reconnect): .reconnect(reason)
        default: nil
        }
    }
}
