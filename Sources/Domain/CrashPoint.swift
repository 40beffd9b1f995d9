import Foundation

#if DEBUG
    import Synchronization
#endif

/// Points between reading a row and finishing its results file at which a test can kill the process.
///
/// A debug build counts the points that it passes, and kills itself at the one whose number or name `ROLLCALL_CRASH_AT`
/// gives.
/// In a release build the call is empty.
public enum CrashPoint {
    /// Passes a point.
    @inline(__always)
    public static func pass(_ name: StaticString) {
        #if DEBUG
            stop(name)
        #endif
    }

    #if DEBUG
        private static let wanted = ProcessInfo.processInfo.environment["ROLLCALL_CRASH_AT"]
        private static let wantedNumber = wanted.flatMap { Int($0) }
        private static let passed = Atomic(0)

        private static func stop(_ name: StaticString) {
            guard let wanted else { return }
            let number = passed.add(1, ordering: .relaxed).newValue
            guard number == wantedNumber || name.description == wanted else { return }
            FileHandle.standardError.write(Data("stopped at crash point \(number): \(name)\n".utf8))
            kill(ProcessInfo.processInfo.processIdentifier, SIGKILL)
            // The signal may reach other threads late: this one must not continue either.
            while true { sleep(1) }
        }
    #endif
}
