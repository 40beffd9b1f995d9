import Domain
import Execution

/// The rate, concurrency, timeouts and retries of a run.
public struct Pace: Sendable {
    /// Maximum request rate.
    public var rate = RateLimit(perSecond: 10)
    /// Maximum concurrent requests, 1 to 256.
    public var concurrency = 8
    /// Rows in one request, 1 to 500.
    public var batch = 1
    /// Attempts per row, 1 to 100.
    public var maxAttempts = 5
    /// Timeout of a request in seconds, 0.001 to 3600.
    public var timeout = 30.0
    /// How long after its timeout a request may still take effect, and how long a listing may lag.
    public var settleWait = WaitTime(seconds: 30)
    /// The longest time for which the API may ask the run to wait.
    public var maxWait = WaitTime(seconds: 900)
    /// The number of consecutive requests with the same error, which is about no particular row, that stops the run.
    public var maxFailures = FailureLimit(count: 10)

    /// The defaults.
    public static let standard = Pace()
}

extension Pace {
    /// Reduces the number of concurrent requests to fit the limit on open files. Pure.
    ///
    /// - Parameter limit: the limit on open files, ``OpenFileLimit/current``.
    /// - Returns: the pace, with at least one concurrent request; and a warning if it was reduced.
    public func fitting(openFiles limit: Int) -> (pace: Pace, warning: String?) {
        let room = max(1, (limit - OpenFileLimit.reserve) / OpenFileLimit.perConnection)
        guard room < concurrency else { return (self, nil) }
        var pace = self
        pace.concurrency = room
        let needed = OpenFileLimit.reserve + concurrency * OpenFileLimit.perConnection
        return (
            pace,
            "the limit of \(limit.counted("open file")) allows \(room.counted("concurrent request")), not "
                + "\(concurrency); to raise it: ulimit -n \(needed)"
        )
    }
}

extension Pace {
    /// The options for an executor.
    ///
    /// - Parameter first: the number of rows to send; nil for all.
    func execution(first: Int?, resendUnknown: Bool) -> ExecutionOptions {
        ExecutionOptions(
            rate: rate.perSecond, concurrency: concurrency, batch: batch, maxAttempts: maxAttempts,
            timeout: .seconds(timeout), settleWait: .seconds(settleWait.seconds), maxWait: .seconds(maxWait.seconds),
            maxFailures: maxFailures.count, first: first, resendUndecided: resendUnknown)
    }

    /// How long a listing may lag behind a response.
    public var lag: Duration { .seconds(settleWait.seconds) }
}
