import Domain
import Foundation

/// Writes times in reports.
public enum Timestamp {
    /// The form of a time.
    enum Form {
        /// ISO 8601 in UTC with milliseconds, for example `2026-01-31T09:00:00.250Z`.
        case milliseconds
        /// Without milliseconds, for readers: `2026-01-31T09:00:00Z`.
        case seconds
        /// Below a heading that names UTC: `2026-01-31 09:00:00`.
        case plain
    }

    /// ISO 8601 in UTC with milliseconds, for example `2026-01-31T09:00:00.250Z`.
    public static func text(_ date: Date) -> String { text(date, toSeconds: false) }

    /// ISO 8601 in UTC, optionally without milliseconds for readers: `2026-01-31T09:00:00Z`.
    public static func text(_ date: Date, toSeconds: Bool) -> String {
        String { append(date, as: toSeconds ? .seconds : .milliseconds, to: &$0) }
    }

    /// The day in UTC: `2026-01-31`.
    public static func day(_ date: Date) -> String { String(text(date).prefix { $0 != "T" }) }

    /// The start of a day in UTC, `2026-01-31`; nil for another form, and for a day that does not exist.
    public static func startOfDay(_ text: String) -> Date? {
        guard let start = try? Date(text, strategy: .iso8601.year().month().day()), day(start) == text else {
            return nil
        }
        return start
    }

    /// The time that ``text(_:)`` has written, as ``Foundation/Date/asRecorded``; nil for another form.
    public static func recorded(_ text: String) -> Date? {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        guard let time = try? Date(text, strategy: style) else { return nil }
        // The parsed time may be a little less than the millisecond.
        let recorded = time.addingTimeInterval(0.0005).asRecorded
        return self.text(recorded) == text ? recorded : nil
    }

    /// The time in a text that this type has written; nil for any other text.
    public static func date(_ text: String) -> Date? {
        (try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
            ?? (try? Date(text, strategy: Date.ISO8601FormatStyle()))
    }

    /// Appends a time.
    static func append(_ date: Date, as form: Form = .milliseconds, to bytes: inout RowBytes) {
        guard let moment = Moment(date) else { return bytes.append(text: foundationText(date, form)) }
        bytes.append(pair: moment.year / 100)
        bytes.append(pair: moment.year % 100)
        bytes.append(0x2d)
        bytes.append(pair: moment.month)
        bytes.append(0x2d)
        bytes.append(pair: moment.day)
        bytes.append(form == .plain ? 0x20 : 0x54)
        bytes.append(pair: moment.second / 3600)
        bytes.append(0x3a)
        bytes.append(pair: moment.second / 60 % 60)
        bytes.append(0x3a)
        bytes.append(pair: moment.second % 60)
        if form == .milliseconds {
            bytes.append(0x2e)
            bytes.append(pair: moment.millisecond / 10)
            bytes.append(0x30 + UInt8(moment.millisecond % 10))
        }
        if form != .plain { bytes.append(0x5a) }
    }

    /// The text by Foundation, for any time. This takes a hundred times as long, and a report has millions of times.
    static func foundationText(_ date: Date, _ form: Form) -> String {
        let text = date.formatted(
            .iso8601.year().month().day().time(includingFractionalSeconds: form == .milliseconds)
                .timeZone(separator: .omitted))
        return form == .plain ? text.replacing("T", with: " ").replacing("Z", with: "") : text
    }
}

/// A time in the calendar, in UTC.
private struct Moment {
    var year, month, day: Int
    /// The second of the day.
    var second: Int
    var millisecond: Int

    /// Nil before 2003 and after 2380; Foundation is used for these times.
    init?(_ date: Date) {
        let seconds = date.timeIntervalSinceReferenceDate
        // From 2^26 seconds on, the fraction of a Double has so few bits that a thousand times the fraction is exact,
        // so the milliseconds are the same as those of Foundation.
        guard seconds >= 0x400_0000, seconds < 12_000_000_000 else { return nil }
        let whole = seconds.rounded(.down)
        millisecond = Int((seconds - whole) * 1000)
        second = Int(whole) % 86_400
        // Days since 0000-03-01, so that a leap day is the last of its year (Howard Hinnant, *chrono-compatible
        // low-level date algorithms*, `civil_from_days`); the reference date is 2001-01-01.
        let days = Int(whole) / 86_400 + 11_323 + 719_468
        let era = days / 146_097
        let ofEra = days % 146_097
        let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * ofYear + 2) / 153
        day = ofYear - (153 * shifted + 2) / 5 + 1
        month = shifted < 10 ? shifted + 3 : shifted - 9
        year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    }
}

extension RowBytes {
    /// Appends the two digits of a number below 100.
    fileprivate mutating func append(pair number: Int) {
        append(0x30 + UInt8(number / 10))
        append(0x30 + UInt8(number % 10))
    }
}
