import Domain
import Foundation
import GRDB
import Synchronization

/// The durable record of one run while it is executed.
public struct RunJournal: OperationJournal {
    let number: Int64
    let ledger: Ledger
    /// Only rows of this turn are claimed: first those that give access, then those that take some away.
    let turn: Int
    let find: @Sendable (UnansweredRow) -> Finding
    let place = ClaimPlace()

    init(number: Int64, ledger: Ledger, turn: Int, find: @escaping @Sendable (UnansweredRow) -> Finding) {
        self.number = number
        self.ledger = ledger
        self.turn = turn
        self.find = find
    }

    /// Writes records and claims the next rows in one durable transaction.
    public func claim(_ limit: Int, recording records: [RowRecord]) async throws -> [PendingRow] {
        try await writing { db in
            try write(records, into: db)
            let rows = try planned(limit, after: place.last, in: db)
            let pending = try rows.map { row in
                PendingRow(
                    ordinal: row["ordinal"], operation: try Domain.Operation(planned: row), attempts: row["attempts"])
            }
            guard let first = pending.first, let last = pending.last else { return [] }
            try db.cachedStatement(
                sql: "UPDATE rows SET state = 'sending' WHERE run = ? AND ordinal BETWEEN ? AND ? AND turn = ? "
                    + "AND state = 'planned'"
            ).execute(arguments: [number, first.ordinal, last.ordinal, turn])
            place.last = last.ordinal
            CrashPoint.pass("rows claimed, not durable yet")
            return pending
        }
    }

    private func planned(_ limit: Int, after ordinal: Int64, in db: Database) throws -> [Row] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: "SELECT ordinal, kind, email, uid, accountType, attempts FROM rows WHERE run = ? AND ordinal > ? "
                    + "AND turn = ? AND state = 'planned' ORDER BY ordinal LIMIT ?"),
            arguments: [number, ordinal, turn, limit])
    }

    /// Writes records in one durable transaction.
    public func record(_ records: [RowRecord]) async throws {
        guard !records.isEmpty else { return }
        try await writing { db in try write(records, into: db) }
    }

    private func write(_ records: [RowRecord], into db: Database) throws {
        let update = try db.cachedStatement(
            sql: "UPDATE rows SET state = ?, reason = ?, attempts = ?, startedAt = coalesce(startedAt, ?), "
                + "finishedAt = coalesce(?, finishedAt) WHERE run = ? AND ordinal = ? AND state = 'sending'")
        for record in records {
            try update.execute(arguments: [
                record.outcome?.kind.rawValue ?? Schema.RowState.planned, record.outcome?.reason, record.attempts,
                record.startedAt?.timeIntervalSince1970, record.finishedAt?.timeIntervalSince1970, number,
                record.ordinal,
            ])
            guard db.changesCount == 1 else { throw LedgerError.damaged(path: ledger.path, reason: "a row is gone") }
            if record.outcome == nil { place.comeBack(to: record.ordinal) }
        }
    }

    func writing<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        CrashPoint.pass("before a write of the journal")
        defer { CrashPoint.pass("after a write of the journal") }
        do { return try await ledger.database.write(body) } catch { throw LedgerError.from(error, path: ledger.path) }
    }
}

/// The last row that was claimed, so that nobody looks at the rows before it each time.
final class ClaimPlace: Sendable {
    private let ordinal = Mutex<Int64>(0)

    /// 0 before the first.
    var last: Int64 {
        get { ordinal.withLock { $0 } }
        set { ordinal.withLock { $0 = newValue } }
    }

    /// A row is in the plan again.
    func comeBack(to row: Int64) { ordinal.withLock { $0 = min($0, row - 1) } }
}
