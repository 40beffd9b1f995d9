import Domain

/// A fault that the sandbox can inject into a request.
public enum Fault: String, CaseIterable, Sendable {
    /// HTTP 500; no effect.
    case internalError = "500"
    /// HTTP 502 with the page of a proxy; no effect.
    case badGateway = "502"
    /// HTTP 503; no effect.
    case unavailable = "503"
    /// HTTP 429 with `Retry-After: 1`; no effect.
    case tooMany = "429"
    /// The connection is reset without a response; no effect.
    case reset
    /// Takes effect; the connection is closed without a response.
    case lost
    /// Takes effect; the response is late.
    case slow
    /// `ok: false`; no effect. A listing is empty.
    case notok
    /// A GraphQL error with HTTP 200; no effect.
    case error
    /// Takes effect; the JSON of the response is incomplete.
    case cut
    /// HTTP 200 with a login page; no effect.
    case html
    /// A listing shows the workspace as it was when the sandbox started; a change takes effect.
    case stale
}

/// The faults to inject, with their rates.
public struct FaultPlan: Hashable, Sendable {
    struct Entry: Hashable, Sendable {
        var fault: Fault
        var rate: Double
        /// Whether listings are affected as well; mutations always are.
        var includesQueries: Bool
    }

    var entries: [Entry]

    /// A plan without faults.
    public static let none = FaultPlan(entries: [])

    private init(entries: [Entry]) {
        self.entries = entries
    }

    /// Reads `KIND=RATE`, or several separated by commas; `KIND@all=RATE` includes listings.
    ///
    /// - Parameter text: for example `lost=0.05` or `500@all=0.2,429=0.1`; rates are shares from 0 to 1 with a sum of
    ///   at most 1, because a request gets at most one fault.
    /// - Throws: ``InvalidOption`` with the list of kinds.
    public init(parsing text: String) throws(InvalidOption) {
        var entries: [Entry] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let halves = part.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
            let kind = halves[0].split(separator: "@", omittingEmptySubsequences: false).map(String.init)
            guard halves.count == 2, let fault = Fault(rawValue: kind[0]), let rate = Double(halves[1]),
                (0...1).contains(rate), kind.count == 1 || kind.dropFirst() == ["all"]
            else { throw Self.refusal(of: String(part)) }
            entries.append(Entry(fault: fault, rate: rate, includesQueries: kind.count == 2))
        }
        self.entries = entries
        guard entries.map(\.rate).reduce(0, +) <= 1 + 1e-9 else { throw Self.refusal(of: text) }
    }

    /// Combines both plans, for an option that is repeated.
    ///
    /// - Throws: ``InvalidOption`` if the sum of the rates is more than 1.
    public func adding(_ other: FaultPlan) throws(InvalidOption) -> FaultPlan {
        let sum = FaultPlan(entries: entries + other.entries)
        guard sum.entries.map(\.rate).reduce(0, +) <= 1 + 1e-9 else {
            throw InvalidOption(
                description: "the fault rates add up to more than 1; a request gets at most one fault")
        }
        return sum
    }

    private static func refusal(of text: String) -> InvalidOption {
        let kinds = Fault.allCases.map(\.rawValue).joined(separator: ", ")
        return InvalidOption(
            description:
                "\"\(Terminal.plain(text, limit: 60))\" is not a fault; use KIND=RATE or KIND@all=RATE with a"
                + " rate from 0 to 1 (the sum at most 1), where KIND is one of \(kinds)")
    }

    /// Draws once for every request, so that the sequence depends only on the seed and the order.
    func draw(isMutation: Bool, from generator: inout SplitMix) -> Fault? {
        var left = generator.fraction()
        for entry in entries {
            if left < entry.rate { return isMutation || entry.includesQueries ? entry.fault : nil }
            left -= entry.rate
        }
        return nil
    }
}
