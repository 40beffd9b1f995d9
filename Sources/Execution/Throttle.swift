/// Decides when the next request may be sent: a token bucket whose rate is reduced when the API asks to slow down.
///
/// Pure: the caller passes the time, as the duration since the start of the run, and does the waiting.
public struct Throttle: Sendable {
    /// The configured rate, in requests per second; nil for no limit.
    public let wanted: Double?
    /// The current rate, in requests per second; nil for no limit.
    public private(set) var rate: Double?
    /// The end of the pause; nothing may be sent before.
    public private(set) var pausedUntil: Duration = .zero

    /// When the bucket will be full again (the state of the generic cell rate algorithm).
    private var fullAt: Duration = .zero
    private var refusalsInARow = 0
    private var lastChange: Duration = .zero
    /// The number of requests in the last whole second, from which an unlimited rate is halved.
    private var window = (start: Duration.zero, count: 0, lastCount: 0)

    /// The longest pause if the API states none. Pauses start at 1 s and double each time.
    public static let longestPause = Duration.seconds(60)
    /// The time without a request to slow down after which the rate increases by one step.
    public static let recoveryInterval = Duration.seconds(5)
    /// In requests per second. No run is this fast, so a rate that recovers to this value is unlimited again.
    private static let beyondReach = 100_000.0

    /// Creates a full bucket.
    ///
    /// - Parameter rate: requests per second, above 0; nil for no limit.
    public init(rate: Double?) {
        wanted = rate
        self.rate = rate
    }

    /// Takes a token, or returns how long to wait before asking again.
    ///
    /// - Returns: nil if a request may be sent now.
    public mutating func admit(at now: Duration) -> Duration? {
        if now < pausedUntil { return pausedUntil - now }
        recover(at: now)
        if let rate {
            // Limited, because extreme rates do not fit in `Duration` or `Int`.
            let interval = Duration.seconds(min(1 / rate, 1e9))
            // At least two tokens; otherwise the time between waking and sending would be lost each time.
            let burst = interval * max(1, Int(min(rate / 10, 1e9)))
            let earliest = fullAt - burst
            if now < earliest { return earliest - now }
            fullAt = max(fullAt, now) + interval
        }
        count(at: now)
        return nil
    }

    /// Pauses, and then halves the rate, because rate limited by the API.
    ///
    /// Responses to requests that were sent before the pause belong to the same refusal. They can only extend the
    /// pause.
    ///
    /// - Parameter sentAt: when the refused request was sent.
    public mutating func slowDown(at now: Duration, sentAt: Duration, retryAfter: Duration?) {
        let isNew = sentAt >= lastChange || refusalsInARow == 0
        if isNew { refusalsInARow += 1 }
        let stated = retryAfter ?? min(.seconds(1) * (1 << min(refusalsInARow - 1, 6)), Self.longestPause)
        pausedUntil = max(pausedUntil, now + stated)
        fullAt = max(fullAt, pausedUntil)
        guard isNew else { return }
        let current = rate ?? Double(max(window.lastCount, window.count, 2))
        // A minimum, so that refusals that do not depend on the rate cannot stop the run.
        let floor = wanted.map { max(0.1, $0 / 20) } ?? 1
        rate = max(floor, current / 2)
        lastChange = pausedUntil
    }

    /// Pauses without changing the rate, because the endpoint does not respond.
    public mutating func pause(at now: Duration, for time: Duration) {
        pausedUntil = max(pausedUntil, now + time)
    }

    /// Notes that the API accepted a request.
    public mutating func accepted() { refusalsInARow = 0 }

    /// Whether the rate is below the configured one.
    public var isSlowed: Bool {
        guard let rate else { return false }
        return wanted.map { rate < $0 } ?? true
    }

    private mutating func recover(at now: Duration) {
        guard isSlowed, let current = rate, now - lastChange >= Self.recoveryInterval else { return }
        lastChange = now
        guard let wanted else {
            // The limit of the API is unknown, so the rate grows until it is refused again or is unlimited.
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
