import Foundation

/// The time of an event in an audit log.
///
/// The API does not document the form of its times. A time without a time zone is read as UTC, and may be off by as much
/// as time zones differ; what depends on it asks for ``earliest`` and ``latest``.
public struct EventTime: Hashable, Comparable, Sendable {
    /// The time, as records have times; without a zone, read as UTC.
    public let moment: Date
    /// Whether the text names a time zone.
    public let hasZone: Bool

    /// The greatest offsets from UTC that are in use: UTC−12 and UTC+14.
    private static let (west, east) = (12.0 * 3600, 14.0 * 3600)

    /// The earliest time that the text can mean.
    public var earliest: Date { hasZone ? moment : moment.addingTimeInterval(-Self.east) }
    /// The latest time that the text can mean.
    public var latest: Date { hasZone ? moment : moment.addingTimeInterval(Self.west) }

    /// Compares the latest times that the texts can mean.
    public static func < (left: Self, right: Self) -> Bool { left.latest < right.latest }

    /// A moment that is known exactly.
    init(at moment: Date) { (self.moment, hasZone) = (moment, true) }

    /// Reads ISO 8601 (RFC 3339), also with a space in place of the `T`, without seconds, and without a time zone:
    /// `2026-01-31T09:00:00.25Z`, `2026-01-31 10:00:00+01:00`, `2026-01-31 09:00 UTC`.
    ///
    /// nil for every other form: a day without a time, a number, and a text that can be read in several ways.
    public init?(_ text: String) {
        var rest = Array(text.utf8)[...]
        guard let day = Self.day(&rest), let first = rest.popFirst(), [0x54, 0x74, 0x20].contains(first),
            let hour = Self.digits(2, &rest), hour < 24, rest.popFirst() == UInt8(ascii: ":"),
            let minute = Self.digits(2, &rest), minute < 60
        else { return nil }
        var (second, milliseconds) = (0, 0)
        if rest.first == UInt8(ascii: ":") {
            rest.removeFirst()
            // 60 is a leap second.
            guard let found = Self.digits(2, &rest), found <= 60 else { return nil }
            second = found
            guard let found = Self.milliseconds(&rest) else { return nil }
            milliseconds = found
        }
        guard let offset = Self.offset(rest) else { return nil }
        hasZone = offset.isStated
        let seconds = day.number * 86_400 + hour * 3600 + minute * 60 + second - offset.seconds
        // As `Date.asRecorded` makes it, so that equal times are equal.
        let whole = seconds - Int(Date.timeIntervalBetween1970AndReferenceDate)
        moment = Date(timeIntervalSinceReferenceDate: Double(whole) + (Double(milliseconds) + 0.5) / 1000)
    }

    private static func day(_ rest: inout ArraySlice<UInt8>) -> Day? {
        guard let year = digits(4, &rest), rest.popFirst() == UInt8(ascii: "-"), let month = digits(2, &rest),
            rest.popFirst() == UInt8(ascii: "-"), let day = digits(2, &rest)
        else { return nil }
        return Day(year, month, day)
    }

    private static func digits(_ count: Int, _ rest: inout ArraySlice<UInt8>) -> Int? {
        var number = 0
        for _ in 0..<count {
            guard let byte = rest.popFirst(), (0x30...0x39).contains(byte) else { return nil }
            number = number * 10 + Int(byte - 0x30)
        }
        return number
    }

    /// The fraction of a second, rounded down; 0 if there is none.
    private static func milliseconds(_ rest: inout ArraySlice<UInt8>) -> Int? {
        guard rest.first == UInt8(ascii: ".") || rest.first == UInt8(ascii: ",") else { return 0 }
        rest.removeFirst()
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        guard !digits.isEmpty else { return nil }
        rest = rest.dropFirst(digits.count)
        return (digits.prefix(3) + repeatElement(0x30, count: max(0, 3 - digits.count))).reduce(0) {
            $0 * 10 + Int($1 - 0x30)
        }
    }

    /// The offset from UTC at the end of a text; nil if there is something else.
    private static func offset(_ rest: ArraySlice<UInt8>) -> (seconds: Int, isStated: Bool)? {
        var rest = rest
        if rest.isEmpty { return (0, false) }
        if rest.first == 0x20 { rest.removeFirst() }
        if ["Z", "z", "UTC", "GMT"].contains(where: { $0.utf8.elementsEqual(rest) }) { return (0, true) }
        guard let sign = rest.popFirst(), [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(sign),
            let hours = digits(2, &rest)
        else { return nil }
        if rest.first == UInt8(ascii: ":") {
            rest.removeFirst()
            guard !rest.isEmpty else { return nil }
        }
        let minutes = rest.isEmpty ? 0 : digits(2, &rest)
        guard let minutes, rest.isEmpty, minutes < 60, hours <= 14 else { return nil }
        return ((hours * 60 + minutes) * (sign == UInt8(ascii: "-") ? -60 : 60), true)
    }
}
