import Domain
import Foundation
import GRDB
import Testing

@testable import Ledger

/// What becomes of open rows when the workspace is listed: times in seconds on a machine's own clock.
@Suite struct SettlingTests {
    private let machine = FakeMachine()
    private let ledger: Ledger
    private let number: Int64
    private let journal: RunJournal
    private let terms = SettlementTerms(maxAttempts: 5)

    /// A run of six rows, of which the first was sent at 0 and has no certain answer.
    init() async throws {
        ledger = try Ledger.temporary(clocks: machine.clocks)
        let plan = try ledger.plan()
        for line in 2...7 { try plan.add(try row(line, "user\(line)@acme.io")) }
        try plan.decide(against: Roster(active: [], invited: [])) { _ in .send(again: false) }
        try plan.confirm(inputSHA256: "", at: Date())
        number = plan.number
        journal = ledger.journal(of: number, find: Self.find)
        try await send(.unknown(reason: "the answer was lost"))
    }

    private static let find: @Sendable (UnansweredRow) -> Finding = { row in
        switch row.standing {
        case .absent: .noEffect
        case .invited(let type, _): type == developer ? .tookEffect : .undecided(reason: "it looks the same")
        case .active: .contradicted(reason: "somebody is there")
        }
    }

    private func record(
        _ row: PendingRow, _ outcome: Outcome, _ refusal: Refusal? = nil, attempts: Int = 1
    ) -> RowRecord {
        RowRecord(
            ordinal: row.ordinal, outcome: outcome, refusal: refusal, attempts: attempts, startedAt: Date(),
            finishedAt: Date())
    }

    /// The next row is sent now and answered at once.
    private func send(
        _ outcome: Outcome, _ refusal: Refusal? = nil, attempts: Int = 1, within limits: ClaimLimits = limits
    ) async throws {
        machine.pass(0.01)
        let rows = try await journal.claim(1, within: limits, recording: [])
        try await journal.record([record(rows[0], outcome, refusal, attempts: attempts)])
    }

    /// The workspace is listed now.
    private func look(_ lines: Int..., type: AccountType = developer) -> Look {
        let status = InviteStatus(rawValue: "SENT")
        return Look(
            Roster(
                active: [],
                invited: lines.map { InvitedUser(email: "user\($0)@acme.io", accountType: type, status: status) }))
    }

    private func outcome(_ line: Int) throws -> Outcome? {
        var found: Outcome?
        try ledger.results(of: number) { if $0.line == line { found = $0.outcome } }
        return found
    }

    @Test func `a row took effect as soon as a listing shows it`() async throws {
        #expect(try await journal.settle(by: look(2), on: terms) == Settlement(tookEffect: 1))
        let note = "no clear response (the answer was lost); listUsers shows that it took effect"
        #expect(try outcome(2) == .succeeded(note: note))
    }

    @Test func `absence decides nothing before claim, lease, timeout and grace are over`() async throws {
        for _ in 1...2 { try await send(.succeeded(note: nil)) }
        machine.pass(64)
        // Two rows that were sent later show that the listing is new; the request may be in progress all the same.
        let waiting = try await journal.settle(by: look(3, 4), on: terms)
        #expect(waiting.open == 1)
        #expect(waiting.sendAgain == 0)
        machine.pass(1.1)
        #expect(try await journal.settle(by: look(3, 4), on: terms).sendAgain == 1)
        #expect(try outcome(2)?.kind == .notSent)
    }

    @Test func `a row that was sent later is a witness only if it was sent after the answer, and not alone`()
        async throws
    {
        // Before the answer to the second row, which has none yet.
        let late = try await journal.claim(1, within: limits, recording: [])
        for _ in 1...2 { try await send(.succeeded(note: nil)) }
        machine.pass(1)
        try await journal.record([record(late[0], .unknown(reason: "HTTP 502"))])
        machine.pass(70)
        #expect(try await journal.settle(by: look(4, 5), on: terms).sendAgain == 1)
        #expect(try outcome(2)?.kind == .notSent)
        #expect(try outcome(3)?.kind == .unknown)
    }

    @Test func `without a witness it takes four listings over the grace period`() async throws {
        machine.pass(35)
        for _ in 1...3 {
            let next = try await journal.settle(by: look(), on: terms)
            #expect(next.open == 1)
            let wait = try #require(next.nextLook).inSeconds
            #expect((9.9...10.1).contains(wait))
            machine.pass(wait)
        }
        #expect(try await journal.settle(by: look(), on: terms) == Settlement(sendAgain: 1))
    }

