import CProcess
import Foundation
import Runs

/// What the process asks of the operating system before anything else.
enum ProcessSetUp {
    static func apply() {
        process_keep_memory_small()
        openStandardDescriptors()
        leaveNoMemoryBehind()
        OpenFileLimit.raise()
        // A reader that leaves, and a server that does, is seen as an error of the write.
        signal(SIGPIPE, SIG_IGN)
        // A file that would grow beyond a limit is a failed write, and is said to be one.
        signal(SIGXFSZ, SIG_IGN)
    }

    /// A caller may have closed them; then the ledger or a report would get the number of standard error, and be
    /// written over by the next message.
    private static func openStandardDescriptors() {
        for number in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(number, F_GETFD) == -1 {
            // The lowest free number is given out first (POSIX, open()).
            // Standard output that the caller closed is opened for reading, so that a command with output reports an error.
            _ = open("/dev/null", number == STDERR_FILENO ? O_WRONLY : O_RDONLY)
        }
    }

    /// The credentials are in the memory: no core file when the process crashes, and no backtrace with the contents of
    /// registers and stacks.
    ///
    /// Swift prints such a backtrace where it finds its helper program; setting `SWIFT_BACKTRACE` enables it.
    private static func leaveNoMemoryBehind() {
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(coreSize, &none)
        // A core that is piped to a program knows no limit (core(5)); this leaves the memory out of it.
        try? Data("0".utf8).write(to: URL(fileURLWithPath: "/proc/self/coredump_filter"))
        guard ProcessInfo.processInfo.environment["SWIFT_BACKTRACE"] == nil else { return }
        // Swift handles no signal that the caller ignores, such as SIGQUIT in a script's background job.
        for number in [SIGQUIT, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP] where !process_ignores(number) {
            signal(number, SIG_DFL)
        }
    }

    #if os(Linux)
        // Glibc gives the constant a type of its own, and the call another one.
        private static let coreSize = __rlimit_resource_t(RLIMIT_CORE.rawValue)
    #else
        private static let coreSize = RLIMIT_CORE
    #endif
}
