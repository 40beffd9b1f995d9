/// How long a write waits for the reader of a stream. Pure: its input are times, as durations since any fixed moment.
enum ReaderPatience: Equatable {
    /// As long as it takes: a slow reader, such as a pager, loses nothing.
    case unlimited
    /// No longer than ``limit`` without a byte being read, counted from `since` at the earliest.
    case limited(since: Duration)
    /// Not at all.
    case none

    static let limit = Duration.seconds(2)

    /// Whether a write that has made no progress since `stalled` gives up.
    func isExhausted(stalledSince stalled: Duration, now: Duration) -> Bool {
        switch self {
        case .unlimited: false
        case .limited(let since): now - max(since, stalled) >= Self.limit
        case .none: true
        }
    }
}
