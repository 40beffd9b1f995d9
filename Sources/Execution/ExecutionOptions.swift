import Domain

/// The rate, batch size, timeouts and retries of a run.
public struct ExecutionOptions: Sendable {
    /// Requests a second; nil for no limit.
    public var rate: Double?
    /// The most requests in flight, 1 or more.
    public var concurrency: Int
    /// Operations in one request, 1 or more.
    public var batch: Int
    /// Attempts for each row before it has failed, 1 or more.
    public var maxAttempts: Int
    /// The timeout of a request.
    public var timeout: Duration
    /// How long after its timeout a request may still take effect, and how long a listing may lag. Longer if this run
    /// saw a slower response.
    public var settleWait: Duration
    /// The longest time for which the API may ask the run to wait.
    public var maxWait: Duration
    /// The run stops after this many consecutive requests with the same error that is about no particular row; nil for
    /// never.
    public var maxFailures: Int?
    /// The number of rows to send; the others stay in the plan; nil for all.
    public var first: Int?
    /// Whether to re-send rows of which no listing can show whether they took effect.
    public var resendUndecided: Bool

    /// Creates options.
    public init(
        rate: Double?, concurrency: Int, batch: Int = 1, maxAttempts: Int, timeout: Duration,
        settleWait: Duration = .seconds(30), maxWait: Duration = .seconds(900), maxFailures: Int? = 10,
        first: Int? = nil, resendUndecided: Bool = false
    ) {
        self.rate = rate
        self.concurrency = concurrency
        self.batch = batch
        self.maxAttempts = maxAttempts
        self.timeout = timeout
        self.settleWait = settleWait
        self.maxWait = maxWait
        self.maxFailures = maxFailures
        self.first = first
        self.resendUndecided = resendUndecided
    }

    /// How many rows are claimed in one durable step: those of 50 ms, 1 to 100 requests, and at most 5,000 rows.
    var chunk: Int {
        let requests = rate.map { Int(min(100, max(1, $0 / 20))) } ?? 100
        return max(batch, min(5_000, requests * batch))
    }
}

/// The progress of a run. Rows are counted when they are durable.
public struct RunProgress: Hashable, Sendable {
    /// What the run is doing.
    public enum Phase: Hashable, Sendable {
        /// Sending rows.
        case sending
        /// Waiting, because rate limited by the API.
        case waitingForAPI(Duration)
        /// Waiting to retry, because the endpoint does not respond.
        case waitingForEndpoint(Duration)
        /// Waiting to check unconfirmed rows in a listing.
        case waitingToCheck(rows: Int, Duration)
        /// Sending no new rows, and waiting for requests in flight.
        case draining
    }

    /// What the run is doing.
    public var phase = Phase.sending
    /// The number of rows with each outcome in this execution. Settled rows count with their final outcome.
    public var counts: [Outcome.Kind: Int] = [:]
    /// The results of all checks of unconfirmed rows so far.
    public var settled = Settlement()
    /// Why the workspace could not be listed to check unconfirmed rows.
    public var couldNotCheck: String?
    /// The number of rows that workers have taken: in flight, or about to be.
    public var inFlight = 0
    /// Rows per second, over the last seconds.
    public var rowsPerSecond = 0.0
    /// The current rate in requests per second, if it is below the configured one.
    public var slowedTo: Double?

    /// Creates the progress of a run that has not started.
    public init() {}

    /// The number of rows with a final outcome.
    public var done: Int { counts.reduce(0) { $1.key == .unknown ? $0 : $0 + $1.value } }
}
