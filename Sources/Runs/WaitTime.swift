import Domain

/// A duration as an option value: `30` (seconds), `500ms`, `30s`, `15m`, `1h`.
public struct WaitTime: LosslessStringConvertible, Hashable, Comparable, Sendable {
    /// The duration in seconds, 0 or more.
    public let seconds: Double

    private static let units: [(name: String, seconds: Double)] = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)]

    /// Takes seconds, 0 or more.
    public init(seconds: Double) { self.seconds = seconds }

    /// Reads a time; nil for anything else.
    public init?(_ text: String) {
        let unit = Self.units.first { text.hasSuffix($0.name) }
        let number = text.dropLast(unit?.name.count ?? 0)
        guard number.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2e }), let count = Double(number) else {
            return nil
        }
        seconds = count * (unit?.seconds ?? 1)
    }

    /// The value in the largest unit without a fraction: `15m`, `30s`, `0.5s`.
    public var description: String {
        for unit in Self.units.reversed() where unit.name != "ms" && seconds >= unit.seconds {
            let count = seconds / unit.seconds
            if count == count.rounded() { return count.short(0) + unit.name }
        }
        return seconds.short(3) + "s"
    }

    /// Orders durations by length.
    public static func < (left: WaitTime, right: WaitTime) -> Bool { left.seconds < right.seconds }
}

/// The number of consecutive failures that ends a run, or `none`.
public struct FailureLimit: LosslessStringConvertible, Hashable, Sendable {
    /// 1 or more; nil for no limit.
    public let count: Int?

    /// Takes a number, 1 or more; nil for no limit.
    public init(count: Int?) { self.count = count }

    /// Reads a number or `none`; nil for anything else.
    public init?(_ text: String) {
        if text == "none" {
            self.init(count: nil)
        } else {
            guard let count = Int(text), count >= 1 else { return nil }
            self.init(count: count)
        }
    }

    /// The form of the option.
    public var description: String { count.map(String.init) ?? "none" }
}
