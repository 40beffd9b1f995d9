import Foundation

/// A moment by the clock that counts from the start of this machine. No change of the wall clock moves it, and two
/// processes agree on it.
public struct MachineMoment: Hashable, Sendable {
    /// Which start of which machine, `MACHINE/BOOT`.
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

    /// How many seconds have passed since another moment at least, whatever the time of day says; nil where nothing says
    /// so, because it was on another machine.
    public func secondsSince(boot: String, seconds: Double) -> Double? {
        if boot == self.boot { return self.seconds - seconds }
        // It was before this machine started.
        let machine = self.boot.prefix { $0 != "/" }
        return self.boot.contains("/") && boot.hasPrefix(machine + "/") ? self.seconds : nil
    }

    /// Where the machine does not name itself or its start, this process does: then moments of other processes cannot be
    /// compared with this one's.
    private static let thisBoot: String = {
        let read = { (path: String) -> String? in
            let text = try? String(contentsOfFile: path, encoding: .utf8)
            let name = text?.trimmingCharacters(in: .whitespacesAndNewlines).replacing("/", with: "")
            return name?.isEmpty == false ? name : nil
        }
        let boot = read("/proc/sys/kernel/random/boot_id") ?? UUID().uuidString
        return (read("/etc/machine-id") ?? boot) + "/" + boot
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
