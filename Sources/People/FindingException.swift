import Domain

/// Accounts whose findings the company has accepted, as its settings list them.
public struct FindingException: Hashable, Sendable, Codable {
    /// An address, in which `*` stands for any characters.
    public var pattern: String
    /// The last day on which it applies, such as 2027-03-31.
    public var until: String
    /// Why the findings are accepted.
    public var reason: String

    /// Reads `PATTERN=UNTIL; REASON`; nil for a text with a ``problem(_:)``.
    public init?(_ text: String) {
        guard let parts = Self.parts(text), Self.problem(text) == nil else { return nil }
        (pattern, until, reason) = parts
    }

    private static func parts(_ text: String) -> (pattern: String, until: String, reason: String)? {
        guard let sign = text.firstIndex(of: "="), let mark = text[sign...].firstIndex(of: ";") else { return nil }
        return (
            EmailAddress.trimmed(String(text[..<sign])),
            EmailAddress.trimmed(String(text[text.index(after: sign)..<mark])),
            EmailAddress.trimmed(String(text[text.index(after: mark)...]))
        )
    }

    /// What is wrong with the text of an exception, as a clause about it; nil for a good one.
    public static func problem(_ text: String) -> String? {
        guard let parts = parts(text) else {
            return text.contains("=") ? "has no reason; expected \(form)" : "has no last day; expected \(form)"
        }
        if parts.pattern.allSatisfy({ "*@.".contains($0) }) {
            return
                "names no account, or accepts the findings about every account; name an address, or a domain such as "
                + "*@partner.example"
        }
        if !parts.pattern.contains("@") { return "names no address; expected \(form)" }
        if parts.until.isEmpty { return "has no last day; an exception ends: expected \(form)" }
        if Day(parts.until) == nil { return "has a last day that is not a date such as 2027-03-31; expected \(form)" }
        return parts.reason.isEmpty ? "has no reason; expected \(form)" : nil
    }

    /// The form that ``init(_:)`` reads, in words.
    public static let form = "ADDRESS=DATE; REASON, for example *@partner.example=2027-03-31; audit until March"

    /// Whether it applies to an account on a day.
    public func covers(_ address: String, on day: Day) -> Bool {
        !hasEnded(by: day) && names(address)
    }

    /// Whether its last day has passed.
    public func hasEnded(by day: Day) -> Bool { Day(until).map { $0 < day } ?? true }

    /// Whether an account is one that it names, on whatever day.
    public func names(_ address: String) -> Bool {
        Self.matches(Array(EmailAddress.key(of: address).utf8)[...], Array(pattern.lowercased().utf8)[...])
    }

    /// Compares from left to right, and returns to the last `*` if the rest does not match, so that the time is at most
    /// the product of the lengths.
    private static func matches(_ text: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
        var (place, mark) = (text.startIndex, pattern.startIndex)
        var star: (place: Int, mark: Int)?
        while place < text.endIndex {
            if mark < pattern.endIndex, pattern[mark] == UInt8(ascii: "*") {
                star = (place, mark + 1)
                mark += 1
            } else if mark < pattern.endIndex, pattern[mark] == text[place] {
                (place, mark) = (place + 1, mark + 1)
            } else if let last = star {
                (place, mark) = (last.place + 1, last.mark)
                star = (last.place + 1, last.mark)
            } else {
                return false
            }
        }
        return pattern[mark...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
