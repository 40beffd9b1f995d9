import Domain

/// What a run does about an answer. Pure.
public struct RetryPolicy: Sendable {
    /// Attempts for each row before it has failed.
    public var maxAttempts: Int
    /// The first backoff's bound; each further one is twice as long.
    public var base: Duration = .milliseconds(500)
    /// The longest backoff.
    public var cap: Duration = .seconds(30)

    /// - Parameter maxAttempts: 1 or more.
    public init(maxAttempts: Int) {
        self.maxAttempts = maxAttempts
    }

    /// What has to happen.
    public enum Decision: Hashable, Sendable {
        /// The row is done with, for now or for good.
        case finished(Outcome)
        /// Try the row again after a wait that only the row has.
        case retry(after: Duration)
        /// Slow the whole run down, then try the row again.
        case slowDown(retryAfter: Duration?)
        /// Pause the whole run, then try the row again.
        case pause(Duration)
        /// End the run; the row had no effect.
        case stop(StopReason)
    }

    /// How often a row was tried so far, this time included, by what came of it.
    public struct Tries: Hashable, Sendable {
        /// Requests that left and that the API took on, in earlier executions of the run as well.
        public var attempts: Int
        /// Times that the API refused the row for the rate. They have a bound of their own, ten times that of the
        /// attempts, so that a strict limit does not fail rows that only had to wait.
        public var refusals: Int
        /// Times that nothing answered at the endpoint, in this execution. Nothing left, so they are no attempts: a
        /// run that is resumed when the endpoint is back gives its rows all of theirs.
        public var unreached: Int

        /// Takes the counts.
        public init(attempts: Int = 0, refusals: Int = 0, unreached: Int = 0) {
            self.attempts = attempts
            self.refusals = refusals
            self.unreached = unreached
        }
    }

    /// Decides.
    ///
    /// - Parameter jitter: a random number, 0 to 1 (full jitter: the wait is anything up to the bound).
    public func decide(_ answer: Answer, _ tries: Tries, jitter: Double) -> Decision {
        switch answer {
        case .done: return .finished(.succeeded(note: nil))
        case .refused(let reason), .batchRefused(let reason, _): return .finished(.failed(reason: reason))
        case .unknownEffect(let reason, _): return .finished(.unknown(reason: reason))
        case .credentialsRefused(let reason): return .stop(.credentialsRefused(reason: reason))
        case .again(let reason, .row):
            guard tries.attempts < maxAttempts else {
                return .finished(.failed(reason: exhausted(reason, tries.attempts)))
            }
            return .retry(after: backoff(tries.attempts) * jitter)
        case .again(let reason, .run(let retryAfter)):
            guard tries.refusals < maxAttempts * 10 else {
                return .finished(.failed(reason: exhausted(reason, tries.refusals)))
            }
            return .slowDown(retryAfter: retryAfter)
        case .again(let reason, .endpoint):
            guard tries.unreached < maxAttempts else {
                return .stop(.unreachable(reason: exhausted(reason, tries.unreached)))
            }
            return .pause(backoff(tries.unreached) * (0.5 + jitter / 2))
        }
    }

    /// The longest wait after so many attempts.
    func backoff(_ attempts: Int) -> Duration {
        min(cap, base * (1 << min(max(0, attempts - 1), 16)))
    }

    private func exhausted(_ reason: String, _ attempts: Int) -> String {
        "\(reason), after \(attempts) attempt\(attempts == 1 ? "" : "s")"
    }
}

/// Why a run ended before its plan did.
public enum StopReason: Hashable, Sendable {
    /// 401 or 403: every other row would get the same answer.
    case credentialsRefused(reason: String)
    /// Nothing answers at the endpoint.
    case unreachable(reason: String)
}

/// How a run ended.
public enum RunEnd: Hashable, Sendable {
    /// Every row of the plan was seen to; rows may be left unknown if the workspace could not be asked.
    case finished
    /// It was asked to drain.
    case interrupted
    /// It ended itself.
    case stopped(StopReason)
}
