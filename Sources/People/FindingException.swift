import Domain

/// Accounts whose findings the company has accepted, as its settings list them.
public struct FindingException: Hashable, Sendable, Codable {
    /// An address, in which `*` stands for any characters.
    public var pattern: String
    /// The last day on which it applies, such as 2027-03-31.
    public var until: String
    /// Why the findings are accepted.
    public var reason: String

    /// Reads `PATTERN=UNTIL; REASON`; nil for another form, and for a day that does not exist.
    public init?(_ text: String) {
        guard let sign = text.firstIndex(of: "="), let mark = text[sign...].firstIndex(of: ";") else { return nil }
        pattern = EmailAddress.trimmed(String(text[..<sign]))
        until = EmailAddress.trimmed(String(text[text.index(after: sign)..<mark]))
        reason = EmailAddress.trimmed(String(text[text.index(after: mark)...]))
        guard pattern.contains("@"), Day(until) != nil, !reason.isEmpty else { return nil }
    }

    /// The form that ``init(_:)`` reads, in words.
    public static let form = "ADDRESS=DATE; REASON, for example *@partner.example=2027-03-31; audit until March"

    /// Whether it applies to an account on a day.
    public func covers(_ address: String, on day: Day) -> Bool {
        guard let until = Day(until), day <= until else { return false }
        return Self.matches(
            Array(EmailAddress.key(of: address).utf8)[...], Array(pattern.lowercased().utf8)[...])
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
