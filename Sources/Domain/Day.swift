import Foundation

/// A day of the Gregorian calendar, without a time and a time zone.
public struct Day: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Days since 1970-01-01.
    public let number: Int

    /// Takes the number of days since 1970-01-01.
    public init(number: Int) { self.number = number }

    /// nil for a day that does not exist, and for a year before 1600 or after 9999.
    public init?(_ year: Int, _ month: Int, _ day: Int) {
        guard (1600...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
        let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard day <= lengths[month - 1] else { return nil }
        let before = year - 1
        let years = before * 365 + before / 4 - before / 100 + before / 400
        number = years + lengths[..<(month - 1)].reduce(0, +) + day - 1 - 719_162
    }

    /// Reads a day as ``description`` writes it; nil for another form, and for a day that does not exist.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == 0x2d, bytes[7] == 0x2d else { return nil }
        let digits = bytes.enumerated().filter { ![4, 7].contains($0.offset) }.map { Int($0.element) - 0x30 }
        guard digits.allSatisfy({ (0...9).contains($0) }) else { return nil }
        self.init(
            digits[..<4].reduce(0) { $0 * 10 + $1 }, digits[4] * 10 + digits[5], digits[6] * 10 + digits[7])
    }

    /// The day of a moment in a time zone.
    public init(of moment: Date, in zone: TimeZone) {
        let seconds = moment.timeIntervalSince1970 + Double(zone.secondsFromGMT(for: moment))
        number = Int((seconds / 86_400).rounded(.down))
    }

    /// `2026-09-30`
    public var description: String {
        // Howard Hinnant, chrono-compatible low-level date algorithms: the year begins in March.
        let days = number + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let padded = { (number: Int, width: Int) in
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(dayOfYear - (153 * shifted + 2) / 5 + 1, 2))"
    }

    /// The day a number of days later.
    public func adding(_ days: Int) -> Day { Day(number: number + days) }

    /// Whether one day is before another.
    public static func < (left: Day, right: Day) -> Bool { left.number < right.number }
}
