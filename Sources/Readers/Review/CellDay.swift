import Foundation

/// A date as a spreadsheet stores it: the number of days since the end of 1899, or since the beginning of 1904.
enum CellDay {
    /// The days from 1970-01-01 back to the day 0 of each calendar.
    private static let (since1900, since1904) = (25_569.0, 24_107.0)
    /// Numbers outside this range (1954 to 2119) are not dates of reviews.
    private static let days = 20_000.0..<80_000

    /// `2026-12-31`, or `2026-12-31T14:05` if there is a time, which has no time zone; other text as it is.
    static func text(_ cell: String, countsFrom1904: Bool) -> String {
        guard cell.utf8.first.map({ (0x30...0x39).contains($0) }) == true, let number = Double(cell) else {
            return cell
        }
        let day = number + (countsFrom1904 ? since1900 - since1904 : 0)
        guard days.contains(day) else { return cell }
        let minutes = ((day - since1900) * 1440).rounded()
        let text = Date(timeIntervalSince1970: minutes * 60).formatted(.iso8601)
        return String(text.prefix(minutes.truncatingRemainder(dividingBy: 1440) == 0 ? 10 : 16))
    }
}
