import Domain

/// `10/s`, `600/m`, `5000/h`, `10` or `none`.
public struct RateLimit: LosslessStringConvertible, Hashable, Sendable {
    /// Requests per second; nil for no limit.
    public var perSecond: Double?

    /// Valid rates in requests per second, from one a day to more than any run reaches; other numbers are typing
    /// errors.
    private static let bounds = 1.0 / 86_400...1_000_000

    /// Takes requests per second; nil for no limit.
    public init(perSecond: Double?) { self.perSecond = perSecond }

    /// Reads a rate; nil for anything else, and for less than one a day or more than a million a second.
    public init?(_ argument: String) {
        if ["none", "unlimited"].contains(argument) {
            self.init(perSecond: nil)
            return
        }
        let parts = argument.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let units = ["s": 1.0, "sec": 1, "m": 60, "min": 60, "h": 3600]
        guard let first = parts.first, let count = Double(first),
            let seconds = parts.count == 1 ? 1 : units[String(parts[1])], Self.bounds.contains(count / seconds)
        else { return nil }
        self.init(perSecond: count / seconds)
    }

    /// Requests per second, for help and messages: `10.0/s`.
    public var description: String { perSecond.map { "\($0)/s" } ?? "none" }
    /// The form of the option: `10/s`.
    public var text: String {
        perSecond.map { $0.short(6) + "/s" } ?? "none"
    }
}
