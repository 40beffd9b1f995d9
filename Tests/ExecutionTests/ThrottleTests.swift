import Domain
import Testing

@testable import Execution

@Suite struct ThrottleTests {
    /// When the next so many requests leave, if somebody asks again as soon as they may.
    private func departures(_ count: Int, from throttle: inout Throttle, at start: Duration = .zero) -> [Duration] {
        var now = start
        return (0..<count).map { _ in
            while let wait = throttle.admit(at: now) { now += wait }
            return now
        }
    }

    @Test(arguments: [0.5, 1, 10, 50, 1000])
    func `the rate is kept over time, with a small burst at the start`(rate: Double) {
        var throttle = Throttle(rate: rate)
        let last = departures(200, from: &throttle).last ?? .zero
        let burst = max(2, rate / 10 + 1)
        #expect(last.inSeconds >= (199 - burst) / rate)
        #expect(last.inSeconds <= 200 / rate)
    }

    @Test func `no limit is no wait`() {
        var throttle = Throttle(rate: nil)
        #expect(departures(1000, from: &throttle).allSatisfy { $0 == .zero })
    }

    @Test(arguments: [1e21, 1e300, .greatestFiniteMagnitude])
    func `a rate beyond counting is as good as none`(rate: Double) {
        var throttle = Throttle(rate: rate)
        #expect(departures(1000, from: &throttle).allSatisfy { $0 == .zero })
        #expect(ExecutionOptions(rate: rate, concurrency: 8, maxAttempts: 5, timeout: .seconds(30)).chunk == 100)
    }

    @Test(arguments: [1e-12, 1e-300, .leastNonzeroMagnitude])
    func `at a rate of next to nothing the second request waits`(rate: Double) {
        var throttle = Throttle(rate: rate)
        _ = departures(2, from: &throttle)
        #expect(throttle.admit(at: .seconds(3600)) ?? .zero > .seconds(3600))
    }

    @Test func `no limit is no limit again, long after a refusal`() {
        var throttle = Throttle(rate: nil)
        throttle.slowDown(at: .zero, sentAt: .zero, retryAfter: .seconds(1))
        #expect(throttle.isSlowed)
        for second in stride(from: 10, through: 3600, by: 5) { _ = throttle.admit(at: .seconds(second)) }
        #expect(throttle.rate == nil)
        #expect(!throttle.isSlowed)
    }

    @Test func `several refusals of one burst halve the rate once`() {
        var throttle = Throttle(rate: 100)
        _ = departures(10, from: &throttle)
        for _ in 0..<8 { throttle.slowDown(at: .seconds(1), sentAt: .milliseconds(900), retryAfter: .seconds(2)) }
        #expect(throttle.rate == 50)
        #expect(throttle.pausedUntil == .seconds(3))
        throttle.slowDown(at: .seconds(4), sentAt: .seconds(3.5), retryAfter: .seconds(2))
        #expect(throttle.rate == 25)
    }

    @Test func `without a stated time the pause doubles, up to a minute`() {
        var throttle = Throttle(rate: 100)
        var now = Duration.zero
        let pauses = (0..<9).map { _ in
            throttle.slowDown(at: now, sentAt: now, retryAfter: nil)
            let pause = throttle.pausedUntil - now
            now = throttle.pausedUntil
            return Int(pause.inSeconds)
        }
        #expect(pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60])
        #expect(throttle.rate == 5)
    }

    @Test func `the rate recovers step by step, to what was asked for and not above`() {
        var throttle = Throttle(rate: 10)
        throttle.slowDown(at: .zero, sentAt: .zero, retryAfter: .seconds(1))
        #expect(throttle.rate == 5)
        _ = throttle.admit(at: .seconds(5.9))
        #expect(throttle.rate == 5)
        var rates: [Double] = []
        for second in stride(from: 6, through: 60, by: 5) {
            _ = throttle.admit(at: .seconds(second))
            rates.append(throttle.rate ?? 0)
        }
        #expect(rates.prefix(6) == [6, 7, 8, 9, 10, 10])
        #expect(!throttle.isSlowed)
    }
}
