import Foundation
import JSONReading

/// The `Retry-After` header: seconds, in some servers with a fraction, or one of the three date forms of RFC 9110
/// section 5.6.7.
///
/// libcurl's `curl_getdate` also accepts dates without a time, without seconds and in other time zones, which RFC 9110
/// does not allow.
enum RetryAfter {
    /// The maximum wait, a day in seconds; longer values are reduced to it.
    static let longest = 86_400

    /// How long to wait from `now`, zero to a day; nil if the value is not valid.
    static func parse(_ text: String?, now: Date) -> Duration? {
        guard let text = text?.trimmingCharacters(in: .whitespaces), !text.isEmpty else { return nil }
        if let seconds = seconds(text) { return seconds }
        guard let date = date(text, now: now) else { return nil }
        let wait = date.timeIntervalSince(now).rounded(.up)
        return .seconds(Int(max(0, min(wait, Double(longest)))))
    }

    /// A number of seconds in a JSON value.
    static func seconds(_ value: JSONValue) -> Duration? {
        switch value {
        case .integer(let number): number >= 0 ? .seconds(min(number, longest)) : nil
        case .number(let number): number >= 0 ? .seconds(min(number, Double(longest))) : nil
        case .string(let text): seconds(text)
        default: nil
        }
    }

    /// A number of seconds, with a fraction or without: `30`, `1.5`.
    static func seconds(_ text: String) -> Duration? {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2e }), let number = Double(text) else {
            return nil
        }
        return .seconds(min(number, Double(longest)))
    }

    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    /// A date in a header; nil if it is not valid.
    static func date(_ text: String, now: Date) -> Date? {
        let words = text.lowercased().split { $0 == " " || $0 == "," || $0 == "-" }
        switch words.count {
        // Sun, 06 Nov 1994 08:49:37 GMT, and Sunday, 06-Nov-94 08:49:37 GMT
        case 6 where words[5] == "gmt":
            guard let year = fullYear(words[3], now: now) else { return nil }
            return date(year: year, month: words[2], day: words[1], time: words[4])
        // Sun Nov  6 08:49:37 1994
        case 5 where words[4].count == 4:
            guard let year = Int(words[4]) else { return nil }
            return date(year: year, month: words[1], day: words[2], time: words[3])
        default: return nil
        }
    }

    /// A two-digit year more than 50 years in the future belongs to the previous century (RFC 9110 section 5.6.7).
    private static func fullYear(_ text: Substring, now: Date) -> Int? {
        guard let year = Int(text), year >= 0 else { return nil }
        switch text.count {
        case 4: return year
        case 2:
            let thisYear = 1970 + Int(now.timeIntervalSince1970 / 31_556_952)
            let full = thisYear / 100 * 100 + year
            return full > thisYear + 50 ? full - 100 : full
        default: return nil
        }
    }

    private static func date(year: Int, month: Substring, day: Substring, time: Substring) -> Date? {
        let clock = time.split(separator: ":", omittingEmptySubsequences: false)
        guard let month = months.firstIndex(of: String(month)), let day = Int(day), (1...31).contains(day),
            clock.count == 3, let hour = Int(clock[0]), let minute = Int(clock[1]), let second = Int(clock[2]),
            (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second)
        else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar.date(
            from: DateComponents(
                year: year, month: month + 1, day: day, hour: hour, minute: minute, second: second))
    }
}
