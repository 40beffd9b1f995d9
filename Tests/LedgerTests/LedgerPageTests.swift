import Domain
import Foundation
import GRDB
import Populations
import Testing

@testable import Ledger

/// `docs/ledger.md` says what is in the file.
@Suite struct LedgerPageTests {
    private static let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("docs/ledger.md")

    private static func lines() throws -> [String] {
        try String(contentsOf: page, encoding: .utf8).components(separatedBy: "\n")
    }

    /// The queries, each from `SELECT` to its semicolon.
    private static func queries() throws -> [String] {
        let code = try lines().filter { $0.hasPrefix("    ") && !$0.contains("rollcall ") && !$0.contains("sqlite3") }
        return code.joined(separator: "\n").split(separator: ";").map(String.init)
    }

    /// A ledger with what each query asks for: three runs of five rows, two snapshots, a review.
    private func ledger(at path: String) async throws -> Ledger {
        let ledger = try Ledger.open(at: path)
        for _ in 1...3 {
            let plan = try ledger.plan()
            for number in 1...5 { try plan.add(row(number + 1, "user\(number)@acme.io")) }
            try plan.decide(against: Roster(active: [], invited: [])) { _ in .send(again: false) }
            try plan.confirm(inputSHA256: "00", at: Date())
            let journal = ledger.journal(of: plan.number) { _ in .noEffect }
            let claimed = try await journal.claim(4, within: limits, recording: [])
            let outcomes: [Outcome] = [
                .succeeded(note: nil), .failed(reason: "declined"), .unknown(reason: "no answer"),
            ]
            try await journal.record(
                zip(claimed, outcomes).map { row, outcome in
                    RowRecord(
                        ordinal: row.ordinal, outcome: outcome, attempts: 1, startedAt: Date(), finishedAt: Date())
                })
        }
        for _ in 1...2 {
            let population = try #require(Population(Roster(active: [], invited: [])))
            let snapshot = Snapshot(
                workspace: "sandbox", startedAt: Date(), takenAt: Date(), active: 0, invited: 0, rawSHA256: "")
            let kept = try ledger.record(population, as: snapshot)
            guard kept.number == 1 else { continue }
            try ledger.record(
                ReviewRecord(
                    id: "2026-Q4", workspace: "sandbox", snapshot: 1, takenAt: kept.takenAt, folder: "reviews/2026-Q4",
                    manifestSHA256: ""))
        }
        return ledger
    }

    @Test func `every query of the page finds what it is for`() async throws {
        let folder = try TemporaryFolder()
        let ledger = try await ledger(at: folder.file("ledger.db"))
        let looking = try Ledger.openToLook(at: ledger.path)
        let found = try Self.queries().map { sql in try looking.read { try Row.fetchAll($0, sql: sql) } }
        try #require(found.map(\.count) == [3, 1, 6, 2, 1])
        let counts = ["rows", "succeeded", "skipped", "rejected", "failed", "unconfirmed", "not_sent"]
        #expect(counts.map { found[0][0][$0] as Int? } == [5, 1, 0, 0, 1, 2, 1])
        #expect(found[1][0]["email"] == "user2@acme.io" && found[1][0]["reason"] == "declined")
        #expect(
            found[2].map { $0["state"] as String } == [
                "unknown", "sending", "unknown", "sending", "unknown", "sending",
            ])
        #expect(found[2].allSatisfy { ($0["sent"] as String?)?.hasPrefix("20") == true })
        #expect(found[3].map { $0["number"] as Int } == [2, 1])
        #expect(found[4][0]["folder"] == "reviews/2026-Q4")
    }

    @Test func `the page has every table, with every column`() throws {
        let page = try Self.lines().filter { $0.hasPrefix("| `") }.map { line in
            line.matches(of: #/`([A-Za-z0-9]+)`/#).map { String($0.output.1) }
        }
        let tables = try Ledger.temporary().read { db in
            try String.fetchAll(
                db,
                sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('grdb_migrations', "
                    + "'sqlite_sequence') ORDER BY name"
            ).map { ($0, try db.columns(in: $0).map(\.name)) }
        }
        #expect(page.compactMap(\.first).sorted() == tables.map(\.0))
        for (table, columns) in tables {
            let words = Set(page.first { $0.first == table } ?? [])
            #expect(Set(columns).subtracting(words) == [], "\(table)")
        }
    }
}
