import Foundation

/// How many files, connections among them, the process may have open at once.
public enum OpenFileLimit {
    /// More than any concurrency needs, and little enough for systems where every possible descriptor costs memory.
    private static let most: rlim_t = 4096

    /// What a run needs beside its connections: standard streams, the ledger with its log and lock, results files, the
    /// resolver, the event queues.
    static let reserve = 32
    /// A connection that is being made may try IPv6 and IPv4 at the same time (RFC 8305), and with `--sandbox` both of
    /// its ends are in this process.
    static let perConnection = 2

    /// The limit as it is now.
    public static var current: Int {
        var limit = rlimit()
        return getrlimit(resource, &limit) == 0 ? Int(clamping: limit.rlim_cur) : Int.max
    }

    /// Raises the limit as far as the system allows without asking; many systems begin with 256 or 1,024.
    public static func raise() {
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0, limit.rlim_cur < min(most, limit.rlim_max) else { return }
        limit.rlim_cur = min(most, limit.rlim_max)
        setrlimit(resource, &limit)
    }

    #if os(Linux)
        // Glibc gives the constant a type of its own, and the call another one.
        private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
        private static let resource = RLIMIT_NOFILE
    #endif
}
