import Foundation
import Reports
import Testing

/// Which days a period has, and when it is ahead or over.
@Suite struct ReviewPeriodTests {
    @Test(arguments: [
        ("2026-Q4", "2026-10-01", "2026-12-31"), ("2026q1", "2026-01-01", "2026-03-31"),
        ("2026-H2", "2026-07-01", "2026-12-31"), ("2026-02", "2026-02-01", "2026-02-28"),
        ("2028-02", "2028-02-01", "2028-02-29"), ("2026-W01", "2025-12-29", "2026-01-04"),
        ("2026-W53", "2026-12-28", "2027-01-03"), ("2026-11-28", "2026-11-28", "2026-11-28"),
        (" 2026-10-01/2026-12-31 ", "2026-10-01", "2026-12-31"), ("2026-Q3/2026-Q4", "2026-07-01", "2026-12-31"),
    ])
    func `a period of the calendar has a first and a last day`(text: String, first: String, last: String) throws {
        let period = try #require(ReviewPeriod(text))
        #expect(period.firstDay == first && period.lastDay == last)
    }

    @Test(arguments: [
        "FY2027-Q1", "2026", "202612", "2026-Q5", "second half", "", "2026-12-31/2026-10-01", "2026-Q1/2026-Q2/2026-Q3",
        "2026-Q1/", "/",
    ])
    func `any other text is no period of the calendar`(text: String) { #expect(ReviewPeriod(text) == nil) }

    /// 14 hours before and 12 hours after the days of UTC.
    @Test(arguments: [
        ("2026-09-30T09:59:59.999Z", true, false), ("2026-09-30T10:00:00.000Z", false, false),
        ("2026-12-31T23:59:59.000Z", false, false), ("2027-01-01T11:59:59.999Z", false, false),
        ("2027-01-01T12:00:00.000Z", false, true),
    ])
    func `a period begins and ends in any time zone`(text: String, isAhead: Bool, isOver: Bool) throws {
        let (period, time) = (try #require(ReviewPeriod("2026-Q4")), try #require(Timestamp.date(text)))
        #expect(period.isAhead(of: time) == isAhead && period.isOver(at: time) == isOver)
    }
}
