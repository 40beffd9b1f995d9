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

    /// The program's own.
    static let standard = Pace()
}

extension SendOptions {
    /// What was given, or set, or is usual.
    func pace(_ settings: UserSettings) -> Pace {
        let usual = Pace.standard
        return Pace(
            rate: settings.value(.rate, given: rate, else: usual.rate) { RateLimit(argument: $0) },
            concurrency: settings.value(.concurrency, given: concurrency, else: usual.concurrency) { Int($0) },
            batch: settings.value(.batch, given: batch, else: usual.batch) { Int($0) },
            maxAttempts: settings.value(.maxAttempts, given: maxAttempts, else: usual.maxAttempts) { Int($0) },
            timeout: settings.value(.timeout, given: timeout, else: usual.timeout) { Double($0) })
    }
}
