import Domain
import Foundation
import GRDB
import Testing

@testable import Ledger

@Suite struct RunJournalTests {
    private let nobody = Roster(active: [], invited: [])

    /// A confirmed run of as many rows as asked for.
    private func run(_ count: Int, in ledger: Ledger) throws -> Int64 {
        let plan = try ledger.plan()
        for number in 1...count { try plan.add(row(number + 1, "user\(number)@acme.io")) }
        try plan.decide(against: nobody) { _ in .send(again: false) }
        try plan.confirm(inputSHA256: "00", at: Date())
        return plan.number
    }

    private func record(_ row: PendingRow, _ outcome: Outcome?) -> RowRecord {
        RowRecord(
            ordinal: row.ordinal, outcome: outcome, attempts: row.attempts + 1,
            startedAt: Date(timeIntervalSince1970: 1), finishedAt: Date(timeIntervalSince1970: 2))
    }

    @Test func `rows are claimed once, in order, and outcomes are kept`() async throws {
        let ledger = try Ledger.temporary()
        let number = try run(5, in: ledger)
        let journal = ledger.journal(of: number) { _ in .noEffect }
        let first = try await journal.claim(2, within: limits, recording: [])
        #expect(first.map(\.ordinal) == [1, 2])
        let next = try await journal.claim(
            10, within: limits, recording: first.map { record($0, .succeeded(note: nil)) })
        #expect(next.map(\.ordinal) == [3, 4, 5])
        #expect(try await journal.claim(10, within: limits, recording: []).isEmpty)
        try await journal.record(next.map { record($0, .failed(reason: "no")) })
        #expect(try ledger.run(number).counts == [.succeeded: 2, .failed: 3])
    }

    @Test func `a claimed row is sending on the disk before the claim returns`() async throws {
        let folder = try TemporaryFolder()
        let ledger = try Ledger.open(at: folder.file("ledger.db"))
        let number = try run(3, in: ledger)
        _ = try await ledger.journal(of: number) { _ in .noEffect }.claim(2, within: limits, recording: [])
        let other = try Ledger.open(at: folder.file("ledger.db"))
        #expect(try other.run(number).counts == [.unknown: 2, .notSent: 1])
    }

    @Test func `a row that was put back is claimed again`() async throws {
        let ledger = try Ledger.temporary()
        let journal = ledger.journal(of: try run(1, in: ledger)) { _ in .noEffect }
        let claimed = try await journal.claim(1, within: limits, recording: [])
        let again = try await journal.claim(1, within: limits, recording: claimed.map { record($0, nil) })
        #expect(again.map(\.ordinal) == [1])
        #expect(again.map(\.attempts) == [1])
    }

    @Test func `a row has one outcome; a second one is refused`() async throws {
        let ledger = try Ledger.temporary()
        let journal = ledger.journal(of: try run(1, in: ledger)) { _ in .noEffect }
        let claimed = try await journal.claim(1, within: limits, recording: [])
        try await journal.record(claimed.map { record($0, .succeeded(note: nil)) })
        await #expect(throws: LedgerError.self) {
            try await journal.record(claimed.map { record($0, .failed(reason: "late")) })
        }
    }

    @Test func `a run that died is resumed with its sending rows unknown`() async throws {
        let ledger = try Ledger.temporary()
        let number = try run(3, in: ledger)
        let journal = ledger.journal(of: number) { _ in .noEffect }
        _ = try await journal.claim(2, within: limits, recording: [])
        #expect(try ledger.releaseUnanswered(of: number, under: ledger.lock("sandbox")) == 2)
        #expect(try ledger.resume(number, under: ledger.lock("sandbox")) == 2)
        #expect(try ledger.run(number).counts == [.unknown: 2, .notSent: 1])
    }

    @Test func `results come in the order of the input, each row with one outcome`() async throws {
        let ledger = try Ledger.temporary()
        let number = try run(3, in: ledger)
        let journal = ledger.journal(of: number) { _ in .noEffect }
        let claimed = try await journal.claim(2, within: limits, recording: [])
        try await journal.record([record(claimed[0], .succeeded(note: nil))])
        try ledger.finish(number, as: .interrupted, at: Date())
        var lines: [Int] = []
        var kinds: [Outcome.Kind] = []
        try ledger.results(of: number) { row in
            lines.append(row.line)
            kinds.append(row.outcome.kind)
        }
        #expect(lines == [2, 3, 4])
        #expect(kinds == [.succeeded, .unknown, .notSent])
    }
}

@Suite struct LedgerFileTests {
    @Test func `only its owner can read the file, and the files that SQLite puts beside it`() throws {
        let folder = try TemporaryFolder()
        let ledger = try Ledger.open(at: folder.file("state/ledger.db"))
        _ = try ledger.plan()
        for name in ["ledger.db", "ledger.db-wal"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.file("state/" + name))
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        }
    }

    @Test func `a file that is no ledger is said to be none`() throws {
        let folder = try TemporaryFolder()
        let text = String(repeating: "not a database at all. ", count: 100)
        try text.write(toFile: folder.file("x.db"), atomically: true, encoding: .utf8)
        #expect(throws: LedgerError.self) { try Ledger.open(at: folder.file("x.db")) }
    }

    @Test func `a folder in its place is said to be one`() throws {
        let folder = try TemporaryFolder()
        #expect(throws: LedgerError.cannotOpen(path: folder.path, reason: "it is a folder")) {
            try Ledger.open(at: folder.path)
        }
    }

    @Test func `the ledger of a newer version is left alone`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("ledger.db")
        try Ledger.open(at: path).write { db in
            try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('99 from the future')")
        }
        #expect(throws: LedgerError.newer(path: path)) { try Ledger.open(at: path) }
    }
}
