import Domain
import Foundation
import Synchronization
import Testing

@testable import Execution

/// A clock on which every sleep is over at once and the time is what the longest sleeper was promised.
final class JumpingClock: Clock {
    struct Instant: InstantProtocol {
        var offset: Duration
        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private let time = Mutex(Duration.zero)
    var now: Instant { Instant(offset: time.withLock { $0 }) }
    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        time.withLock { $0 = max($0, deadline.offset) }
        await Task.yield()
    }

    /// Time that passes in the middle of something, for example while an answer is on its way.
    func pass(_ duration: Duration) { time.withLock { $0 += duration } }
}

/// A ledger in memory that insists on the rules: a row is handed out once until it is put back, and recorded once.
final class FakeJournal: OperationJournal {
    struct State {
        var planned: [PendingRow]
        var sending: Set<Int64> = []
        var outcomes: [Int64: Outcome] = [:]
        var attempts: [Int64: Int] = [:]
        var mostClaimed = 0
        var settlements = 0
        var failAfterClaims: Int?
        /// Rows that no listing has confirmed yet.
        var refusals: [Int64: Refusal] = [:]
        /// How long each settling asks to wait for the next listing before it decides, one after the other.
        var delays: [Duration] = []
        /// How slow the slowest answer was, as claims were told.
        var slowest = Duration.zero
        /// When each row was claimed, and the longest time from there to its request.
        var claimedAt: [Int64: Duration] = [:]
        var longestWait = Duration.zero
    }

    struct DiskFull: Error {}

    let state: Mutex<State>
    private let find: @Sendable (PendingRow) -> Finding
    private let clock: JumpingClock

    init(
        rows: Int, on clock: JumpingClock = JumpingClock(),
        find: @escaping @Sendable (PendingRow) -> Finding = { _ in .noEffect }
    ) throws {
        self.clock = clock
        let rows = try (1...rows).map { number in
            PendingRow(
                ordinal: Int64(number),
                operation: .invite(try EmailAddress("user\(number)@acme.io"), AccountType(rawValue: "DEVELOPER")),
                attempts: 0)
        }
        state = Mutex(State(planned: rows))
        self.find = find
    }

    func claim(
        _ limit: Int, within limits: ClaimLimits, recording records: [RowRecord]
    ) async throws -> [PendingRow] {
        try state.withLock { state in
            state.slowest = limits.slowest
            if let left = state.failAfterClaims {
                guard left > 0 else { throw DiskFull() }
                state.failAfterClaims = left - 1
            }
            write(records, to: &state)
            let rows = state.planned.prefix(limit)
            state.planned.removeFirst(rows.count)
            state.sending.formUnion(rows.map(\.ordinal))
            for row in rows { state.claimedAt[row.ordinal] = clock.now.offset }
            state.mostClaimed = max(state.mostClaimed, state.sending.count)
            return Array(rows)
        }
    }

    func record(_ records: [RowRecord]) async throws {
        state.withLock { write(records, to: &$0) }
    }

    func settle(by look: Look?, on terms: SettlementTerms) async throws -> Settlement {
        state.withLock { state in
            if look != nil { state.settlements += 1 }
            let delay = look == nil || state.delays.isEmpty ? nil : state.delays.removeFirst()
            var settlement = Settlement()
            for (ordinal, outcome) in state.outcomes where outcome.kind == .unknown {
                let isReturned = terms.returned.contains(ordinal)
                let refusal = state.refusals[ordinal]
                let row = row(ordinal, attempts: state.attempts[ordinal] ?? 0)
                let finding = look == nil ? .undecided(reason: "no listing") : find(row)
                switch finding {
                case _ where refusal == .impossible && !isReturned:
                    state.outcomes[ordinal] = .failed(reason: outcome.reason ?? "")
                    settlement.failed += 1
                case _ where refusal == .impossible, .noEffect where delay == nil && refusal != nil && isReturned,
                    .noEffect where delay == nil && refusal == nil && row.attempts < terms.maxAttempts:
                    state.outcomes[ordinal] = nil
                    state.planned.append(row)
                    settlement.sendAgain += 1
                case .tookEffect:
                    state.outcomes[ordinal] = .succeeded(note: "settled")
                    settlement.tookEffect += 1
                    if isReturned { settlement.returnedTookEffect += 1 }
                case .noEffect where delay == nil:
                    state.outcomes[ordinal] = .failed(reason: outcome.reason ?? "")
                    settlement.failed += 1
                default:
                    if terms.releases && isReturned { state.refusals[ordinal] = nil }
                    settlement.open += 1
                    if isReturned { settlement.returnedOpen += 1 }
                    settlement.nextLook = look == nil ? .zero : delay
                }
            }
            return settlement
        }
    }

