import Foundation

/// A moment on the clock that starts when this machine starts. Changes of the wall clock do not affect it, and all
/// processes share it.
public struct MachineMoment: Hashable, Sendable {
    /// The machine and its start, `MACHINE/BOOT`.
    public var boot: String
    /// Seconds since that start, including the time that the machine slept.
    public var seconds: Double

    /// Creates a machine moment.
    public init(boot: String, seconds: Double) {
        self.boot = boot
        self.seconds = seconds
    }

    /// The current moment on this machine.
    public static func now() -> MachineMoment {
        MachineMoment(boot: thisBoot, seconds: seconds(of: clock))
    }

    /// The minimum number of seconds since another moment, independent of the wall clock; nil if it cannot be known,
    /// because the moment was on another machine.
    public func secondsSince(boot: String, seconds: Double) -> Double? {
        if boot == self.boot { return self.seconds - seconds }
        // The moment was before this machine last started.
        let machine = self.boot.prefix { $0 != "/" }
        return self.boot.contains("/") && boot.hasPrefix(machine + "/") ? self.seconds : nil
    }

    /// If the machine has no name for itself or its start, this process makes one up. Then moments of other processes
    /// cannot be compared with those of this one.
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
