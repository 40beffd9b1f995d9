/// When the next request may leave: a token bucket whose rate gives way when the API asks for patience.
///
/// Pure: it is told the time, as the duration since the run began, and never waits itself.
public struct Throttle: Sendable {
    /// The rate that was asked for, in requests a second; nil for no limit.
    public let wanted: Double?
    /// The rate now; nil for no limit.
    public private(set) var rate: Double?
    /// Until when nothing may leave.
    public private(set) var pausedUntil: Duration = .zero

    /// The bucket as one number (the generic cell rate algorithm): when it would be full again.
    private var fullAt: Duration = .zero
    private var refusalsInARow = 0
    private var lastChange: Duration = .zero
    /// What left in the last whole second, for halving a rate that has no limit.
    private var window = (start: Duration.zero, count: 0, lastCount: 0)

    /// Without a stated time the pause is 1 s, then twice as long each time, at most this.
    public static let longestPause = Duration.seconds(60)
    /// How long the API must be content before the rate goes up by a step.
    public static let recoveryInterval = Duration.seconds(5)
    /// In requests a second: what no run reaches, so that a rate that has grown to it is no limit.
    private static let beyondReach = 100_000.0

    /// A bucket that is full.
    ///
    /// - Parameter rate: requests a second, above 0; nil for no limit.
    public init(rate: Double?) {
        wanted = rate
        self.rate = rate
    }

    /// Takes a token, or says how long to wait before asking again.
    ///
    /// - Returns: nil if a request may leave now.
    public mutating func admit(at now: Duration) -> Duration? {
        if now < pausedUntil { return pausedUntil - now }
        recover(at: now)
        if let rate {
            // Bounded at both ends, because neither type holds every number.
            let interval = Duration.seconds(min(1 / rate, 1e9))
            // Two tokens at least, or the time between waking and sending would be lost each time.
            let burst = interval * max(1, Int(min(rate / 10, 1e9)))
            let earliest = fullAt - burst
            if now < earliest { return earliest - now }
            fullAt = max(fullAt, now) + interval
        }
        count(at: now)
        return nil
    }

    /// The API asked for patience: nothing leaves for a while, and then half as fast.
    ///
    /// Answers to requests that left before the pause began belong to the same refusal and change nothing but the
    /// end of the pause, if they name a later one.
    ///
    /// - Parameter sentAt: when the request that was refused left.
    public mutating func slowDown(at now: Duration, sentAt: Duration, retryAfter: Duration?) {
        let isNew = sentAt >= lastChange || refusalsInARow == 0
        if isNew { refusalsInARow += 1 }
        let stated = retryAfter ?? min(.seconds(1) * (1 << min(refusalsInARow - 1, 6)), Self.longestPause)
        pausedUntil = max(pausedUntil, now + stated)
        fullAt = max(fullAt, pausedUntil)
        guard isNew else { return }
        let current = rate ?? Double(max(window.lastCount, window.count, 2))
        // Refusals that come whatever the rate must not bring the run to a standstill.
        let floor = wanted.map { max(0.1, $0 / 20) } ?? 1
        rate = max(floor, current / 2)
        lastChange = pausedUntil
    }

    /// Nothing answers at the endpoint: nothing leaves for a while; the rate stays.
    public mutating func pause(at now: Duration, for time: Duration) {
        pausedUntil = max(pausedUntil, now + time)
    }

    /// The API took a request.
    public mutating func accepted() { refusalsInARow = 0 }

    /// Whether the rate is below the one that was asked for.
    public var isSlowed: Bool {
        guard let rate else { return false }
        return wanted.map { rate < $0 } ?? true
    }

    private mutating func recover(at now: Duration) {
        guard isSlowed, let current = rate, now - lastChange >= Self.recoveryInterval else { return }
        lastChange = now
        guard let wanted else {
            // Nobody knows the limit, so a rate without one grows until it is refused again, or is none any more.
            rate = current < Self.beyondReach ? current * 1.25 : nil
            return
        }
        rate = min(wanted, current + wanted / 10)
    }

    private mutating func count(at now: Duration) {
        if now - window.start >= .seconds(1) { window = (now, 0, window.count) }
        window.count += 1
    }
}
