import Execution
import Settings

/// How fast a run sends, and how long it tries.
struct Pace {
    var rate = RateLimit(perSecond: 10)
    /// Requests on their way at once, 1 to 256.
    var concurrency = 8
    /// Rows in one request, 1 to 500.
    var batch = 1
    /// Attempts for each row before it has failed, 1 to 100.
    var maxAttempts = 5
    /// How long to wait for an answer, in seconds, 0.001 to 3600.
    var timeout = 30.0
    /// How long after its timeout a request may still take effect, and a listing may lag.
    var settleWait = WaitTime(seconds: 30)
    /// How long the API may ask the run to wait.
    var maxWait = WaitTime(seconds: 900)
    /// After how many rows in a row with the same answer, which names none of them, the run stops.
    var maxFailures = FailureLimit(count: 10)

    /// The program's own.
    static let standard = Pace()
}

extension Pace {
    /// Holds the pace against the number of files that the process may have open. Pure.
    ///
    /// - Parameter limit: the number of files, ``OpenFileLimit/current``.
    /// - Returns: the pace with as many concurrent requests as there is room for, at least one; and what to say if those
    ///   are fewer.
    func fitting(openFiles limit: Int) -> (pace: Pace, warning: String?) {
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

extension SendOptions {
    /// What was given, or set, or else the default, as far as the limit on open files allows it.
    func pace(_ settings: UserSettings, console: Console) -> Pace {
        let usual = Pace.standard
        let wanted = Pace(
            rate: settings.value(.rate, given: rate, else: usual.rate) { RateLimit(argument: $0) },
            concurrency: settings.value(.concurrency, given: concurrency, else: usual.concurrency) { Int($0) },
            batch: settings.value(.batch, given: batch, else: usual.batch) { Int($0) },
            maxAttempts: settings.value(.maxAttempts, given: maxAttempts, else: usual.maxAttempts) { Int($0) },
            timeout: settings.value(.timeout, given: timeout, else: usual.timeout) { Double($0) },
            settleWait: settings.value(.settleWait, given: settleWait, else: usual.settleWait) {
                WaitTime(argument: $0)
            },
            maxWait: settings.value(.maxWait, given: maxWait, else: usual.maxWait) { WaitTime(argument: $0) },
            maxFailures: settings.value(.maxFailures, given: maxFailures, else: usual.maxFailures) {
                FailureLimit(argument: $0)
            })
        let (pace, warning) = wanted.fitting(openFiles: OpenFileLimit.current)
        if let warning { console.warn(warning) }
        return pace
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
    var lag: Duration { .seconds(settleWait.seconds) }
}
