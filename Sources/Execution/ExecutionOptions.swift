import Domain

/// How fast and how stubbornly a run sends.
public struct ExecutionOptions: Sendable {
    /// Requests a second; nil for no limit.
    public var rate: Double?
    /// Requests on their way at once, 1 or more.
    public var concurrency: Int
    /// Operations in one request, 1 or more.
    public var batch: Int
    /// Attempts for each row before it has failed, 1 or more.
    public var maxAttempts: Int
    /// How long an answer may take; the server may work on a request for that long after nobody waits any more.
    public var timeout: Duration
    /// Send again what cannot be told apart from what took effect.
    public var resendUndecided: Bool

    /// Takes the options.
    public init(
        rate: Double?, concurrency: Int, batch: Int = 1, maxAttempts: Int, timeout: Duration,
        resendUndecided: Bool = false
    ) {
        self.rate = rate
        self.concurrency = concurrency
        self.batch = batch
        self.maxAttempts = maxAttempts
        self.timeout = timeout
        self.resendUndecided = resendUndecided
    }

    /// How many rows are claimed in one durable step: what leaves in 50 ms, 1 to 100 requests and at most 5,000 rows.
    var chunk: Int {
        let requests = rate.map { Int(min(100, max(1, $0 / 20))) } ?? 100
        return max(batch, min(5_000, requests * batch))
    }
}

/// Where a run is, for people to see. Rows are counted when they are durable.
public struct RunProgress: Hashable, Sendable {
    /// What the run is doing.
    public enum Phase: Hashable, Sendable {
        /// Rows leave.
        case sending
        /// The API asked for patience.
        case waitingForAPI(Duration)
        /// Nothing answers; the run tries again.
        case waitingForEndpoint(Duration)
        /// Rows without an answer are about to be asked about.
        case waitingToAsk(rows: Int, Duration)
        /// No new rows; what is on its way is waited for.
        case draining
    }

    /// What the run is doing.
    public var phase = Phase.sending
    /// Rows with that outcome in this execution; an unknown row that was settled has moved on.
    public var counts: [Outcome.Kind: Int] = [:]
    /// What asking about rows without an answer has come to, over all times it was done.
    public var settled = Settlement()
    /// Why the workspace could not be asked about them.
    public var couldNotAsk: String?
    /// Rows on their way, or waiting for another attempt.
    public var inFlight = 0
    /// Rows a second, over the last seconds.
    public var rowsPerSecond = 0.0
    /// The throttle's rate where it is below the one asked for.
    public var slowedTo: Double?

    /// Nothing yet.
    public init() {}

    /// Rows that have a final outcome.
    public var done: Int { counts.reduce(0) { $1.key == .unknown ? $0 : $0 + $1.value } }
}
