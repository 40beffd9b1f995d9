/// How a run ended.
public enum RunEnd: Hashable, Sendable {
    /// Nothing is left to send; rows that no listing could settle may be unknown.
    case finished
    /// It was drained.
    case interrupted
    /// It stopped by itself.
    case stopped(StopReason)
}

/// Why a run stopped before all rows were sent. It can be resumed.
public enum StopReason: Hashable, Sendable {
    /// 401, or consecutive rows for which the credentials were refused.
    case credentialsRefused(reason: String)
    /// The endpoint does not respond, or only a proxy or gateway in front of it does.
    case unreachable(reason: String)
    /// Consecutive rows with the same error, which is about no particular row.
    case refused(reason: String)
    /// The API asks to wait longer than the run may wait.
    case throttled(reason: String)
}
