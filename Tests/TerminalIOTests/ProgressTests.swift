import Domain
import Testing

@testable import TerminalIO

/// What is said of work that takes a while, and when; on made-up time.
@Suite struct ProgressTests {
    private func text(_ stage: Stage, after elapsed: Duration = .seconds(4), perSecond: Double? = nil) -> String {
        StageReport(stage: stage, elapsed: elapsed, perSecond: perSecond ?? stage.perSecond).text
    }

    @Test func `counts, rate, time left, and what is waited for`() {
        let cases: [(Stage, perSecond: Double?, String)] = [
            (
                Stage(name: "Listing users", unit: .bytes, wait: .until("the answer")), nil,
                "Listing users, waiting 4 s for the answer"
            ),
            (
                Stage(name: "Listing users", unit: .bytes, done: 12_300_000, total: 49_200_000), 4_100_000,
                "Listing users 12.3 MB of 49.2 MB, about 9 s left, 4.1 MB/s"
            ),
            (
                Stage(name: "Listing users", unit: .bytes, done: 12_300), 900,
                "Listing users 12 kB, 1 kB/s"
            ),
            (
                Stage(name: "Reading people.csv", done: 450_000, share: 0.45), 112_500,
                "Reading people.csv: 45 %, 450,000 rows, about 5 s left, 112,500/s"
            ),
            (
                Stage(name: "Writing review.xlsx", done: 4096, total: 8192), 1024,
                "Writing review.xlsx 4,096 of 8,192, about 4 s left, 1,024/s"
            ),
            (Stage(name: "Planning"), nil, "Planning"),
            (Stage(name: "Hashing answer.json", unit: .files), 0, "Hashing answer.json"),
        ]
        for (stage, perSecond, expected) in cases { #expect(text(stage, perSecond: perSecond) == expected) }
    }

    @Test func `a second of silence, then a line at once, an event a second, a plain line after five`() {
        var pace = ProgressPace()
        var seen: [(Int, ProgressPace.Due)] = []
        for step in 0...60 {
            let now = Duration.milliseconds(200 * step)
            let stage = Stage(name: "Reading", done: step * 100)
            seen.append((200 * step, pace.tick(stage, number: 1, began: .zero, now: now).1))
        }
        #expect(seen.first { $0.1.redraw }?.0 == 1000)
        #expect(seen.filter { $0.1.line }.map(\.0) == [5000, 10_000])
        #expect(seen.filter { $0.1.event }.map(\.0) == Array(stride(from: 1000, through: 12_000, by: 1000)))
    }

    @Test func `the five seconds go on over stages, and begin anew after a pause`() {
        var pace = ProgressPace()
        var lines: [Int] = []
        let tick = { (number: Int, began: Int, at: Int) in
            let due = pace.tick(
                Stage(name: "Stage"), number: number, began: .seconds(began), now: .seconds(at)
            ).1
            if due.line { lines.append(at) }
        }
        for at in 0...3 { tick(1, 0, at) }
        for at in 3...7 { tick(2, 3, at) }
        #expect(lines == [5])
        for at in 60...66 { tick(3, 60, at) }
        #expect(lines == [5, 65])
    }

    @Test func `the rate is that of the last seconds, and of this stage alone`() {
        var pace = ProgressPace()
        var report = StageReport(stage: Stage(name: ""), elapsed: .zero, perSecond: nil)
        for step in 0...50 {
            let stage = Stage(name: "Reading", done: step * 200, total: 20_000)
            report = pace.tick(stage, number: 1, began: .zero, now: .milliseconds(200 * step)).0
        }
        #expect(report.perSecond.map { abs($0 - 1000) < 1 } == true)
        #expect(report.left == .seconds(10))
        let next = Stage(name: "Writing", done: 0, total: 20_000)
        report = pace.tick(next, number: 2, began: .seconds(10), now: .milliseconds(10_200)).0
        #expect(report.perSecond == nil)
    }

    @Test(arguments: [
        ("plain", 5), ("Grüße", 5), ("Gru\u{308}\u{df}e", 5), ("漢字", 4), ("한글", 4), ("", 0), ("ａｂ", 4),
    ])
    func `text is counted in columns`(text: String, columns: Int) {
        #expect(Columns.count(text) == columns)
    }

    @Test func `text is cut between characters`() {
        #expect(Columns.fit("漢字abc", into: 5) == "漢字a")
        #expect(Columns.fit("漢字abc", into: 3) == "漢")
        #expect(Columns.fit("u\u{308}u\u{308}", into: 1) == "u\u{308}")
        #expect(Columns.fit("abc", into: 0) == "")
        #expect(Columns.fit("abc", into: -1) == "")
    }

    @Test func `JSON for a terminal says the same without steering it`() throws {
        #expect(Terminal.plainJSON("{\"a\":\"b\"}\n") == "{\"a\":\"b\"}\n")
        #expect(Terminal.plainJSON("\"\u{9b}2J\u{202e}\u{e0001}\"") == #""\u009b2J\u202e\udb40\udc01""#)
    }
}