    @Test func `four listings at once, or before the timeout is over, prove nothing`() async throws {
        for _ in 1...6 {
            #expect(try await journal.settle(by: look(), on: terms).open == 1)
            machine.pass(5)
        }
        machine.pass(60)
        for _ in 1...6 { #expect(try await journal.settle(by: look(), on: terms).open == 1) }
    }

    @Test func `a listing counts from when it was asked for`() async throws {
        for _ in 1...2 { try await send(.succeeded(note: nil)) }
        machine.pass(70)
        var slow = look(3, 4)
        slow.age = .seconds(10)
        #expect(try await journal.settle(by: slow, on: terms).open == 1)
    }

    @Test func `the grace period is twice as long as the slowest answer`() async throws {
        for _ in 1...2 {
            try await send(.succeeded(note: nil), within: ClaimLimits(timeout: .seconds(30), slowest: .seconds(25)))
        }
        machine.pass(84)
        #expect(try await journal.settle(by: look(3, 4), on: terms).open == 1)
        machine.pass(2)
        #expect(try await journal.settle(by: look(3, 4), on: terms).sendAgain == 1)
    }

    @Test func `a listing that lacks what was answered ok proves nothing by lacking something else`() async throws {
        try await send(.succeeded(note: nil))
        machine.pass(35)
        for _ in 1...8 {
            let found = try await journal.settle(by: look(), on: terms)
            #expect(found.open == 1)
            #expect(found.missing == 1)
            machine.pass(found.nextLook?.inSeconds ?? 10)
        }
        let reason =
            "the answer was lost; it cannot be told whether it took effect: listUsers also lacks 1 row that "
            + "the API confirmed"
        #expect(try outcome(2) == .unknown(reason: reason))
        // What it shows is there all the same, and long afterwards somebody may have taken the other back.
        machine.pass(15 * 60)
        #expect(try await journal.settle(by: look(2), on: terms).tookEffect == 1)
    }

    @Test func `the time of day says nothing`() async throws {
        machine.turnBack(86_400)
        for _ in 1...2 { try await send(.succeeded(note: nil)) }
        #expect(try await journal.settle(by: look(3, 4), on: terms).open == 1)
        machine.turnBack(-10 * 86_400)
        #expect(try await journal.settle(by: look(3, 4), on: terms).open == 1)
    }

    @Test func `after a restart of the machine its own time counts from the start`() async throws {
        machine.restart()
        let later = ledger.journal(of: number, find: Self.find)
        // Whenever it was sent, it was before the start; five seconds have passed since.
        for wait in [29.9, 10, 10, 9.9] {
            #expect(try await later.settle(by: look(), on: terms).open == 1)
            machine.pass(wait)
        }
        for _ in 1...2 {
            #expect(try await later.settle(by: look(), on: terms).open == 1)
            machine.pass(10)
        }
        #expect(try await later.settle(by: look(), on: terms).sendAgain == 1)
    }

    @Test func `on another machine the whole time is waited for again`() async throws {
        machine.pass(3600)
        machine.move()
        let later = ledger.journal(of: number, find: Self.find)
        for wait in [34.0, 10, 10] {
            #expect(try await later.settle(by: look(), on: terms).open == 1)
            machine.pass(wait)
        }
        for _ in 1...2 {
            #expect(try await later.settle(by: look(), on: terms).open == 1)
            machine.pass(10)
        }
        #expect(try await later.settle(by: look(), on: terms).sendAgain == 1)
    }

    @Test func `a process that comes days later needs four listings, and no more`() async throws {
        machine.pass(86_400)
        let later = ledger.journal(of: number, find: Self.find)
        for _ in 1...3 {
            let found = try await later.settle(by: look(), on: terms)
            machine.pass(try #require(found.nextLook).inSeconds)
        }
        #expect(try await later.settle(by: look(), on: terms).sendAgain == 1)
    }

    @Test func `a row that was declined has failed when a listing agrees`() async throws {
        try await send(.unknown(reason: "ok: false"), .declined)
        for _ in 1...2 { try await send(.succeeded(note: nil)) }
        let found = try await journal.settle(by: look(4, 5), on: terms)
        #expect(found.failed == 1)
        #expect(try outcome(3) == .failed(reason: "ok: false"))
        #expect(try outcome(2)?.kind == .unknown)
    }

    @Test func `a row that was declined and shows in a listing took effect`() async throws {
        try await send(.unknown(reason: "seat limit"), .declined)
        _ = try await journal.settle(by: look(3), on: terms)
        let note = "declined (seat limit); listUsers shows the account as requested"
        #expect(try outcome(3) == .succeeded(note: note))
    }

    @Test func `a row that cannot have had an effect needs no listing`() async throws {
        try await send(.unknown(reason: "HTTP 400"), .impossible)
        #expect(try await journal.settle(by: nil, on: terms) == Settlement(failed: 1, open: 1, nextLook: .zero))
        #expect(try outcome(3) == .failed(reason: "HTTP 400"))
    }

    @Test func `rows whose refusal is the whole run's return to the plan`() async throws {
        try await send(.unknown(reason: "HTTP 400"), .impossible)
        try await send(.unknown(reason: "a page"), .declined)
        var terms = terms
        terms.returned = [2, 3]
        #expect(try await journal.settle(by: nil, on: terms).sendAgain == 1)
        terms.releases = true
        _ = try await journal.settle(by: nil, on: terms)
        // Nothing was declined any more: a later listing that lacks it sends it again.
        machine.pass(35)
        terms.returned = []
        for _ in 1...4 {
            _ = try await journal.settle(by: look(), on: terms)
            machine.pass(10)
        }
        #expect(try ledger.run(number).counts == [.notSent: 6])
    }

    @Test func `a row without effect and without attempts left has failed`() async throws {
        try await send(.unknown(reason: "reset"), attempts: 5)
        for _ in 1...2 { try await send(.succeeded(note: nil)) }
        machine.pass(70)
        _ = try await journal.settle(by: look(4, 5), on: terms)
        #expect(try outcome(3) == .failed(reason: "reset, after 5 attempts; listUsers shows no effect"))
    }

    @Test func `what looks the same either way is sent again only by name`() async throws {
        let same = look(2, type: AccountType(rawValue: "ANALYST"))
        machine.pass(70)
        #expect(try await journal.settle(by: same, on: terms) == Settlement(open: 1))
        let reason = "the answer was lost; it cannot be told whether it took effect: it looks the same"
        #expect(try outcome(2) == .unknown(reason: reason))
        var named = terms
        named.resendUndecided = true
        #expect(try await journal.settle(by: same, on: named) == Settlement(sendAgain: 1))
    }

    @Test func `a listing after the run marks each row, and a resume takes the marks away`() async throws {
        try await send(.succeeded(note: nil))
        try await journal.verify(by: look(3).roster, snapshot: 7) { row, kind, _ in
            kind == .succeeded ? (row.standing == .absent ? .contradicted : .confirmed) : nil
        }
        #expect(try ledger.run(number).check == RunRecord.Check(snapshot: 7, confirmed: 1, contradicted: 0))
        try await journal.verify(by: look().roster, snapshot: 8) { row, kind, _ in
            kind == .succeeded ? (row.standing == .absent ? .contradicted : .confirmed) : nil
        }
        #expect(try ledger.run(number).check == RunRecord.Check(snapshot: 8, confirmed: 0, contradicted: 1))
        _ = try ledger.resume(number, under: ledger.lock("sandbox"))
        #expect(try ledger.run(number).check == nil)
        try ledger.results(of: number) { #expect($0.verified == nil) }
    }

    @Test func `a retry takes the failed rows, and they keep their lines`() async throws {
        let rows = try await journal.claim(9, within: limits, recording: [])
        try await journal.record([record(rows[1], .failed(reason: "no"))])
        let header = RunHeader(
            kind: .change(.invite), workspace: "sandbox", input: "people.csv", version: "0", retryOf: number)
        let plan = try ledger.beginPlan(header, under: ledger.lock("sandbox"), at: Date())
        try plan.addFailed(of: number)
        try plan.decide(against: look(2).roster) { _ in .send(again: false) }
        try plan.confirm(inputSHA256: "", at: Date())
        let retry = try ledger.run(plan.number)
        #expect(retry.header.retryOf == number)
        #expect(retry.counts == [.notSent: 1])
        try ledger.results(of: plan.number) { row in
            #expect(row.line == 4)
            #expect(row.email == "user4@acme.io")
        }
    }
}
