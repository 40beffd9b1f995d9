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
