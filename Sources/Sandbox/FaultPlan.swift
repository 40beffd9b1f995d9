import Domain

/// A way in which the sandbox lets a request down.
public enum Fault: String, CaseIterable, Sendable {
    /// HTTP 500, 502 with a proxy's page, 503 and 429; none takes effect.
    case internalError = "500"
    /// A proxy's page; no effect.
    case badGateway = "502"
    /// No effect.
    case unavailable = "503"
    /// No effect; the answer has `Retry-After: 1`.
    case tooMany = "429"
    /// The connection is reset, without an answer and without effect.
    case reset
    /// Takes effect; the connection is closed without an answer.
    case lost
    /// Takes effect; the answer comes late.
    case slow
    /// `ok: false`, without effect; a listing is empty.
    case notok
    /// A GraphQL error under HTTP 200, without effect.
    case error
    /// Takes effect; the answer's JSON ends in the middle.
    case cut
    /// HTTP 200 with a login page; no effect.
    case html
    /// A listing shows the workspace as it was when the sandbox began; a change is carried out as usual.
    case stale
}

/// Which faults to inject, and how often.
public struct FaultPlan: Hashable, Sendable {
    struct Entry: Hashable, Sendable {
        var fault: Fault
        var rate: Double
        /// Whether listings are let down too; mutations always are.
        var includesQueries: Bool
    }

    var entries: [Entry]

    /// A plan without faults.
    public static let none = FaultPlan(entries: [])

    private init(entries: [Entry]) {
        self.entries = entries
    }

    /// Reads `KIND=RATE`, or several with commas between them; `KIND@all=RATE` includes listings.
    ///
    /// - Parameter text: for example `lost=0.05` or `500@all=0.2,429=0.1`; rates are shares from 0 to 1 that add up
    ///   to 1 at most, because a request gets one fault at most.
    /// - Throws: a sentence that lists the kinds.
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

    /// Both plans in one, for an option that is given several times.
    ///
    /// - Throws: a sentence if the rates add up to more than 1.
    public func adding(_ other: FaultPlan) throws(InvalidOption) -> FaultPlan {
        let sum = FaultPlan(entries: entries + other.entries)
        guard sum.entries.map(\.rate).reduce(0, +) <= 1 + 1e-9 else {
            throw InvalidOption(
                description: "the faults' rates add up to more than 1; a request gets one fault at most")
        }
        return sum
    }

    private static func refusal(of text: String) -> InvalidOption {
        let kinds = Fault.allCases.map(\.rawValue).joined(separator: ", ")
        return InvalidOption(
            description:
                "\"\(Terminal.plain(text, limit: 60))\" is not a fault; write KIND=RATE or KIND@all=RATE with a"
                + " rate from 0 to 1 (1 in all), where KIND is one of \(kinds)")
    }

    /// Draws once, whatever the request is, so that the sequence depends on the seed and the order alone.
    func draw(isMutation: Bool, from generator: inout SplitMix) -> Fault? {
        var left = generator.fraction()
        for entry in entries {
            if left < entry.rate { return isMutation || entry.includesQueries ? entry.fault : nil }
            left -= entry.rate
        }
        return nil
    }
}
