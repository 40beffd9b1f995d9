import Domain
import Foundation

/// The period of a review, if it is one of the calendar: a quarter, a half-year, a month, an ISO week, a day, or a range of
/// them. Any other text is for people only, and is not compared with times.
public struct ReviewPeriod: Hashable, Sendable {
    /// The first day, as 2026-10-01.
    public let firstDay: String
    /// The last day, as 2026-12-31.
    public let lastDay: String
    /// The start of the first day in UTC.
    private let begin: Date
    /// The end of the last day in UTC.
    private let end: Date

    /// A day begins up to 14 hours earlier than in UTC, and ends up to 12 hours later, depending on the time zone.
    private static let earliest: TimeInterval = -14 * 3600
    private static let latest: TimeInterval = 12 * 3600

    /// Reads a period; nil for a text that is none of the calendar, or one that does not exist.
    public init?(_ text: String) {
        let bounds = text.trimmingCharacters(in: .whitespaces).split(separator: "/", omittingEmptySubsequences: false)
        guard bounds.count <= 2, let first = bounds.first.flatMap({ Self.days(String($0)) }),
            let last = bounds.last.flatMap({ Self.days(String($0)) }), first.lowerBound < last.upperBound
        else { return nil }
        begin = first.lowerBound
        end = last.upperBound
        firstDay = Timestamp.day(begin)
        lastDay = Timestamp.day(end.addingTimeInterval(-1))
    }

    /// Whether the period had not begun at a time in any time zone.
    public func isAhead(of time: Date) -> Bool { time < begin.addingTimeInterval(Self.earliest) }

    /// Whether the period was over at a time in every time zone.
    public func isOver(at time: Date) -> Bool { time >= end.addingTimeInterval(Self.latest) }

    /// What is wrong with the text of a period; nil if nothing is. What looks like a period of the calendar has to exist.
    public static func problem(with text: String) -> String? {
        let plain = text.trimmingCharacters(in: .whitespaces)
        if plain.isEmpty { return "is empty; use a period such as 2026-Q4." }
        if Terminal.plain(plain, limit: .max) != plain { return "contains characters that cannot be shown." }
        let bounds = plain.split(separator: "/").map(String.init)
        if let wrong = bounds.first(where: { isOfCalendar($0) && Self.days($0) == nil }) {
            let problem = bounds.count == 1 ? "does not exist" : "contains \(wrong), which does not exist"
            return problem + "; use a period such as 2026-Q4, 2026-H2, 2026-11 or 2026-10-01/2026-12-31."
        }
        let days = bounds.compactMap { Timestamp.startOfDay($0) }
        if days.count == 2, bounds.count == 2, days[1] < days[0] { return "ends before it begins." }
        return nil
    }

    /// Four digits, a letter, and one or two numbers.
    private static func parts(_ text: String) -> (year: Int, letter: String, number: Int, day: String?)? {
        guard let match = text.wholeMatch(of: #/(\d{4})-?([QqHhWw]?)(\d{1,2})(-\d{1,2})?/#),
            let year = Int(match.output.1), let number = Int(match.output.3)
        else { return nil }
        return (year, match.output.2.uppercased(), number, match.output.4.map(String.init))
    }

    /// Years in one number, such as 202612, are no periods of the calendar.
    private static func isOfCalendar(_ text: String) -> Bool {
        parts(text).map { !$0.letter.isEmpty || text.contains("-") } ?? false
    }

    /// From the start of the first day to the end of the last one, in UTC.
    private static func days(_ text: String) -> Range<Date>? {
        guard isOfCalendar(text), let (year, letter, number, day) = parts(text) else { return nil }
        switch letter {
        case "Q" where (1...4).contains(number): return months(number * 3 - 2, 3, of: year)
        case "H" where (1...2).contains(number): return months(number * 6 - 5, 6, of: year)
        case "W" where (1...53).contains(number): return week(number, of: year)
        case "" where day != nil:
            return Timestamp.startOfDay(text).map { $0..<$0.addingTimeInterval(86_400) }
        case "" where (1...12).contains(number): return months(number, 1, of: year)
        default: return nil
        }
    }

    private static func months(_ first: Int, _ count: Int, of year: Int) -> Range<Date>? {
        let calendar = gregorian
        guard let begin = calendar.date(from: DateComponents(year: year, month: first)),
            let end = calendar.date(byAdding: .month, value: count, to: begin)
        else { return nil }
        return begin..<end
    }

    /// The week that starts on a Monday; the first one of a year has its 4 January (ISO 8601).
    private static func week(_ number: Int, of year: Int) -> Range<Date>? {
        let calendar = gregorian
        guard let fourth = calendar.date(from: DateComponents(year: year, month: 1, day: 4)) else { return nil }
        let sinceMonday = (calendar.component(.weekday, from: fourth) + 5) % 7
        let begin = fourth.addingTimeInterval(TimeInterval((number - 1) * 7 - sinceMonday) * 86_400)
        return begin..<begin.addingTimeInterval(7 * 86_400)
    }

    private static var gregorian: Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar
    }
}
