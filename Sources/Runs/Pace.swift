import Domain
import Execution

/// How fast a run sends, and how long it tries.
public struct Pace: Sendable {
    /// Requests in a time.
    public var rate = RateLimit(perSecond: 10)
    /// Maximum concurrent requests, 1 to 256.
    public var concurrency = 8
    /// Rows in one request, 1 to 500.
    public var batch = 1
    /// Attempts per row, 1 to 100.
    public var maxAttempts = 5
    /// How long to wait for an answer, in seconds, 0.001 to 3600.
    public var timeout = 30.0
    /// How long after its timeout a request may still take effect, and a listing may lag.
    public var settleWait = WaitTime(seconds: 30)
    /// How long the API may ask the run to wait.
    public var maxWait = WaitTime(seconds: 900)
    /// After how many rows in a row with the same answer, which names none of them, the run stops.
    public var maxFailures = FailureLimit(count: 10)

    /// The program's own.
    public static let standard = Pace()
}

extension Pace {
    /// Holds the pace against the number of files that the process may have open. Pure.
    ///
    /// - Parameter limit: the number of files, ``OpenFileLimit/current``.
    /// - Returns: the pace with as many concurrent requests as there is room for, at least one; and what to say if those
    ///   are fewer.
    public func fitting(openFiles limit: Int) -> (pace: Pace, warning: String?) {
        let room = max(1, (limit - OpenFileLimit.reserve) / OpenFileLimit.perConnection)
        guard room < concurrency else { return (self, nil) }
        var pace = self
        pace.concurrency = room
        let needed = OpenFileLimit.reserve + concurrency * OpenFileLimit.perConnection
        return (
            pace,
            "the limit of \(limit.counted("open file")) leaves room for \(room.counted("concurrent request")), not "
                + "\(concurrency); to raise it: ulimit -n \(needed)"
        )
    }
}

extension Pace {
    /// How an executor goes at it.
    ///
    /// - Parameter first: how many rows are sent; nil for all.
    func execution(first: Int?, resendUnknown: Bool) -> ExecutionOptions {
        ExecutionOptions(
            rate: rate.perSecond, concurrency: concurrency, batch: batch, maxAttempts: maxAttempts,
            timeout: .seconds(timeout), settleWait: .seconds(settleWait.seconds), maxWait: .seconds(maxWait.seconds),
            maxFailures: maxFailures.count, first: first, resendUndecided: resendUnknown)
    }

    /// How long a listing may lag behind an answer, as long as nothing says otherwise.
    public var lag: Duration { .seconds(settleWait.seconds) }
}
