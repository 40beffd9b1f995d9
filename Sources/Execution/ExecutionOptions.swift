import Domain

/// How fast and how stubbornly a run sends.
public struct ExecutionOptions: Sendable {
    /// Requests a second; nil for no limit.
    public var rate: Double?
    /// The most requests in flight, 1 or more.
    public var concurrency: Int
    /// Operations in one request, 1 or more.
    public var batch: Int
    /// Attempts for each row before it has failed, 1 or more.
    public var maxAttempts: Int
    /// How long an answer may take.
    public var timeout: Duration
    /// How long after its timeout a request may still take effect, and a listing may lag. Longer where this run saw a
    /// slower answer.
    public var settleWait: Duration
    /// How long the API may ask the run to wait.
    public var maxWait: Duration
    /// After how many rows in a row with the same answer, which names none of them, the run stops; nil for never.
    public var maxFailures: Int?
    /// How many rows are sent, the others are left in the plan; nil for all.
    public var first: Int?
    /// Send again what cannot be told apart from what took effect.
    public var resendUndecided: Bool

    /// Takes the options.
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
        /// The API asked to slow down.
        case waitingForAPI(Duration)
        /// Nothing answers; the run tries again.
        case waitingForEndpoint(Duration)
        /// Open rows will be looked for in a listing.
        case waitingToCheck(rows: Int, Duration)
        /// No new rows; requests in flight are waited for.
        case draining
    }

    /// What the run is doing.
    public var phase = Phase.sending
    /// Rows with that outcome in this execution; an open row that was settled has moved on.
    public var counts: [Outcome.Kind: Int] = [:]
    /// What checking open rows has come to, over all times it was done.
    public var settled = Settlement()
    /// Why the workspace could not be listed to check them.
    public var couldNotCheck: String?
    /// Rows whose requests are in flight, or that wait for one.
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