    /// A request leaves for the row.
    func left(_ row: Int64) {
        state.withLock { state in
            state.longestWait = max(state.longestWait, clock.now.offset - (state.claimedAt[row] ?? .zero))
        }
    }

    private func write(_ records: [RowRecord], to state: inout State) {
        for record in records {
            #expect(state.sending.remove(record.ordinal) != nil, "row \(record.ordinal) was not being sent")
            state.attempts[record.ordinal] = record.attempts
            if let outcome = record.outcome {
                #expect(state.outcomes.updateValue(outcome, forKey: record.ordinal) == nil)
                state.refusals[record.ordinal] = record.refusal
            } else {
                state.planned.append(row(record.ordinal, attempts: record.attempts))
            }
        }
    }

    private func row(_ ordinal: Int64, attempts: Int) -> PendingRow {
        let address = try? EmailAddress("user\(ordinal)@acme.io")
        guard let address else { fatalError("no address") }
        return PendingRow(
            ordinal: ordinal, operation: .invite(address, AccountType(rawValue: "DEVELOPER")), attempts: attempts)
    }

    /// How many rows ended as what.
    var counts: [Outcome.Kind: Int] {
        state.withLock { state in
            Dictionary(state.outcomes.values.map { ($0.kind, 1) }, uniquingKeysWith: +)
        }
    }

    var left: Int { state.withLock { $0.planned.count } }
}

/// Answers by script: the n-th request to an address gets what the script says.
final class ScriptedSender: OperationSender {
    struct State {
        var calls: [String: Int] = [:]
        var times: [Duration] = []
        var inFlight = 0
        var mostInFlight = 0
    }

    let state = Mutex(State())
    private let clock: JumpingClock
    private let journal: FakeJournal?
    private let script: @Sendable (_ address: String, _ call: Int, _ total: Int) -> Answer

    init(
        _ clock: JumpingClock, journal: FakeJournal? = nil, script: @escaping @Sendable (String, Int, Int) -> Answer
    ) {
        self.clock = clock
        self.journal = journal
        self.script = script
    }

    func send(_ operations: [WorkspaceChange]) async -> [Answer] {
        var answers: [Answer] = []
        for operation in operations { answers.append(await send(operation)) }
        return answers
    }

    private func send(_ operation: WorkspaceChange) async -> Answer {
        guard case .invite(let email, _) = operation else { fatalError("only invites") }
        if let journal, let row = Int64(email.key.drop { !$0.isNumber }.prefix(while: \.isNumber)) { journal.left(row) }
        let (call, total) = state.withLock { state in
            state.calls[email.key, default: 0] += 1
            state.times.append(clock.now.offset)
            state.inFlight += 1
            state.mostInFlight = max(state.mostInFlight, state.inFlight)
            return (state.calls[email.key] ?? 0, state.times.count)
        }
        for _ in 0..<3 { await Task.yield() }
        state.withLock { $0.inFlight -= 1 }
        return script(email.key, call, total)
    }

    var total: Int { state.withLock { $0.times.count } }
    var times: [Duration] { state.withLock { $0.times } }
}

struct FixedRoster: RosterSource {
    var failure: ListingFailure?
    func listUsers() async throws(ListingFailure) -> Roster {
        if let failure { throw failure }
        return Roster(active: [], invited: [])
    }
}

/// A run of fakes, ready to go.
struct Bench {
    let clock = JumpingClock()
    let journal: FakeJournal
    let sender: ScriptedSender
    let executor: BatchExecutor

    init(
        rows: Int, rate: Double? = nil, concurrency: Int = 4, maxAttempts: Int = 5, maxWait: Duration = .seconds(900),
        maxFailures: Int? = 10, first: Int? = nil, roster: FixedRoster = FixedRoster(),
        find: @escaping @Sendable (PendingRow) -> Finding = { _ in .noEffect },
        onProgress: @escaping @Sendable (RunProgress) -> Void = { _ in },
        script: @escaping @Sendable (String, Int, Int) -> Answer
    ) throws {
        journal = try FakeJournal(rows: rows, on: clock, find: find)
        sender = ScriptedSender(clock, journal: journal, script: script)
        executor = BatchExecutor(
            journal: journal, sender: sender, rosterSource: roster,
            options: ExecutionOptions(
                rate: rate, concurrency: concurrency, maxAttempts: maxAttempts, timeout: .seconds(30), maxWait: maxWait,
                maxFailures: maxFailures, first: first),
            clock: clock, now: { Date(timeIntervalSince1970: 0) }, jitter: { 1 }, onProgress: onProgress)
    }
}
