import Domain
import Foundation

/// A date as written in a cell. `03/02/2026` can be two different days, so there is an earliest and a latest day.
struct WrittenDate: Equatable, Sendable {
    /// Days since 1970-01-01.
    let earliest, latest: Int

    /// nil for a text that does not begin with a date.
    ///
    /// - Parameters:
    ///   - order: how `03/02/2026` is read; nil for both ways.
    ///   - from1904: whether the days of a workbook are counted from 1904.
    init?(_ text: String, order: DateOrder? = nil, from1904: Bool = false) {
        guard text.utf8.count <= 60, let days = Self.days(in: text.prefix(40), order, from1904),
            let first = days.min()
        else { return nil }
        (earliest, latest) = (first, days.max() ?? first)
    }

    private static func days(in text: Substring, _ order: DateOrder?, _ from1904: Bool) -> [Int]? {
        if let named = MonthName.day(in: text) { return [named] }
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        if digits.count == text.count || isTimeOfDay(text.dropFirst(digits.count), after: digits),
            let day = counted(digits, from1904)
        {
            return [day]
        }
        // The generalized time of LDAP, or a date without separators.
        if digits.count == 8 || digits.count == 14 {
            return Int(digits.prefix(8)).flatMap { number($0 / 10000, $0 / 100 % 100, $0 % 100) }.map { [$0] }
        }
        let separators: Set<Character> = ["-", "/", ".", "年", "月"]
        let rest = text.dropFirst(digits.count)
        guard let separator = rest.first, separators.contains(separator) else { return nil }
        let second = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
        let tail = rest.dropFirst(1 + second.count)
        guard let next = tail.first, next == separator || next == "月" else { return nil }
        let third = tail.dropFirst().prefix { $0.isASCII && $0.isNumber }
        guard let a = Int(digits), let b = Int(second), let c = Int(third), third.count <= 4 else { return nil }
        if digits.count == 4 { return number(a, b, c).map { [$0] } }
        guard digits.count <= 2, third.count == 4 || third.count == 2 else { return nil }
        let year = third.count == 2 ? 2000 + c : c
        let dayFirst = number(year, b, a)
        // Dates with dots begin with the day.
        let monthFirst = separator == "." ? nil : number(year, a, b)
        let found: [Int?] =
            switch separator == "." ? .dayFirst : order {
            case .dayFirst: [dayFirst]
            case .monthFirst: [monthFirst]
            case nil: [dayFirst, monthFirst]
            }
        return found.contains { $0 != nil } ? found.compactMap { $0 } : nil
    }

    /// A time as a number: seconds or milliseconds since 1970 (from 2001 to 2286), or the days that Excel counts from
    /// 1899-12-30 (from 1982 to 2064).
    private static func counted(_ digits: Substring, _ from1904: Bool) -> Int? {
        guard let number = Int(digits) else { return nil }
        switch digits.count {
        case 10: return number / 86_400
        case 13: return number / 86_400_000
        case 5 where (30_000...60_000).contains(number): return number - (from1904 ? 24_107 : 25_569)
        default: return nil
        }
    }

    /// Whether a fraction of a day follows, as a workbook stores a day with a time: `46053.729166`.
    private static func isTimeOfDay(_ rest: Substring, after digits: Substring) -> Bool {
        digits.count == 5 && rest.first == "." && rest.count > 1
            && rest.dropFirst().allSatisfy { $0.isASCII && $0.isNumber }
    }

    /// Days since 1970-01-01 in the Gregorian calendar; nil for a day that does not exist.
    static func number(_ year: Int, _ month: Int, _ day: Int) -> Int? { Day(year, month, day)?.number }
}

/// How a date such as 03/02/2026 is read.
public enum DateOrder: String, CaseIterable, Sendable {
    /// The day, the month, the year.
    case dayFirst = "D/M/Y"
    /// The month, the day, the year.
    case monthFirst = "M/D/Y"
}
