import Domain
import Foundation
import Testing

/// Times of an audit log, whose form the API does not document.
@Suite struct EventTimeTests {
    @Test(arguments: [
        ("2026-01-31T09:00:00Z", 0.0, true), ("2026-01-31T09:00:00.25z", 0.25, true),
        ("2026-01-31 09:00:00.123456+00:00", 0.123, true), ("2026-01-31T10:00:00+01:00", 0, true),
        ("2026-01-31T03:30:00-0530", 0, true), ("2026-01-31T11:00+02", 0, true),
        ("2026-01-31 09:00:00 UTC", 0, true), ("2026-01-31t09:00:00,9 GMT", 0.9, true),
        ("2026-01-30T20:00:00-13:00", 0, true), ("2026-01-31T08:59:60Z", 0, true),
        ("2026-01-31T09:00:00", 0, false), ("2026-01-31 09:00:00.000001", 0, false), ("2026-01-31 09:00", 0, false),
    ])
    func `a time is read`(text: String, seconds: Double, hasZone: Bool) throws {
        let time = try #require(EventTime(text))
        #expect(time.moment == Date(timeIntervalSince1970: 1_769_850_000 + seconds + 0.0002).asRecorded)
        #expect(time.hasZone == hasZone)
    }

    @Test(arguments: [
        "", "2026-01-31", "1769850000", "31/01/2026 09:00", "2026-02-30T09:00:00Z", "2026-01-31T24:00:00Z",
        "2026-01-31T09:60:00Z", "2026-01-31T09:00:61Z", "2026-01-31T09:00:00.Z", "2026-01-31T09:00:00 PST",
        "2026-01-31T09:00:00+15:00", "2026-01-31T09:00:00+01:", "2026-01-31T09:00:00+1", "2026-01-31T09:00:00Z ",
        "Sat, 31 Jan 2026 09:00:00 GMT", "2026-01-31T09:00:00+01:60", "٢٠٢٦-01-31T09:00:00Z", "2026-1-31T09:00:00Z",
    ])
    func `what could be read in several ways, or is no time, is not read`(text: String) {
        #expect(EventTime(text) == nil)
    }

    @Test func `a time without a zone may be earlier or later`() throws {
        let time = try #require(EventTime("2026-01-31T09:00:00"))
        #expect(time.moment.timeIntervalSince(time.earliest) == 14 * 3600)
        #expect(time.latest.timeIntervalSince(time.moment) == 12 * 3600)
        #expect(try time > #require(EventTime("2026-01-31T20:00:00Z")))
        #expect(try time < #require(EventTime("2026-01-31T21:30:00Z")))
    }
}
