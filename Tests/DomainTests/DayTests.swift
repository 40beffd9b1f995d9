import Domain
import Testing

@Suite struct DayTests {
    @Test(arguments: ["1600-01-01", "1969-12-31", "1970-01-01", "2000-02-29", "2026-11-28", "2100-02-28", "9999-12-31"])
    func `a day is written as it is read`(text: String) {
        #expect(Day(text)?.description == text)
    }

    @Test func `every day of a century has its own number and text`() throws {
        let first = try #require(Day(1999, 1, 1))
        for number in 0..<40_000 {
            let day = first.adding(number)
            #expect(Day(day.description) == day)
        }
    }

    @Test(arguments: ["2026-02-30", "2100-02-29", "2026-13-01", "26-01-01", "2026-1-1", "2026-01-01x", ""])
    func `a text that is no day is refused`(text: String) { #expect(Day(text) == nil) }
}
