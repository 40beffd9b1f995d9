import ArgumentParser

/// A time as it is given: `30` (seconds), `500ms`, `30s`, `15m`, `1h`.
struct WaitTime: ExpressibleByArgument, Hashable, LosslessStringConvertible, Comparable {
    /// 0 or more.
    let seconds: Double

    private static let units: [(name: String, seconds: Double)] = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)]

    init(seconds: Double) { self.seconds = seconds }

    init?(argument: String) {
        let unit = Self.units.first { argument.hasSuffix($0.name) }
        let number = argument.dropLast(unit?.name.count ?? 0)
        guard number.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2e }), let count = Double(number) else {
            return nil
        }
        seconds = count * (unit?.seconds ?? 1)
    }

    init?(_ text: String) { self.init(argument: text) }

    /// In the largest unit that leaves no fraction: `15m`, `30s`, `0.5s`.
    var description: String {
        for unit in Self.units.reversed() where unit.name != "ms" && seconds >= unit.seconds {
            let count = seconds / unit.seconds
            if count == count.rounded() { return count.short(0) + unit.name }
        }
        return seconds.short(3) + "s"
    }

    static func < (left: WaitTime, right: WaitTime) -> Bool { left.seconds < right.seconds }
}

/// How many failures in a row end a run: a number, or `none`.
struct FailureLimit: ExpressibleByArgument, Hashable, CustomStringConvertible {
    /// 1 or more; nil for no limit.
    let count: Int?

    init(count: Int?) { self.count = count }

    init?(argument: String) {
        if argument == "none" {
            self.init(count: nil)
        } else {
            guard let count = Int(argument), count >= 1 else { return nil }
            self.init(count: count)
        }
    }

    var description: String { count.map(String.init) ?? "none" }
}
