import Domain
import Foundation
import Synchronization
import Testing

@testable import Execution

@Suite struct BatchExecutorTests {
    @Test(arguments: [1, 4, 32])
    func `every row is sent once and written down`(concurrency: Int) async throws {
        let bench = try Bench(rows: 1000, concurrency: concurrency) { _, _, _ in .done }
        #expect(try await bench.executor.run() == .finished)
        #expect(bench.journal.counts == [.succeeded: 1000])
        #expect(bench.sender.state.withLock { $0.calls.values.allSatisfy { $0 == 1 } })
        #expect(bench.sender.state.withLock { $0.mostInFlight } <= concurrency)
    }

    @Test func `rows are claimed when they are needed, not long before`() async throws {
        let fast = try Bench(rows: 5000, concurrency: 8) { _, _, _ in .done }
        _ = try await fast.executor.run()
        #expect(fast.journal.state.withLock { $0.mostClaimed } <= 8 + 2 * 100 + 16)
        let slow = try Bench(rows: 50, rate: 10, concurrency: 8) { _, _, _ in .done }
        _ = try await slow.executor.run()
        #expect(slow.journal.state.withLock { $0.mostClaimed } <= 8)
    }

    @Test func `the rate is kept`() async throws {
        let bench = try Bench(rows: 100, rate: 10, concurrency: 8) { _, _, _ in .done }
        _ = try await bench.executor.run()
        let times = bench.sender.times
        #expect(times.max() ?? .zero >= .seconds(9.79))
    }

    @Test(
        arguments: [
            (Answer.done, Outcome.Kind.succeeded, 1),
            (.declined(reason: "no", nil), .failed, 1),
            (.noEffect(reason: "HTTP 400", .refuse(nil)), .failed, 1),
            (.unknown(reason: "reset"), .failed, 5),
        ])
    func `an answer that does not change ends in its outcome`(answer: Answer, kind: Outcome.Kind, calls: Int)
        async throws
    {
        let bench = try Bench(rows: 1) { _, _, _ in answer }
        #expect(try await bench.executor.run() == .finished)
        #expect(bench.journal.counts == [kind: 1])
        #expect(bench.sender.total == calls)
    }

    @Test(arguments: [Answer.noEffect(reason: "HTTP 400", .refuse(nil)), .declined(reason: "ok: false", nil)])
    func `a refusal needs a listing only where the row may have taken effect`(answer: Answer) async throws {
        let bench = try Bench(rows: 3) { _, _, _ in answer }
        _ = try await bench.executor.run()
        #expect(bench.journal.state.withLock { $0.settlements } == (answer.isCertain ? 0 : 1))
    }

    @Test func `a refusal for the rate is no attempt, however few there are`() async throws {
        let bench = try Bench(rows: 5, maxAttempts: 1) { _, call, _ in
            switch call {
            case ...30: .noEffect(reason: "HTTP 429", .slowDown(.init(wait: .milliseconds(10))))
            case 31: .unknown(reason: "RATE_LIMITED", slowDown: .init(wait: .milliseconds(10)))
            default: .done
            }
        }
        #expect(try await bench.executor.run() == .finished)
        #expect(bench.journal.counts == [.succeeded: 5])
        #expect(bench.journal.state.withLock { $0.attempts.values.allSatisfy { $0 == 1 } })
    }

    @Test func `Retry-After stops the whole run for as long as it says, and halves the rate`() async throws {
        let bench = try Bench(rows: 200, rate: 20, concurrency: 4) { _, _, total in
            total == 40 ? .noEffect(reason: "HTTP 429", .slowDown(.init(wait: .seconds(30)))) : .done
        }
        _ = try await bench.executor.run()
        #expect(bench.journal.counts == [.succeeded: 200])
        let times = bench.sender.times.sorted()
        let gaps = zip(times.dropFirst(), times).map { $0 - $1 }
        let longest = try #require(gaps.max())
        #expect(longest >= .seconds(29.5))
        let after = try #require(gaps.firstIndex(of: longest)) + 1
        // 10 a second in the first seconds after the pause instead of 20.
        #expect(times[after + 30] - times[after] >= .seconds(2.8))
    }

