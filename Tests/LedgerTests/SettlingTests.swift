import Domain
import Foundation
import GRDB
import Testing

@testable import Ledger

/// What becomes of rows without an answer when the workspace is asked.
@Suite struct SettlingTests {
    private let ledger: Ledger
    private let number: Int64
    private let journal: RunJournal

    /// A run of three rows: the first was answered ok just now, the second got no answer, the third was not sent.
    init() async throws {
        ledger = try Ledger.temporary()
        let plan = try ledger.plan()
        for line in 2...4 { try plan.add(try row(line, "user\(line)@acme.io")) }
        try plan.decide(against: Roster(active: [], invited: [])) { _ in .send(again: false) }
        try plan.confirm(inputSHA256: "", at: Date())
        number = plan.number
        journal = ledger.journal(of: number) { row in
            switch row.standing {
            case .absent: .noEffect
            case .invited(let type, _): type == developer ? .tookEffect : .undecided(reason: "it looks the same")
            case .active: .contradicted(reason: "somebody is there")
            }
        }
        let rows = try await journal.claim(2, recording: [])
        try await journal.record([
            record(rows[0], .succeeded(note: nil)), record(rows[1], .unknown(reason: "the answer was lost")),
        ])
    }

    private func record(_ row: PendingRow, _ outcome: Outcome) -> RowRecord {
        RowRecord(ordinal: row.ordinal, outcome: outcome, attempts: 1, startedAt: Date(), finishedAt: Date())
    }

    private func roster(_ lines: Int..., type: AccountType = developer) -> Roster {
        let status = InviteStatus(rawValue: "SENT")
        return Roster(
            active: [],
            invited: lines.map { line in
                InvitedUser(email: "user\(line)@acme.io", accountType: line == 2 ? developer : type, status: status)
            })
    }

    private func outcome(_ line: Int) throws -> Outcome? {
        var found: Outcome?
        try ledger.results(of: number) { if $0.line == line { found = $0.outcome } }
        return found
    }

    @Test func `what a whole list shows took effect, and what it lacks did not`() async throws {
        var settled = try await journal.settle(by: roster(2), on: SettlementTerms(maxAttempts: 5))
        #expect(settled == Settlement(sendAgain: 1))
        #expect(try outcome(3)?.kind == .notSent)
        _ = try await journal.claim(1, recording: [])
        settled = try await journal.settle(by: roster(2, 3), on: SettlementTerms(maxAttempts: 5))
        #expect(settled == Settlement(tookEffect: 1))
        #expect(try outcome(3)?.reason?.contains("listUsers shows that it took effect") == true)
    }

    @Test func `a list that lacks what was answered ok decides nothing by lacking something else`() async throws {
        let behind = Settlement(undecided: 1, missing: 1)
        var terms = SettlementTerms(maxAttempts: 5, isLast: false)
        #expect(try await journal.settle(by: roster(), on: terms) == behind)
        #expect(try outcome(3) == .unknown(reason: "the answer was lost"))
        terms.isLast = true
        for _ in 1...2 {
            #expect(try await journal.settle(by: roster(), on: terms) == behind)
            let reason =
                "the answer was lost; it cannot be told whether it took effect: listUsers does not show 1 of "
                + "the rows that were answered ok, either"
            #expect(try outcome(3) == .unknown(reason: reason))
        }
        // What it shows is there all the same.
        #expect(
            try await journal.settle(by: roster(3), on: terms) == Settlement(tookEffect: 1, missing: 1))
    }

    @Test(arguments: [true, false])
    func `a row that cannot be told says why, unless it will be asked about again`(isLast: Bool) async throws {
        // The list lacks nothing, so nobody waits for a better one.
        let terms = SettlementTerms(maxAttempts: 5, isLast: isLast)
        let same = roster(2, 3, type: AccountType(rawValue: "ANALYST"))
        #expect(try await journal.settle(by: same, on: terms) == Settlement(undecided: 1))
        let reason = "the answer was lost; it cannot be told whether it took effect: it looks the same"
        #expect(try outcome(3) == .unknown(reason: reason))
        // Once it can be told, that it could not is over.
        #expect(try await journal.settle(by: roster(2, 3), on: terms) == Settlement(tookEffect: 1))
        let note = "no answer (the answer was lost); listUsers shows that it took effect"
        #expect(try outcome(3) == .succeeded(note: note))
    }

    @Test func `what was answered ok long ago may have been taken back since`() async throws {
        try ledger.write { try $0.execute(sql: "UPDATE rows SET finishedAt = finishedAt - 3600 WHERE line = 2") }
        let settled = try await journal.settle(by: roster(), on: SettlementTerms(maxAttempts: 5))
        #expect(settled == Settlement(sendAgain: 1))
    }

    @Test func `what looks the same either way is not sent again, unless somebody says so by name`() async throws {
        let same = roster(2, 3, type: AccountType(rawValue: "ANALYST"))
        var terms = SettlementTerms(maxAttempts: 5)
        #expect(try await journal.settle(by: same, on: terms) == Settlement(undecided: 1))
        #expect(try outcome(3)?.kind == .unknown)
        terms.resendUndecided = true
        #expect(try await journal.settle(by: same, on: terms) == Settlement(sendAgain: 1))
        #expect(try await journal.claim(9, recording: []).count == 2)
    }

    @Test func `the same for a list that is behind`() async throws {
        let terms = SettlementTerms(maxAttempts: 5, resendUndecided: true)
        #expect(try await journal.settle(by: roster(), on: terms) == Settlement(sendAgain: 1, missing: 1))
    }

    @Test func `a listing after the run marks each row, and a resume takes the marks away`() async throws {
        try await journal.verify(by: roster(2), snapshot: 7) { row, kind, _ in
            kind == .succeeded ? (row.standing == .absent ? .contradicted : .confirmed) : nil
        }
        #expect(try ledger.run(number).check == RunRecord.Check(snapshot: 7, confirmed: 1, contradicted: 0))
        try await journal.verify(by: roster(), snapshot: 8) { row, kind, _ in
            kind == .succeeded ? (row.standing == .absent ? .contradicted : .confirmed) : nil
        }
        #expect(try ledger.run(number).check == RunRecord.Check(snapshot: 8, confirmed: 0, contradicted: 1))
        _ = try ledger.resume(number, under: ledger.lock("sandbox"))
        #expect(try ledger.run(number).check == nil)
        try ledger.results(of: number) { #expect($0.verified == nil) }
    }

    @Test func `a retry takes the failed rows, and they keep their lines`() async throws {
        let rows = try await journal.claim(9, recording: [])
        try await journal.record([record(rows[0], .failed(reason: "no"))])
        let header = RunHeader(kind: .invite, workspace: "sandbox", input: "people.csv", version: "0", retryOf: number)
        let plan = try ledger.beginPlan(header, under: ledger.lock("sandbox"), at: Date())
        try plan.addFailed(of: number)
        try plan.decide(against: roster(2)) { _ in .send(again: false) }
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
