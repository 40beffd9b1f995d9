import Foundation

/// What a part cost.
struct Cost {
    /// Seconds by the clock.
    var wall: Double
    /// Seconds of CPU in this process, in the program and in the system for it.
    var user, system: Double
    /// The most memory at one time, in bytes; nil where the system does not say.
    var peak: Int?

    /// Measures some work.
    static func of(_ work: () throws -> Void) rethrows -> Cost {
        forgetPeak()
        let begin = ContinuousClock.now
        let before = used()
        try work()
        let after = used()
        return Cost(
            wall: (ContinuousClock.now - begin) / .seconds(1), user: after.user - before.user,
            system: after.system - before.system, peak: peak())
    }

    private static func used() -> (user: Double, system: Double) {
        var usage = rusage()
        // RUSAGE_SELF, which systems import as different types.
        getrusage(0, &usage)
        let seconds = { (time: timeval) in Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return (seconds(usage.ru_utime), seconds(usage.ru_stime))
    }

    /// Has the kernel count the most memory from now on (Linux: proc(5), `clear_refs`).
    private static func forgetPeak() {
        try? Data("5".utf8).write(to: URL(fileURLWithPath: "/proc/self/clear_refs"))
    }

    private static func peak() -> Int? {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return nil }
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line.flatMap { Int($0.filter(\.isNumber)) }.map { $0 * 1024 }
    }
}
