import Foundation

/// A quarter of a year.
enum Quarter {
    /// `2026-Q4`, in UTC.
    static func containing(_ date: Date) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month], from: date)
        return "\(parts.year ?? 0)-Q\(((parts.month ?? 1) - 1) / 3 + 1)"
    }
}
