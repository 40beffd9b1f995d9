import Foundation

/// The limit on open files, including connections, of the process.
public enum OpenFileLimit {
    /// The target of ``raise()``: enough for every concurrency, but small for systems where each possible descriptor
    /// needs memory.
    private static let most: rlim_t = 4096

    /// The files that a run needs besides its connections: standard streams, the ledger with its log and lock, results
    /// files, the resolver, the event queues.
    static let reserve = 32
    /// The files per connection: a new connection may try IPv6 and IPv4 at the same time (RFC 8305), and with
    /// `--sandbox` both ends are in this process.
    static let perConnection = 2

    /// The current limit.
    public static var current: Int {
        var limit = rlimit()
        return getrlimit(resource, &limit) == 0 ? Int(clamping: limit.rlim_cur) : Int.max
    }

    /// Raises the soft limit as far as the hard limit allows; many systems start with 256 or 1,024.
    public static func raise() {
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0, limit.rlim_cur < min(most, limit.rlim_max) else { return }
        limit.rlim_cur = min(most, limit.rlim_max)
        setrlimit(resource, &limit)
    }

    #if os(Linux)
        // In Glibc, the constant and the parameter of the call have different types.
        private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
        private static let resource = RLIMIT_NOFILE
    #endif
}
