import Domain

/// A text that is not what an option takes; the sentence says what it takes.
public struct InvalidOption: Error, Hashable, Sendable, CustomStringConvertible {
    /// One sentence for the person who typed the option.
    public let description: String
}

/// So many requests in so much time, written `20/s`, `100/m` or `1000/h`.
public struct Rate: Hashable, Sendable {
    /// Requests in each `period`, above 0.
    public let count: Int
    /// A second, a minute or an hour.
    public let period: Duration

    /// Reads `COUNT/UNIT`.
    ///
    /// - Throws: a sentence that names the forms.
    public init(parsing text: String) throws(InvalidOption) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let periods = ["s": Duration.seconds(1), "m": .seconds(60), "h": .seconds(3600)]
        guard parts.count == 2, let count = Int(parts[0]), count > 0, let period = periods[parts[1]] else {
            throw InvalidOption(
                description:
                    "\"\(Terminal.plain(text, limit: 40))\" is not a rate; write one like 20/s, 100/m or 1000/h")
        }
        self.count = count
        self.period = period
    }

    /// Seconds of `period`.
    var seconds: Double { period / .seconds(1) }
}

/// A token bucket that is full at the first request and holds one period's requests.
struct TokenBucket: Sendable {
    private let rate: Rate
    private var tokens: Double
    private var last: ContinuousClock.Instant?

    init(_ rate: Rate) {
        self.rate = rate
        tokens = Double(rate.count)
    }

    /// Takes the token of a request at this moment.
    ///
    /// - Returns: nil within the rate; else the whole seconds after which there is a token again.
    mutating func take(now: ContinuousClock.Instant) -> Int? {
        let elapsed = last.map { (now - $0) / .seconds(1) } ?? 0
        last = now
        // Multiplied before it is divided: an exact period gives exactly its requests.
        tokens = min(Double(rate.count), tokens + elapsed * Double(rate.count) / rate.seconds)
        guard tokens < 1 else {
            tokens -= 1
            return nil
        }
        return Int(((1 - tokens) * rate.seconds / Double(rate.count)).rounded(.up))
    }
}
