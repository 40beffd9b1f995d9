import Domain
import Foundation
import GRDB

/// The durable record of one run while it is executed.
public struct RunJournal: OperationJournal {
    let number: Int64
    let ledger: Ledger
    let find: @Sendable (UnansweredRow) -> Finding

    /// Writes records and claims the next rows in one durable transaction.
    public func claim(_ limit: Int, recording records: [RowRecord]) async throws -> [PendingRow] {
        try await writing { db in
            try write(records, into: db)
            let rows = try Row.fetchAll(
                db,
                sql: "SELECT ordinal, email, accountType, attempts FROM rows WHERE run = ? AND state = 'planned' "
                    + "ORDER BY ordinal LIMIT ?", arguments: [number, limit])
            let pending = try rows.map { row in
                PendingRow(ordinal: row["ordinal"], operation: try Self.operation(row), attempts: row["attempts"])
            }
            guard let first = pending.first, let last = pending.last else { return [] }
            try db.cachedStatement(
                sql: "UPDATE rows SET state = 'sending' WHERE run = ? AND state = 'planned' AND ordinal BETWEEN ? AND ?"
            ).execute(arguments: [number, first.ordinal, last.ordinal])
            return pending
        }
    }

    /// Writes records in one durable transaction.
    public func record(_ records: [RowRecord]) async throws {
        guard !records.isEmpty else { return }
        try await writing { db in try write(records, into: db) }
    }

    /// Decides every unanswered row by what the workspace looks like now.
    public func settle(by roster: Roster, maxAttempts: Int) async throws -> Settlement {
        try await writing { db in
            try db.load(roster)
            var settlement = Settlement()
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT r.ordinal, r.email, r.accountType, r.attempts, r.reason, t.active AS active,
                        t.accountType AS rosterType, t.status AS status
                    FROM rows r LEFT JOIN temp.roster t USING (emailKey)
                    WHERE r.run = ? AND r.state IN ('sending', 'unknown')
                    """, arguments: [number])
            while let row = try rows.next() {
                try settle(row, maxAttempts: maxAttempts, counting: &settlement, in: db)
            }
            return settlement
        }
    }

    private func settle(
        _ row: Row, maxAttempts: Int, counting settlement: inout Settlement, in db: Database
    ) throws {
        let update = try db.cachedStatement(sql: "UPDATE rows SET state = ?, reason = ? WHERE run = ? AND ordinal = ?")
        let ordinal: Int64 = row["ordinal"]
        let attempts: Int = row["attempts"]
        let lost: String = row["reason"] ?? "no answer"
        let unanswered = UnansweredRow(operation: try Self.operation(row), standing: Standing(joined: row))
        switch find(unanswered) {
        case .tookEffect:
            let note = "no answer (\(lost)); listUsers shows that it took effect"
            try update.execute(arguments: [Outcome.Kind.succeeded.rawValue, note, number, ordinal])
            settlement.tookEffect += 1
        case .noEffect where attempts < maxAttempts:
            try update.execute(arguments: [Schema.RowState.planned, nil, number, ordinal])
            settlement.sendAgain += 1
        case .noEffect:
            let reason = "\(lost), after \(attempts) attempts; listUsers shows that none took effect"
            try update.execute(arguments: [Outcome.Kind.failed.rawValue, reason, number, ordinal])
            settlement.failed += 1
        case .contradicted(let reason):
            try update.execute(arguments: [Outcome.Kind.failed.rawValue, reason, number, ordinal])
            settlement.failed += 1
        }
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
        }
    }

    private func writing<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value
    {
        do { return try await ledger.database.write(body) } catch { throw LedgerError.from(error, path: ledger.path) }
    }

    private static func operation(_ row: Row) throws -> Domain.Operation {
        .invite(try EmailAddress(row["email"]), AccountType(rawValue: row["accountType"]))
    }
}
