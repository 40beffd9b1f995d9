import Domain
import Foundation
import GRDB
import Populations
import Testing

@testable import Ledger

/// Values that this program never writes are reported or read as something else; they never end the process.
@Suite struct ForgedLedgerTests {
    private static let values = [
        "NULL", "'abc'", "x'ff00'", "9223372036854775807", "-9223372036854775808", "1e300", "9e999", "-1",
    ]
    private static let tables = [
        "runs", "rows", "problems", "decisions", "claims", "snapshots", "reviews", "stateBlocks",
    ]

    private let bob = ActiveUser(uid: "b", email: "bob@acme.io", name: "Bob", accountType: developer)
    private var roster: Roster {
        Roster(
            active: [bob],
            invited: [InvitedUser(email: "eve@acme.io", accountType: .admin, status: .init(rawValue: "SENT"))])
    }

    /// A ledger with something in every table: a run with rows in every state, a plan, two snapshots, a review.
    private func ledger() async throws -> Ledger {
        let ledger = try Ledger.temporary()
        let population = try #require(Population(roster))
        for number in 1...2 {
            let time = Date(timeIntervalSince1970: Double(number))
            let snapshot = Snapshot(
                workspace: "sandbox", startedAt: time, takenAt: time, active: 0, invited: 0, rawSHA256: "")
            let kept = try ledger.record(population, as: snapshot)
            try ledger.record(
                ReviewRecord(
                    id: "r", workspace: "sandbox", snapshot: kept.number, takenAt: time, folder: "f",
                    manifestSHA256: ""))
        }
        for _ in 1...2 {
            let plan = try ledger.plan()
            for number in 1...6 { try plan.add(row(number, "user\(number)@acme.io")) }
            var decided = DraftRow(
                line: 7, emailColumn: 1, kind: .disable, content: .change(.disable(uid: "b"), of: bob))
            decided.decision = RecordedDecision(
                place: "review.csv line 7", decision: .revoke, accountKind: .user, name: "Bob", accountType: developer,
                status: "", reviewer: "", justification: "")
            try plan.add(decided)
            try plan.add(
                DraftRow(
                    line: 8, emailColumn: 1,
                    content: .unusable(
                        RowText(email: "eve@", accountType: ""),
                        problems: [RowProblem(column: 1, ground: .invalidEmail, message: "no address")])))
            try plan.decide(against: roster) { _ in .send(again: true) }
            try plan.confirm(inputSHA256: "00", at: Date())
            let journal = ledger.journal(of: plan.number) { _ in .noEffect }
            let claimed = try await journal.claim(4, within: limits, recording: [])
            let outcomes: [Outcome] = [.succeeded(note: nil), .failed(reason: "no"), .unknown(reason: "no answer")]
            try await journal.record(
                zip(claimed, outcomes).map { row, outcome in
                    RowRecord(
                        ordinal: row.ordinal, outcome: outcome, attempts: 1, startedAt: Date(), finishedAt: Date())
                })
        }
        return ledger
    }

    /// Reads everything that there is, one after the other, whatever an earlier one says.
    private func readAll(_ ledger: Ledger) async throws {
        var failures: [any Error] = []
        func take(_ read: () async throws -> Void) async { do { try await read() } catch { failures.append(error) } }
        await take { _ = try ledger.runs() }
        await take { _ = try ledger.run(1) }
        await take { _ = try ledger.counts(of: 1) }
        await take { try ledger.results(of: 1) { _ in } }
        await take { _ = try ledger.effect(of: 1, on: roster, .init()) }
        await take { _ = try ledger.interruptedRuns(of: "00", in: "sandbox", besides: 9) }
        await take { _ = try ledger.lastRun(withResults: "/r.csv", upTo: 9) }
        await take { _ = try ledger.snapshots() }
        await take { _ = try ledger.firstSnapshot(of: "sandbox") }
        await take { _ = try ledger.reviews(named: "r") }
        await take {
            guard let snapshot = try ledger.snapshot(of: "sandbox") else { return }
            let review = try RosterReview(of: snapshot, since: ledger.lastReview(of: "sandbox"), in: ledger)
            for kind in AccountKind.allCases { review.accounts(kind) { _ in } }
            review.changes { _ in }
        }
        await take {
            let plan = ledger.plan(of: 1)
            try plan.decide(against: roster) { _ in .send(again: false) }
            _ = try plan.summary()
            try plan.rows { _ in }
            try plan.problems(file: "people.csv") { _, _ in }
        }
        await take {
            let journal = ledger.journal(of: 1) { _ in .noEffect }
            let terms = SettlementTerms(maxAttempts: 3)
            _ = try await journal.settle(by: Look(roster), on: terms)
            _ = try await journal.settle(by: nil, on: terms)
            try await journal.verify(by: roster, snapshot: 1) { _, _, _ in .confirmed }
            for row in try await journal.claim(10, within: limits, recording: []) { #expect(row.attempts + 1 > 0) }
        }
        await take { _ = try ledger.record(#require(Population(roster)), as: #require(ledger.snapshots().last)) }
        for failure in failures { #expect(failure is LedgerError || failure is InvalidEmail, "\(failure)") }
    }

    @Test(arguments: tables) func `an impossible value in a table is reported or read`(table: String) async throws {
        let sound = try await ledger()
        let columns = try sound.read { db in try db.columns(in: table).map(\.name) }
        for column in columns {
            for value in Self.values {
                let forged = try sound.temporaryCopy()
                let isForged = try await forged.database.writeWithoutTransaction { db in
                    try db.execute(sql: "PRAGMA foreign_keys = OFF")
                    // SQLite itself refuses some values of a key.
                    return (try? db.execute(sql: "UPDATE OR IGNORE \(table) SET \(column) = \(value)")) != nil
                }
                if isForged { try await readAll(forged) }
            }
        }
    }

    @Test func `a value of another type is damage, by the name of its column`() throws {
        let ledger = try Ledger.temporary()
        let plan = try ledger.plan()
        try plan.add(row(2, "ann@acme.io"))
        try plan.confirm(inputSHA256: "", at: Date())
        for (column, value) in [("startedAt", "'abc'"), ("finishedAt", "1e300"), ("input", "x'ff'")] {
            try ledger.write { db in try db.execute(sql: "UPDATE runs SET \(column) = \(value)") }
            #expect(throws: LedgerError.damaged(path: "", reason: "\(column) holds an impossible value")) {
                try ledger.run(plan.number)
            }
            try ledger.write { db in
                try db.execute(sql: "UPDATE runs SET startedAt = 0, finishedAt = NULL, input = 'people.csv'")
            }
        }
    }
}
