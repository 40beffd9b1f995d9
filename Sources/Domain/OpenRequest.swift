/// A request that an open row was sent with, on this machine's clock: the times that decide when absence from a listing
/// proves that it had no effect.
///
/// Two things can make absence misleading: the request may still be in progress, or the listing may lag. The first is
/// excluded by time, the second by a witness or by several listings that agree. Both are bounds, not proofs: a server
/// that goes on for longer than the timeout and the grace period together is beyond them.
public struct OpenRequest: Hashable, Sendable {
    /// When the row was claimed; the request left after that, within ``ClaimLimits/lease``. Of a row that was claimed
    /// before this machine started, when this process first saw it.
    public var sentAt: Double
    /// How long an answer might take, in seconds.
    public var timeout: Double
    /// When the answer was written down; nil if none came while the process lived.
    public var answeredAt: Double?
    /// How the row was refused, if it was.
    public var refusal: Refusal?

    /// Takes what is known.
    public init(sentAt: Double, timeout: Double, answeredAt: Double? = nil, refusal: Refusal? = nil) {
        self.sentAt = sentAt
        self.timeout = timeout
        self.answeredAt = answeredAt
        self.refusal = refusal
    }

    /// From when on nobody waits for the request any more, and listings count. The API's own refusal is an answer:
    /// nothing is in progress after it.
    public var endedAt: Double {
        if refusal == .declined, let answeredAt { return answeredAt }
        return max(sentAt + ClaimLimits.lease.inSeconds + timeout, answeredAt ?? 0)
    }

    /// From when on the request is certainly no longer in progress.
    func isOverAt(grace: Double) -> Double { refusal == .declined ? endedAt : endedAt + grace }

    /// After the answer if there is one: what was sent later than this and shows in a listing proves that the listing
    /// is newer than the request.
    var witnessesAfter: Double { answeredAt ?? endedAt }
}

/// The listings that one process has seen since it looks for open rows, and what the newest of them shows.
public struct LookHistory: Hashable, Sendable {
    /// When each was asked for, the oldest first, in seconds on this machine's clock.
    public private(set) var askedAt: [Double] = []
    /// Of the rows that were answered `ok: true` and that the newest listing shows, when the one that was sent second to
    /// last was sent. One alone may be somebody else's doing: a colleague who sent the same invitation a moment before.
    public var secondWitnessAt: Double?
    /// How many rows that were answered `ok: true` a moment ago the newest listing lacks.
    public var missing = 0

    /// Fewer do not show that they agree.
    static let agreeing = 4

    /// No listing yet.
    public init() {}

    /// A listing was asked for.
    public mutating func add(askedAt time: Double) { askedAt.append(time) }

    /// Whether the newest listing, by not showing a row, proves that its request had no effect.
    ///
    /// - Parameter grace: how long after its timeout a request may still take effect, and a listing may lag; seconds.
    public func provesNoEffect(of request: OpenRequest, grace: Double) -> Bool {
        if request.refusal == .impossible { return true }
        guard let newest = askedAt.last, newest >= request.isOverAt(grace: grace) - Self.rounding else { return false }
        if let secondWitnessAt, secondWitnessAt > request.witnessesAfter { return true }
        let counted = askedAt.drop { $0 < request.endedAt - Self.rounding }
        guard missing == 0, counted.count >= Self.agreeing, let first = counted.first else { return false }
        return newest - first >= grace - Self.rounding
    }

    /// How long to wait for the next listing that can decide a row which this one does not show.
    ///
    /// - Returns: nil if the row stays as it is, however often the workspace is listed.
    public func nextLook(for request: OpenRequest, now: Double, grace: Double) -> Double? {
        let grace = max(grace, Self.shortestGrace)
        let counted = askedAt.drop { $0 < request.endedAt - Self.rounding }
        let start = counted.first ?? max(now, request.endedAt)
        // Listings that take long are as many all the same.
        guard now < start + 2 * grace || counted.count < 2 * Self.agreeing else { return nil }
        let interval = grace / Double(Self.agreeing - 1)
        return max(request.endedAt, (askedAt.last ?? -.infinity) + interval, now) - now
    }

    /// Sums of times differ in their last digits.
    private static let rounding = 1e-3
    /// Without any grace there is time for the listings that have to agree all the same.
    private static let shortestGrace = 0.15
}

extension Duration {
    /// As a number of seconds.
    public var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
