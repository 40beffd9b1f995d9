import Domain
import Foundation
import Synchronization
import Testing

@testable import Execution

/// A server that takes several operations in one request, as its script says.
private final class BatchServer: OperationSender {
    private let script: @Sendable ([String], Int) -> [Answer]
    private let state = Mutex<[[String]]>([])

    init(_ script: @escaping @Sendable ([String], Int) -> [Answer]) { self.script = script }

    /// The addresses of each request.
    var requests: [[String]] { state.withLock { $0 } }

    func send(_ operations: [WorkspaceChange]) async -> [Answer] {
        let addresses = operations.map { operation in
            guard case .invite(let email, _) = operation else { fatalError("only invites") }
            return email.key
        }
        let number = state.withLock { state in
            state.append(addresses)
            return state.count
        }
        await Task.yield()
        return script(addresses, number)
    }
}

@Suite struct BatchedSendingTests {
    private func run(
        rows: Int, batch: Int, concurrency: Int = 1,
        find: @escaping @Sendable (PendingRow) -> Finding = { _ in .noEffect },
        script: @escaping @Sendable ([String], Int) -> [Answer]
    ) async throws -> (journal: FakeJournal, requests: [[String]], end: RunEnd) {
        let journal = try FakeJournal(rows: rows, find: find)
        let server = BatchServer(script)
        let executor = BatchExecutor(
            journal: journal, sender: server, rosterSource: FixedRoster(),
            options: ExecutionOptions(
                rate: nil, concurrency: concurrency, batch: batch, maxAttempts: 3, timeout: .seconds(30)),
            clock: JumpingClock(), now: { Date(timeIntervalSince1970: 0) }, jitter: { 1 })
        let end = try await executor.run()
        return (journal, server.requests, end)
    }

    @Test(arguments: [(10, 4, [4, 4, 2]), (3, 20, [3]), (40, 20, [20, 20]), (1, 5, [1])])
    func `requests are full but for the last`(rows: Int, batch: Int, sizes: [Int]) async throws {
        let done = try await run(rows: rows, batch: batch) { addresses, _ in addresses.map { _ in .done } }
        #expect(done.requests.map(\.count) == sizes)
        #expect(done.journal.counts == [.succeeded: rows])
    }

    @Test func `every row keeps its own outcome`() async throws {
        let done = try await run(rows: 30, batch: 7, concurrency: 3) { addresses, _ in
            addresses.map { address in
                address.utf8.reduce(0) { $0 + Int($1) } % 3 == 0 ? .declined(reason: "no", nil) : .done
            }
        }
        #expect(done.journal.counts.values.reduce(0, +) == 30)
        #expect(done.journal.counts[.failed] ?? 0 > 0)
        #expect(Set(done.requests.joined()).count == 30)
    }

    @Test func `a server that takes at most five is asked for no more than it takes`() async throws {
        let done = try await run(rows: 60, batch: 20) { addresses, _ in
            addresses.map { _ in addresses.count > 5 ? .noEffect(reason: "413", .split(isTooLarge: true)) : .done }
        }
        #expect(done.journal.counts == [.succeeded: 60])
        #expect(done.requests.drop { $0.count > 5 }.allSatisfy { $0.count <= 10 })
        #expect(done.requests.last?.count ?? 0 <= 5)
        // Refused requests had no effect, so every address took effect once.
        #expect(done.requests.filter { $0.count <= 5 }.joined().count == 60)
    }

    @Test func `one bad row does not take the others with it, and the size stays`() async throws {
        let bad = "user7@acme.io"
        let done = try await run(rows: 32, batch: 16) { addresses, _ in
            guard addresses.contains(bad) else { return addresses.map { _ in .done } }
            let refusal = Answer.noEffect(reason: "invalid", .split(isTooLarge: false))
            return addresses.map { _ in addresses.count > 1 ? refusal : .noEffect(reason: "invalid", .refuse(nil)) }
        }
        #expect(done.journal.counts == [.succeeded: 31, .failed: 1])
        #expect(done.requests.contains { $0.count == 16 && !$0.contains(bad) })
    }

    @Test(arguments: [true, false])
    func `a row that is refused as a batch when it is alone has failed`(isTooLarge: Bool) async throws {
        let done = try await run(rows: 2, batch: 2) { addresses, number in
            // In the end it gives in, so that a run that never ends does.
            addresses.map { _ in number > 20 ? .done : .noEffect(reason: "no", .split(isTooLarge: isTooLarge)) }
        }
        #expect(done.requests.map(\.count) == [2, 1, 1])
        #expect(done.journal.counts == [.failed: 2])
    }

    @Test func `rows that have to wait are sent again without those that are done`() async throws {
        let done = try await run(rows: 4, batch: 4) { addresses, number in
            let busy = Answer.noEffect(reason: "busy", .slowDown(.init()))
            return addresses.enumerated().map { $0.offset > 1 && number == 1 ? busy : .done }
        }
        #expect(done.requests.map(\.count) == [4, 2])
        #expect(done.journal.counts == [.succeeded: 4])
    }

    @Test func `a lost answer makes every row of the request unknown, and they are asked about`() async throws {
        let done = try await run(rows: 6, batch: 3, find: { $0.ordinal == 2 ? .tookEffect : .noEffect }) {
            addresses, number in
            addresses.map { _ in number == 1 ? .unknown(reason: "lost") : .done }
        }
        #expect(done.journal.counts == [.succeeded: 6])
        // Whatever one of them did to the request, the other must not suffer from it again.
        #expect(done.requests.map(\.count) == [3, 3, 1, 1])
    }

    @Test func `credentials that are refused end the run, and no row is lost`() async throws {
        let done = try await run(rows: 9, batch: 3) { addresses, number in
            addresses.map { _ in number == 2 ? .noEffect(reason: "401", .stop) : .done }
        }
        #expect(done.end == .stopped(.credentialsRefused(reason: "401")))
        #expect(done.journal.counts == [.succeeded: 3])
        #expect(done.journal.left == 6)
    }
}
