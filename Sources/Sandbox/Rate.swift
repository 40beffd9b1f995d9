import Domain

/// An invalid value of an option; the sentence describes the valid ones.
public struct InvalidOption: Error, Hashable, Sendable, CustomStringConvertible {
    /// One sentence for the user.
    public let description: String
}

/// A number of requests in a period, written `20/s`, `100/m` or `1000/h`.
public struct Rate: Hashable, Sendable {
    /// The number of requests in each `period`, above 0.
    public let count: Int
    /// A second, a minute or an hour.
    public let period: Duration

    /// Reads `COUNT/UNIT`.
    ///
    /// - Throws: ``InvalidOption`` with the valid forms.
    public init(parsing text: String) throws(InvalidOption) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let periods = ["s": Duration.seconds(1), "m": .seconds(60), "h": .seconds(3600)]
        guard parts.count == 2, let count = Int(parts[0]), count > 0, let period = periods[parts[1]] else {
            throw InvalidOption(
                description:
                    "\"\(Terminal.plain(text, limit: 40))\" is not a rate; use a form like 20/s, 100/m or 1000/h")
        }
        self.count = count
        self.period = period
    }

    /// The length of `period` in seconds.
    var seconds: Double { period / .seconds(1) }
}

/// A token bucket with the capacity of one period; it is full at the first request.
struct TokenBucket: Sendable {
    private let rate: Rate
    private var tokens: Double
    private var last: ContinuousClock.Instant?

    init(_ rate: Rate) {
        self.rate = rate
        tokens = Double(rate.count)
    }

    /// Takes a token for a request at this moment.
    ///
    /// - Returns: nil within the rate; otherwise the whole seconds until the next token.
    mutating func take(now: ContinuousClock.Instant) -> Int? {
        let elapsed = last.map { (now - $0) / .seconds(1) } ?? 0
        last = now
        // Multiplying before dividing gives exactly the full number of requests after an exact period.
        tokens = min(Double(rate.count), tokens + elapsed * Double(rate.count) / rate.seconds)
        guard tokens < 1 else {
            tokens -= 1
            return nil
        }
        return Int(((1 - tokens) * rate.seconds / Double(rate.count)).rounded(.up))
    }
}
