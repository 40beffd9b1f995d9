import Foundation

/// A moment by the clock that counts from the start of this machine. No change of the wall clock moves it, and two
/// processes agree on it.
public struct MachineMoment: Hashable, Sendable {
    /// Which start of which machine; moments of two different ones cannot be compared.
    public var boot: String
    /// Seconds since then, the time that the machine slept included.
    public var seconds: Double

    /// Takes a moment.
    public init(boot: String, seconds: Double) {
        self.boot = boot
        self.seconds = seconds
    }

    /// This moment on this machine.
    public static func now() -> MachineMoment {
        MachineMoment(boot: thisBoot, seconds: seconds(of: clock))
    }

    /// Where the machine does not name its start, this process does: then moments of other processes cannot be compared
    /// with this one's.
    private static let thisBoot: String = {
        let name = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
        return name?.trimmingCharacters(in: .whitespacesAndNewlines) ?? UUID().uuidString
    }()

    #if os(Linux)
        private static let clock = CLOCK_BOOTTIME
    #else
        private static let clock = CLOCK_MONOTONIC
    #endif

    private static func seconds(of clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
