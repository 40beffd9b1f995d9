import Domain
import Foundation
import Synchronization
import Testing

@testable import Execution

/// Row after row with the same answer is a fault of the whole run; a row's own refusal is the row's.
@Suite struct StreakTests {
    private let page = Answer.declined(reason: "a page", SharedFault(.other, "a page"))
    private let signIn = Answer.declined(reason: "Sign in", SharedFault(.credentials, "Sign in"))

    @Test(arguments: [
        (SharedFault.Cause.other, StopReason.refused(reason: "same")),
        (.credentials, .credentialsRefused(reason: "same")), (.unreachable, .unreachable(reason: "same")),
    ])
    func `ten rows in a row with the same answer stop the run, and are in its plan again`(
        cause: SharedFault.Cause, end: StopReason
    ) async throws {
        let bench = try Bench(rows: 500, concurrency: 4) { _, _, total in
            total <= 20 ? .done : .declined(reason: "same", SharedFault(cause, "same"))
        }
        #expect(try await bench.executor.run() == .stopped(end))
        #expect(bench.journal.counts == [.succeeded: 20])
        #expect(bench.journal.left == 480)
        #expect(bench.sender.total <= 20 + 10 + 3)
        #expect(bench.journal.state.withLock { $0.settlements } == 1)
    }

    @Test func `rows that were refused by one answer before the rest succeeded have failed`() async throws {
        let bench = try Bench(rows: 100, concurrency: 1) { [page] address, _, _ in
            address.hasPrefix("user1") ? page : .done
        }
        // user1, user10 to user19 and user100: ten of them in a row would stop the run.
        let bench9 = try Bench(rows: 100, concurrency: 1, maxFailures: 11) { [page] address, _, _ in
            address.hasPrefix("user1") ? page : .done
        }
        guard case .stopped = try await bench.executor.run() else {
            Issue.record("it goes on")
            return
        }
        #expect(try await bench9.executor.run() == .finished)
        #expect(bench9.journal.counts == [.succeeded: 88, .failed: 12])
    }

    @Test func `the limit can be another, or none`() async throws {
        let none = try Bench(rows: 100, maxFailures: nil) { [page] _, _, _ in page }
        #expect(try await none.executor.run() == .finished)
        #expect(none.journal.counts == [.failed: 100])
        let three = try Bench(rows: 100, concurrency: 1, maxFailures: 3) { [page] _, _, _ in page }
        #expect(try await three.executor.run() == .stopped(.refused(reason: "a page")))
        #expect(three.sender.total == 3)
        #expect(three.journal.left == 100)
    }

    @Test func `once the limit is reached, answers in flight change nothing`() async throws {
        let bench = try Bench(rows: 300, concurrency: 8, maxFailures: 1) { [page] _, _, total in
            total == 20 ? page : .done
        }
        #expect(try await bench.executor.run() == .stopped(.refused(reason: "a page")))
        #expect(bench.sender.total < 40)
    }

    @Test func `a reason of the row's own never counts`() async throws {
        let bench = try Bench(rows: 100) { _, _, _ in .declined(reason: "the API returned ok: false", nil) }
        #expect(try await bench.executor.run() == .finished)
        #expect(bench.journal.counts == [.failed: 100])
    }

    @Test func `ten rows that took effect all the same stop nothing`() async throws {
        let bench = try Bench(rows: 50, concurrency: 1, find: { _ in .tookEffect }) { _, _, _ in
            .unknown(reason: "HTTP 502", SharedFault(.unreachable, "HTTP 502"))
        }
        #expect(try await bench.executor.run() == .finished)
        #expect(bench.journal.counts == [.succeeded: 50])
        #expect(bench.sender.total == 50)
    }

    @Test func `two rows are enough where every row so far was refused for the credentials`() async throws {
        let bench = try Bench(rows: 3) { [signIn] _, _, _ in signIn }
        #expect(try await bench.executor.run(isFirst: true) == .stopped(.credentialsRefused(reason: "Sign in")))
        #expect(bench.journal.left == 3)
        // One row may be forbidden, and so may the last one of a run that succeeded before.
        for (rows, isFirst) in [(1, true), (3, false)] {
            let bench = try Bench(rows: rows) { [signIn] _, _, _ in signIn }
            #expect(try await bench.executor.run(isFirst: isFirst) == .finished)
            #expect(bench.journal.counts == [.failed: rows])
        }
    }

    @Test func `a listing that is a page as well leaves the rows for a resume`() async throws {
        let roster = FixedRoster(failure: .unusable(reason: "a page"))
        let bench = try Bench(rows: 30, concurrency: 1, roster: roster) { [signIn] _, _, _ in signIn }
        #expect(try await bench.executor.run() == .stopped(.credentialsRefused(reason: "Sign in")))
        #expect(bench.journal.counts == [.unknown: 10])
        #expect(bench.journal.left == 20)
        // Not declined any more: a resume sends what no listing shows.
        #expect(bench.journal.state.withLock { $0.refusals.isEmpty })
    }

    @Test(arguments: [1, 7, 100])
    func `a trial sends as many rows as it may, and leaves the others`(first: Int) async throws {
        let bench = try Bench(rows: 100, first: first) { _, call, _ in
            call == 1 ? .noEffect(reason: "HTTP 429", .slowDown(.init(wait: .seconds(1)))) : .done
        }
        #expect(try await bench.executor.run() == .finished)
        #expect(bench.journal.counts == [.succeeded: first])
        #expect(bench.journal.left == 100 - first)
    }

    @Test func `a row that was claimed long before it can leave is claimed anew`() async throws {
        // The API asks for ten seconds while rows wait at the desk.
        let bench = try Bench(rows: 300, concurrency: 2) { _, _, total in
            total == 50 ? .noEffect(reason: "HTTP 429", .slowDown(.init(wait: .seconds(10)))) : .done
        }
        #expect(try await bench.executor.run() == .finished)
        #expect(bench.journal.counts == [.succeeded: 300])
        #expect(bench.journal.state.withLock { $0.longestWait } <= ClaimLimits.lease)
    }
}
