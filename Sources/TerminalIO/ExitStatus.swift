/// The exit status of the process. The values from 64 on are those of sysexits.h.
public enum ExitStatus: Int32, CaseIterable, Sendable {
    case done = 0
    case needsAttention = 1
    case nothingSent = 2
    case usage = 64
    case unreachable = 69
    case credentialsRefused = 77
    case interrupted = 130

    /// When it is given.
    public var meaning: String {
        switch self {
        case .done: "success: every row succeeded or was skipped, and every check passed"
        case .needsAttention: "completed or stopped, but some rows, checks or workspaces need attention"
        case .nothingSent:
            "nothing was sent, or no report was written: refused, cancelled, or unreadable input"
        case .usage: "invalid usage: unknown command, option or value"
        case .unreachable: "the API could not be reached"
        case .credentialsRefused: "the credentials were refused"
        case .interrupted: "interrupted"
        }
    }
}
