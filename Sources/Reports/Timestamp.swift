import Foundation

/// How every report writes a moment.
public enum Timestamp {
    /// ISO 8601 in UTC with milliseconds, for example `2026-01-31T09:00:00.250Z`.
    public static func text(_ date: Date) -> String { text(date, toSeconds: false) }

    /// The same without milliseconds, where people read it: `2026-01-31T09:00:00Z`.
    public static func text(_ date: Date, toSeconds: Bool) -> String {
        date.formatted(
            .iso8601.year().month().day().time(includingFractionalSeconds: !toSeconds).timeZone(separator: .omitted))
    }
}
