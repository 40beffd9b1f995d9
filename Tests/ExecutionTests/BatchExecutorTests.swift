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
        #expect(times.max() ?? .zero >= .seconds(9.8))
    }

    @Test(
        arguments: [
            (Answer.done, Outcome.Kind.succeeded, 1),
            (.refused(reason: "no"), .failed, 1),
            (.again(reason: "HTTP 408", .row), .failed, 5),
            (.again(reason: "HTTP 429", .run(retryAfter: .seconds(1))), .failed, 50),
            (.unknownEffect(reason: "timeout", timedOut: true), .failed, 5),
        ])
    func `an answer that does not change ends in its outcome`(answer: Answer, kind: Outcome.Kind, calls: Int)
        async throws
    {
        let bench = try Bench(rows: 1) { _, _, _ in answer }
        #expect(try await bench.executor.run() == .finished)
        #expect(bench.journal.counts == [kind: 1])
        #expect(bench.sender.total == calls)
    }

    @Test func `a row that works at the third attempt has succeeded`() async throws {
        let bench = try Bench(rows: 10) { _, call, _ in call < 3 ? .again(reason: "HTTP 408", .row) : .done }
        _ = try await bench.executor.run()
        #expect(bench.journal.counts == [.succeeded: 10])
        #expect(bench.journal.state.withLock { $0.attempts.values.allSatisfy { $0 == 3 } })
    }

    @Test func `Retry-After stops the whole run for as long as it says, and halves the rate`() async throws {
        let bench = try Bench(rows: 200, rate: 20, concurrency: 4) { _, _, total in
            total == 40 ? .again(reason: "HTTP 429", .run(retryAfter: .seconds(30))) : .done
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
                return call == 1 ? .unknownEffect(reason: "reset", timedOut: false) : .done
            case 1: return call == 1 ? .unknownEffect(reason: "HTTP 500", timedOut: false) : .done
            default: return .done
            }
        }
        #expect(try await bench.executor.run() == .finished)
        #expect(bench.journal.counts == [.succeeded: 300])
        let calls = bench.sender.state.withLock { $0.calls }
        for address in lost.withLock({ $0 }) { #expect(calls[address] == 1) }
        #expect(bench.journal.state.withLock { $0.settlements } == 1)
    }

    @Test func `a request that timed out is given its time before it is asked about`() async throws {
        let bench = try Bench(rows: 1) { _, call, _ in
            call == 1 ? .unknownEffect(reason: "timeout", timedOut: true) : .done
        }
        _ = try await bench.executor.run()
        let times = bench.sender.times
        #expect(times[1] - times[0] >= .seconds(32))
    }

    @Test func `rows of an execution that died are asked about before anything is sent`() async throws {
        let bench = try Bench(rows: 2, find: { $0.ordinal == 1 ? .tookEffect : .noEffect }) { _, _, _ in .done }
        bench.journal.state.withLock { state in
            state.outcomes[1] = .unknown(reason: "died")
            state.outcomes[2] = .unknown(reason: "died")
            state.planned = []
        }
        #expect(try await bench.executor.run(unanswered: 2) == .finished)
        #expect(bench.journal.counts == [.succeeded: 2])
        #expect(bench.sender.total == 1)
        // What the dead process sent last may still be on its way.
        #expect(bench.sender.times[0] >= .seconds(2))
    }

    @Test func `a list that is behind is given time, and then not believed`() async throws {
        let bench = try Bench(rows: 1) { _, _, _ in .unknownEffect(reason: "reset", timedOut: false) }
        bench.journal.state.withLock { $0.missing = [1, 1, 1, 1, 1, 1] }
        #expect(try await bench.executor.run() == .finished)
        #expect(bench.journal.counts == [.unknown: 1])
        #expect(bench.sender.total == 1)
        #expect(bench.journal.state.withLock { $0.settlements } == 4)
    }

    @Test func `a list that has caught up is believed`() async throws {
        let bench = try Bench(rows: 1) { _, call, _ in
            call == 1 ? .unknownEffect(reason: "reset", timedOut: false) : .done
        }
        bench.journal.state.withLock { $0.missing = [1, 1] }
        #expect(try await bench.executor.run() == .finished)
        #expect(bench.journal.counts == [.succeeded: 1])
        #expect(bench.sender.times[1] >= .seconds(9))
    }

    @Test func `what cannot be told is asked about once in a run`() async throws {
        let bench = try Bench(rows: 3, find: { _ in .undecided(reason: "same") }) { _, _, _ in
            .unknownEffect(reason: "reset", timedOut: false)
        }
        #expect(try await bench.executor.run() == .finished)
        #expect(bench.journal.counts == [.unknown: 3])
        #expect(bench.sender.total == 3)
        #expect(bench.journal.state.withLock { $0.settlements } == 1)
    }

    @Test func `a workspace that cannot be listed leaves the rows unknown`() async throws {
        let roster = FixedRoster(failure: .unusable(reason: "ok: false"))
        let bench = try Bench(rows: 2, roster: roster) { _, _, _ in .unknownEffect(reason: "reset", timedOut: false) }
        #expect(try await bench.executor.run() == .finished)
        #expect(bench.journal.counts == [.unknown: 2])
    }

    @Test func `one wrong key does not make ten thousand calls`() async throws {
        let bench = try Bench(rows: 10_000, concurrency: 8) { _, _, _ in .credentialsRefused(reason: "HTTP 401") }
        #expect(try await bench.executor.run() == .stopped(.credentialsRefused(reason: "HTTP 401")))
        #expect(bench.sender.total <= 8)
        #expect(bench.journal.counts.isEmpty)
        #expect(bench.journal.left == 10_000)
        #expect(bench.journal.state.withLock { $0.sending.isEmpty })
    }

    @Test func `an endpoint that went away stops the run, and nothing counts as failed`() async throws {
        let bench = try Bench(rows: 1000) { _, _, total in
            total <= 10 ? .done : .again(reason: "connection refused", .endpoint)
        }
        let end = try await bench.executor.run()
        #expect(end == .stopped(.unreachable(reason: "connection refused, after 5 attempts")))
        #expect(bench.journal.counts == [.succeeded: 10])
        #expect(bench.journal.left == 990)
    }

    @Test func `a connection that was not made is no attempt of a row`() async throws {
        let away = try Bench(rows: 3) { _, _, _ in .again(reason: "connection refused", .endpoint) }
        _ = try await away.executor.run()
        #expect(away.journal.left == 3)
        #expect(away.journal.state.withLock { $0.attempts.values.allSatisfy { $0 == 0 } })
        // Four times nothing is there, four times the API is busy: neither is five.
        let back = try Bench(rows: 1) { _, call, _ in
            switch call {
            case ...4: .again(reason: "connection refused", .endpoint)
            case ...8: .again(reason: "HTTP 408", .row)
            default: .done
            }
        }
        #expect(try await back.executor.run() == .finished)
        #expect(back.journal.counts == [.succeeded: 1])
        #expect(back.journal.state.withLock { $0.attempts } == [1: 5])
    }

    @Test func `draining while everybody waits for a Retry-After ends the wait`() async throws {
        let executor = Mutex<BatchExecutor?>(nil)
        let bench = try Bench(
            rows: 100, concurrency: 4,
            onProgress: { progress in
                if case .waitingForAPI = progress.phase { executor.withLock { $0?.drain() } }
            },
            script: { _, _, _ in .again(reason: "HTTP 429", .run(retryAfter: .seconds(86_400))) })
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
            case 0: return .again(reason: "HTTP 429", .run(retryAfter: nil))
            case ..<50: return .again(reason: "HTTP 408", .row)
            case ..<100: return .unknownEffect(reason: "reset", timedOut: false)
            case ..<150: return .refused(reason: "ok: false")
            default: return .done
            }
        }
        #expect(try await bench.executor.run() == .finished)
        #expect(bench.journal.counts.values.reduce(0, +) == 2000)
        #expect(bench.journal.counts[.unknown] == nil)
        #expect(bench.journal.left == 0)
    }
}
