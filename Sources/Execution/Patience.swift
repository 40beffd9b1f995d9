import Domain

/// Decides how long a run waits for an API that asks to wait or does not respond, before it stops. Pure.
struct Patience {
    /// The longest time for which the API may ask to wait.
    let maxWait: Duration
    private var throttledSince: Duration?
    private var unreachableSince: Duration?
    private var pauses = 0
    /// When the last pause began.
    private var pausedAt = Duration.zero

    /// How long the endpoint may be unreachable. A restart of a minute must not end a run.
    static let endpoint = Duration.seconds(120)
    /// The longest pause between attempts to reach the endpoint.
    static let longestPause = Duration.seconds(10)

    init(maxWait: Duration) { self.maxWait = maxWait }

    /// Whether the last attempt did not reach the endpoint.
    var isEndpointDown: Bool { unreachableSince != nil }

    /// Notes that the API accepted a request.
    mutating func accepted() {
        throttledSince = nil
        unreachableSince = nil
        pauses = 0
    }

    /// Notes that rate limited by the API.
    ///
    /// - Parameter wait: the requested wait; nil if the API did not state one.
    /// - Returns: the reason to stop; nil to keep waiting.
    mutating func throttled(at now: Duration, wait: Duration?, _ reason: String) -> StopReason? {
        unreachableSince = nil
        pauses = 0
        let since = throttledSince ?? now
        throttledSince = since
        if let wait, wait > maxWait {
            return .throttled(reason: "\(reason); the API asks to wait \(Self.words(wait)); the limit is \(limit)")
        }
        let waited = now - since
        if waited + (wait ?? .zero) <= maxWait { return nil }
        let more = wait.map { ", and the API asks to wait \(Self.words($0)) more" } ?? ""
        return .throttled(
            reason: "\(reason); no request was accepted for \(Self.words(waited))\(more); the limit is \(limit)")
    }

    /// What a run does if it does not reach the endpoint.
    enum Step: Equatable {
        case pause(Duration)
        case stop(StopReason)
    }

    /// Notes that the endpoint did not respond.
    ///
    /// - Parameter sentAt: when the attempt began. Attempts that began before the last pause count as one failure.
    mutating func unreached(at now: Duration, sentAt: Duration, _ reason: String, jitter: Double) -> Step {
        if pauses > 0, sentAt < pausedAt { return .pause(.zero) }
        let since = unreachableSince ?? now
        unreachableSince = since
        guard now - since <= min(Self.endpoint, maxWait) else {
            return .stop(.unreachable(reason: "\(reason) (for \(Self.words(now - since)))"))
        }
        pauses += 1
        pausedAt = now
        let pause = min(Self.longestPause, Duration.milliseconds(500) * (1 << min(pauses - 1, 5)))
        return .pause(pause * (0.5 + jitter / 2))
    }

    private var limit: String { "\(Self.words(maxWait)) (--max-wait)" }

    private static func words(_ time: Duration) -> String {
        let seconds = Int(time.inSeconds.rounded(.up))
        return seconds < 120 || seconds % 60 != 0 && seconds < 3600 ? "\(seconds) s" : "\(seconds / 60) min"
    }
}
