import Foundation

/// Why a file could not be written.
public struct WriteFailure: ExplainedError, Hashable, Sendable {
    /// The path of the file.
    public var path: String
    /// The operating system's reason.
    public var reason: String

    /// Creates a write failure.
    public init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }

    /// What happened.
    public var sentence: String {
        "cannot write \(Terminal.plain(path, limit: 1000)): \(reason)"
    }

    /// What programs go by.
    public var code: ErrorCode { .fileNotWritten }

    /// The operating system's last error.
    public static func last(_ path: String) -> WriteFailure {
        WriteFailure(path: path, reason: String(cString: strerror(errno)))
    }
}