    @Test func `a row without an answer is asked about before it is sent again`() async throws {
        let lost = Mutex(Set<String>())
        let bench = try Bench(
            rows: 300,
            find: { row in
                guard case .invite(let email, _) = row.operation else { return .noEffect }
                return lost.withLock { $0.contains(email.key) } ? .tookEffect : .noEffect
            }
        ) { address, call, _ in
            // A third is lost after it took effect, a third before.
            switch (address.utf8.reduce(0) { $0 + Int($1) }) % 3 {
            case 0:
                lost.withLock { _ = $0.insert(address) }
                return call == 1 ? .unknown(reason: "reset") : .done
            case 1: return call == 1 ? .unknown(reason: "HTTP 500") : .done
            default: return .done
            }
        }
        #expect(try await bench.executor.run() == .finished)
        #expect(bench.journal.counts == [.succeeded: 300])
        let calls = bench.sender.state.withLock { $0.calls }
        for address in lost.withLock({ $0 }) { #expect(calls[address] == 1) }
        #expect(bench.journal.state.withLock { $0.settlements } == 1)
    }

    @Test func `rows of an execution that died do not hold up the others, and are settled after them`() async throws {
        let bench = try Bench(rows: 4, find: { $0.ordinal == 1 ? .tookEffect : .noEffect }) { _, _, _ in .done }
        bench.journal.state.withLock { state in
            state.outcomes[1] = .unknown(reason: "died")
            state.outcomes[2] = .unknown(reason: "died")
            state.planned.removeFirst(2)
            state.delays = [.seconds(30)]
        }
        #expect(try await bench.executor.run(open: 2) == .finished)
        #expect(bench.journal.counts == [.succeeded: 4])
        let times = bench.sender.times.sorted()
        #expect(times.count == 3)
        #expect(times[1] < .seconds(1))
        #expect(times[2] >= .seconds(30))
    }

    @Test func `a listing is asked for as often as it can decide something`() async throws {
        let bench = try Bench(rows: 1) { _, call, _ in call == 1 ? .unknown(reason: "reset") : .done }
        bench.journal.state.withLock { $0.delays = [.seconds(10), .seconds(10), .seconds(10)] }
        #expect(try await bench.executor.run() == .finished)
        #expect(bench.journal.counts == [.succeeded: 1])
        #expect(bench.sender.times[1] >= .seconds(30))
        #expect(bench.journal.state.withLock { $0.settlements } == 4)
    }

    @Test func `what no listing can tell is looked for once`() async throws {
        let bench = try Bench(rows: 3, find: { _ in .undecided(reason: "same") }) { _, _, _ in .unknown(reason: "reset")
        }
        #expect(try await bench.executor.run() == .finished)
        #expect(bench.journal.counts == [.unknown: 3])
        #expect(bench.sender.total == 3)
        #expect(bench.journal.state.withLock { $0.settlements } == 1)
    }

    @Test func `Ctrl-C while rows are settled leaves them unknown`() async throws {
        let executor = Mutex<BatchExecutor?>(nil)
        let bench = try Bench(
            rows: 2,
            onProgress: { progress in
                if case .waitingToCheck = progress.phase { executor.withLock { $0?.drain() } }
            },
            script: { _, _, _ in .unknown(reason: "reset") })
        executor.withLock { $0 = bench.executor }
        bench.journal.state.withLock { $0.delays = [.seconds(3600)] }
        #expect(try await bench.executor.run() == .interrupted)
        #expect(bench.journal.counts == [.unknown: 2])
        #expect(bench.clock.now.offset < .seconds(60))
    }

    @Test func `a workspace that cannot be listed leaves the rows unknown`() async throws {
        let roster = FixedRoster(failure: .unusable(reason: "ok: false"))
        let bench = try Bench(rows: 2, roster: roster) { _, _, _ in .unknown(reason: "reset") }
        #expect(try await bench.executor.run() == .finished)
        #expect(bench.journal.counts == [.unknown: 2])
    }

    @Test func `one wrong key does not make ten thousand calls`() async throws {
        let bench = try Bench(rows: 10_000, concurrency: 8) { _, _, _ in .noEffect(reason: "HTTP 401", .stop) }
        #expect(try await bench.executor.run() == .stopped(.credentialsRefused(reason: "HTTP 401")))
        #expect(bench.sender.total <= 8)
        #expect(bench.journal.counts.isEmpty)
        #expect(bench.journal.left == 10_000)
        #expect(bench.journal.state.withLock { $0.sending.isEmpty })
    }

    @Test func `an endpoint that went away stops the run after two minutes, and nothing counts as failed`() async throws
    {
        let bench = try Bench(rows: 1000) { _, _, total in
            total <= 10 ? .done : .noEffect(reason: "connection refused", .reconnect)
        }
        guard case .stopped(.unreachable(let reason)) = try await bench.executor.run() else {
            Issue.record("it goes on")
            return
        }
        #expect(reason.hasPrefix("connection refused (for "))
        #expect(bench.clock.now.offset >= .seconds(120))
        #expect(bench.journal.counts == [.succeeded: 10])
        #expect(bench.journal.left == 990)
        #expect(bench.journal.state.withLock { $0.attempts.values.reduce(0, +) } == 10)
    }

    @Test func `an endpoint that refuses connections for a minute does not end a run`() async throws {
        let clock = Mutex<JumpingClock?>(nil)
        let bench = try Bench(rows: 20, maxAttempts: 1) { _, _, _ in
            let now = clock.withLock { $0?.now.offset ?? .zero }
            return now < .seconds(65) ? .noEffect(reason: "connection refused", .reconnect) : .done
        }
        clock.withLock { $0 = bench.clock }
        #expect(try await bench.executor.run() == .finished)
        #expect(bench.journal.counts == [.succeeded: 20])
    }

    @Test func `a server may ask to wait up to the limit, and not longer`() async throws {
        let patient = try Bench(rows: 1, maxWait: .seconds(900)) { _, call, _ in
            call == 1 ? .noEffect(reason: "HTTP 429", .slowDown(.init(wait: .seconds(900)))) : .done
        }
        #expect(try await patient.executor.run() == .finished)
        for answer in [
            Answer.noEffect(reason: "HTTP 429", .slowDown(.init(wait: .seconds(901)))),
            .unknown(reason: "HTTP 503", slowDown: .init(wait: .seconds(86_400))),
        ] {
            let bench = try Bench(rows: 5, concurrency: 1, maxWait: .seconds(900)) { _, _, _ in answer }
            guard case .stopped(.throttled) = try await bench.executor.run() else {
                Issue.record("it goes on")
                return
            }
            #expect(bench.sender.total == 1)
            #expect(bench.journal.left + (bench.journal.counts[.unknown] ?? 0) == 5)
        }
    }

    @Test func `refusals for the rate without end stop the run after the longest wait`() async throws {
        let bench = try Bench(rows: 5, maxWait: .seconds(300)) { _, _, _ in
            .noEffect(reason: "HTTP 429", .slowDown(.init()))
        }
        guard case .stopped(.throttled) = try await bench.executor.run() else {
            Issue.record("it goes on")
            return
        }
        #expect(bench.clock.now.offset > .seconds(300))
        #expect(bench.journal.left == 5)
    }

    @Test func `a wait that would end after the longest wait is not begun`() async throws {
        let bench = try Bench(rows: 5, concurrency: 1, maxWait: .seconds(300)) { _, _, _ in
            .noEffect(reason: "HTTP 429", .slowDown(.init(wait: .seconds(200))))
        }
        guard case .stopped(.throttled(let reason)) = try await bench.executor.run() else {
            Issue.record("it goes on")
            return
        }
        #expect(reason.contains("the API asks to wait 200 s more"))
        #expect(bench.clock.now.offset < .seconds(300))
    }

    @Test func `draining while everybody waits for a Retry-After ends the wait`() async throws {
        let executor = Mutex<BatchExecutor?>(nil)
        let bench = try Bench(
            rows: 100, concurrency: 4,
            onProgress: { progress in
                if case .waitingForAPI = progress.phase { executor.withLock { $0?.drain() } }
            },
            script: { _, _, _ in .noEffect(reason: "HTTP 429", .slowDown(.init(wait: .seconds(600)))) })
        executor.withLock { $0 = bench.executor }
        #expect(try await bench.executor.run() == .interrupted)
        #expect(bench.clock.now.offset < .seconds(60))
        #expect(bench.journal.counts.isEmpty)
        #expect(bench.journal.left == 100)
        #expect(bench.journal.state.withLock { $0.sending.isEmpty })
    }

    @Test func `draining leaves each row written down or back in the plan`() async throws {
        let executor = Mutex<BatchExecutor?>(nil)
        let bench = try Bench(rows: 1000, concurrency: 8) { _, _, total in
            if total == 100 { executor.withLock { $0?.drain() } }
            return .done
        }
        executor.withLock { $0 = bench.executor }
        #expect(try await bench.executor.run() == .interrupted)
        let done = bench.journal.counts[.succeeded] ?? 0
        #expect((100...108).contains(done))
        #expect(done + bench.journal.left == 1000)
        #expect(bench.journal.state.withLock { $0.sending.isEmpty })
    }

    @Test func `what cannot be written down first is not sent`() async throws {
        let bench = try Bench(rows: 1000, rate: 10, concurrency: 2) { _, _, _ in .done }
        bench.journal.state.withLock { $0.failAfterClaims = 5 }
        await #expect(throws: FakeJournal.DiskFull.self) { try await bench.executor.run() }
        #expect(bench.sender.total <= 5)
    }

    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func `two thousand rows of bad luck end with one outcome each`(seed: UInt64) async throws {
        let bench = try Bench(rows: 2000, concurrency: 16, find: { $0.ordinal % 2 == 0 ? .tookEffect : .noEffect }) {
            address, call, _ in
            var luck = (seed &* 0x9e37_79b9_7f4a_7c15) ^ UInt64(call &* 7919)
            for byte in address.utf8 { luck = (luck ^ UInt64(byte)) &* 0x100_0000_01b3 }
            switch (luck >> 33) % 1000 {
            case ..<20: return .noEffect(reason: "HTTP 429", .slowDown(.init()))
            case ..<50: return .noEffect(reason: "HTTP 400", .refuse(nil))
            case ..<100: return .unknown(reason: "reset")
            case ..<150: return .declined(reason: "ok: false", nil)
            default: return .done
            }
        }
        #expect(try await bench.executor.run() == .finished)
        #expect(bench.journal.counts.values.reduce(0, +) == 2000)
        #expect(bench.journal.counts[.unknown] == nil)
        #expect(bench.journal.left == 0)
    }
}

extension Answer {
    fileprivate var isCertain: Bool { if case .noEffect = self { true } else { false } }
}
