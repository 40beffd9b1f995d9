/// How a run ended.
public enum RunEnd: Hashable, Sendable {
    /// Nothing is left to do; rows may be left unknown where no listing could decide them.
    case finished
    /// It was asked to drain.
    case interrupted
    /// It ended itself.
    case stopped(StopReason)
}

/// Why a run ended before its plan did. It can be resumed.
public enum StopReason: Hashable, Sendable {
    /// 401, or the same refusal of the credentials for row after row.
    case credentialsRefused(reason: String)
    /// Nothing answers at the endpoint, or only what stands in front of it does.
    case unreachable(reason: String)
    /// Row after row got the same answer, which names none of them.
    case refused(reason: String)
    /// The API asks to wait for longer than the run may wait.
    case throttled(reason: String)
}
