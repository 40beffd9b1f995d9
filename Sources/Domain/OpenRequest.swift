/// The request of an open row, on this machine's clock: its times decide when absence from a listing proves that it had
/// no effect.
///
/// Absence can be misleading for two reasons: the request may still be in progress, or the listing may lag. Time
/// excludes the first; a witness or several listings that agree exclude the second. These are bounds, not proofs: they
/// do not cover a server that works on a request for longer than the timeout and the grace period together.
public struct OpenRequest: Hashable, Sendable {
    /// When the row was claimed; the request was sent after that, within ``ClaimLimits/lease``. For a row that was
    /// claimed before this machine started, when this process first saw it.
    public var sentAt: Double
    /// The timeout for the response, in seconds.
    public var timeout: Double
    /// When the response was stored; nil if none arrived while the process lived.
    public var answeredAt: Double?
    /// How the row was refused, if it was.
    public var refusal: Refusal?

    /// Creates a request.
    public init(sentAt: Double, timeout: Double, answeredAt: Double? = nil, refusal: Refusal? = nil) {
        self.sentAt = sentAt
        self.timeout = timeout
        self.answeredAt = answeredAt
        self.refusal = refusal
    }

    /// The time after which no process waits for the request, and from which listings count. If the API itself
    /// declined, the request ended with its response.
    public var endedAt: Double {
        if refusal == .declined, let answeredAt { return answeredAt }
        return max(sentAt + ClaimLimits.lease.inSeconds + timeout, answeredAt ?? 0)
    }

    /// The time from which the request is certainly no longer in progress.
    func isOverAt(grace: Double) -> Double { refusal == .declined ? endedAt : endedAt + grace }

    /// The time of the response, if there is one. A row that was sent later and appears in a listing proves that the
    /// listing is newer than the request.
    var witnessesAfter: Double { answeredAt ?? endedAt }
}

/// The listings that one process has seen since it began to check open rows, and what the newest of them shows.
public struct LookHistory: Hashable, Sendable {
    /// When each was requested, oldest first, in seconds on this machine's clock.
    public private(set) var askedAt: [Double] = []
    /// When the second to last of the rows was sent that got `ok: true` and appear in the newest listing. A single row
    /// could be the work of someone else, who sent the same invitation a moment before.
    public var secondWitnessAt: Double?
    /// The number of rows that got `ok: true` a moment ago and are missing from the newest listing.
    public var missing = 0

    /// The number of listings that have to agree.
    static let agreeing = 4

    /// Creates an empty history.
    public init() {}

    /// Records that a listing was requested.
    public mutating func add(askedAt time: Double) { askedAt.append(time) }

    /// Whether the absence of a row from the newest listing proves that its request had no effect.
    ///
    /// - Parameter grace: how long after its timeout a request may still take effect, and a listing may lag; in
    ///   seconds.
    public func provesNoEffect(of request: OpenRequest, grace: Double) -> Bool {
        if request.refusal == .impossible { return true }
        guard let newest = askedAt.last, newest >= request.isOverAt(grace: grace) - Self.rounding else { return false }
        if let secondWitnessAt, secondWitnessAt > request.witnessesAfter { return true }
        let counted = askedAt.drop { $0 < request.endedAt - Self.rounding }
        guard missing == 0, counted.count >= Self.agreeing, let first = counted.first else { return false }
        return newest - first >= grace - Self.rounding
    }

    /// How long to wait, in seconds, for the next listing that can decide a row which this one does not show.
    ///
    /// - Returns: nil if no further listing can decide the row.
    public func nextLook(for request: OpenRequest, now: Double, grace: Double) -> Double? {
        let grace = max(grace, Self.shortestGrace)
        let counted = askedAt.drop { $0 < request.endedAt - Self.rounding }
        let start = counted.first ?? max(now, request.endedAt)
        // Slow listings must not reduce the number of listings that have to agree.
        guard now < start + 2 * grace || counted.count < 2 * Self.agreeing else { return nil }
        let interval = grace / Double(Self.agreeing - 1)
        return max(request.endedAt, (askedAt.last ?? -.infinity) + interval, now) - now
    }

    /// The tolerance for sums of times, in seconds.
    private static let rounding = 1e-3
    /// The grace period used if none is set, so that there is time for the listings that have to agree.
    private static let shortestGrace = 0.15
}

extension Duration {
    /// The duration in seconds.
    public var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
