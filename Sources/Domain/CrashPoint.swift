import Foundation

#if DEBUG
    import Synchronization
#endif

/// Places between reading a row and finishing its results file at which a test can stop the process dead.
///
/// A debug build counts the places that it passes, and kills itself at the one that `ROLLCALL_CRASH_AT` names by its
/// number. A release build has nothing of it.
public enum CrashPoint {
    /// Passes a place.
    @inline(__always)
    public static func pass(_ name: StaticString) {
        #if DEBUG
            stop(name)
        #endif
    }

    #if DEBUG
        private static let wanted = ProcessInfo.processInfo.environment["ROLLCALL_CRASH_AT"].flatMap { Int($0) }
        private static let passed = Atomic(0)

        private static func stop(_ name: StaticString) {
            guard let wanted, passed.add(1, ordering: .relaxed).newValue == wanted else { return }
            FileHandle.standardError.write(Data("stopped dead at place \(wanted): \(name)\n".utf8))
            kill(ProcessInfo.processInfo.processIdentifier, SIGKILL)
            // No thread gets further: not even one that the signal has not reached yet.
            while true { sleep(1) }
        }
    #endif
}
