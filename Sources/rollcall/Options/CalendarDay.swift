import Domain
import Foundation
import Reports

/// A day in UTC, as 2026-12-15.
struct CalendarDay: Comparable, CustomStringConvertible {
    /// The first moment of the day.
    let start: Date
    /// As it is written, with ten characters.
    let description: String

    /// Reads a day; nil for another form, and for a day that does not exist.
    init?(_ text: String) {
        guard let start = Timestamp.startOfDay(text) else { return nil }
        (self.start, description) = (start, text)
    }

    private init(containing date: Date) {
        description = Timestamp.day(date)
        start = Timestamp.startOfDay(description) ?? date
    }

    /// The day now, in UTC.
    static var today: CalendarDay { given ?? CalendarDay(containing: Date()) }

    /// The day that a debug build reads from `ROLLCALL_TODAY`, so that samples with dates do not get old.
    static var given: CalendarDay? {
        #if DEBUG
            CalendarDay(ProcessInfo.processInfo.environment["ROLLCALL_TODAY"] ?? "")
        #else
            nil
        #endif
    }

    static func < (left: CalendarDay, right: CalendarDay) -> Bool { left.start < right.start }
    static func == (left: CalendarDay, right: CalendarDay) -> Bool { left.start == right.start }
}

/// The period of a review, which is text for people. What looks like a quarter, a half-year, a month, a week or a day has to
/// exist.
enum ReviewPeriod {
    /// What is wrong with a period; nil if nothing is.
    static func problem(with text: String) -> String? {
        let plain = text.trimmingCharacters(in: .whitespaces)
        if plain.isEmpty { return "is empty; use a period such as 2026-Q4." }
        if Terminal.plain(plain, limit: .max) != plain { return "contains characters that cannot be shown." }
        let bounds = plain.split(separator: "/").map(String.init)
        if let wrong = bounds.first(where: { !exists($0) }) {
            let problem = bounds.count == 1 ? "does not exist" : "contains \(wrong), which does not exist"
            return problem + "; use a period such as 2026-Q4, 2026-H2, 2026-11 or 2026-10-01/2026-12-31."
        }
        let days = bounds.compactMap { CalendarDay($0) }
        if days.count == 2, bounds.count == 2, days[1] < days[0] { return "ends before it begins." }
        return nil
    }

    /// Whether a text is no calendar period, or one that exists.
    private static func exists(_ text: String) -> Bool {
        guard let match = text.wholeMatch(of: #/(\d{4})-?([QqHhWw]?)(\d{1,2})(-\d{1,2})?/#) else { return true }
        let number = Int(match.output.3) ?? 0
        switch match.output.2.uppercased() {
        case "Q": return (1...4).contains(number)
        case "H": return (1...2).contains(number)
        case "W": return (1...53).contains(number)
        default:
            // Years in one number, such as 202612, are not calendar periods.
            guard text.contains("-") else { return true }
            return match.output.4 == nil ? (1...12).contains(number) : CalendarDay(text) != nil
        }
    }
}
