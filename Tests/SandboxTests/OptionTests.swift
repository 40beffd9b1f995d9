import Sandbox
import Testing

@Suite struct RateTests {
    @Test(
        arguments: [
            ("20/s", 20, Duration.seconds(1)), ("100/m", 100, .seconds(60)), ("1000/h", 1000, .seconds(3600)),
            ("1/s", 1, .seconds(1)),
        ])
    func `a rate is a count and a unit`(text: String, count: Int, period: Duration) throws {
        let rate = try Rate(parsing: text)
        #expect(rate.count == count)
        #expect(rate.period == period)
    }

    @Test(
        arguments: [
            "", "20", "20/", "/s", "0/s", "-1/s", "1.5/s", "20/d", "20/s/s", "20 /s", "99999999999999999999/s",
        ])
    func `anything else is refused, with the forms`(text: String) {
        let sentence = "\"\(text)\" is not a rate; use a form like 20/s, 100/m or 1000/h"
        #expect { try Rate(parsing: text) } throws: { "\($0)" == sentence }
    }
}

@Suite struct DelayTests {
    @Test(
        arguments: [
            ("50ms", Duration.milliseconds(50)), ("0ms", .zero), ("2s", .seconds(2)), ("1.5s", .milliseconds(1_500)),
            ("0.5m", .seconds(30)), ("1m", .seconds(60)), ("1440m", .seconds(86_400)),
        ])
    func `a delay is a number and a unit`(text: String, duration: Duration) throws {
        #expect(try Delay(parsing: text).duration == duration)
    }

    @Test(
        arguments: [
            "", "50", "ms", "50 ms", "-1s", "+1s", "1h", "1S", "1e3s", "1,5s", "1.2.3s", ".s", "inf", "nan", "½s", "٣s",
            "1441m", "99999999999999999999s", "1s2",
        ])
    func `anything else is refused, with the forms`(text: String) {
        let sentence = "\"\(text)\" is not a time up to a day; use a form like 50ms, 2s or 1m"
        #expect { try Delay(parsing: text) } throws: { "\($0)" == sentence }
    }

    @Test func `what is quoted is safe to print`() {
        #expect { try Delay(parsing: "\u{1b}[2J") } throws: { "\($0)".hasPrefix("\"\\u{1b}[2J\" is not a time") }
        #expect { try Rate(parsing: "\u{1b}[2J") } throws: { "\($0)".hasPrefix("\"\\u{1b}[2J\" is not a rate") }
        #expect { try FaultPlan(parsing: "\u{1b}[2J") } throws: { "\($0)".hasPrefix("\"\\u{1b}[2J\" is not a fault") }
    }
}
