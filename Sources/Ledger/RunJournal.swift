import Domain
import Foundation
import GRDB
import Synchronization

/// The durable record of a run during its execution.
public struct RunJournal: OperationJournal {
    let number: Int64
    let ledger: Ledger
    /// Only rows of this turn are claimed: 0 for those that give access, 1 for those that remove access.
    let turn: Int
    let find: @Sendable (UnansweredRow) -> Finding
    /// Held while rows are claimed; nil if no other process can open the ledger.
    let lock: WorkspaceLock?
    let place = ClaimPlace()
    let looks: Looks

    init(
        number: Int64, ledger: Ledger, turn: Int, lock: WorkspaceLock?,
        find: @escaping @Sendable (UnansweredRow) -> Finding
    ) {
        self.number = number
        self.ledger = ledger
        self.turn = turn
        self.find = find
        self.lock = lock
        looks = Looks(since: ledger.moment())
    }

    /// Writes records and claims the next rows in one durable transaction.
    public func claim(
        _ limit: Int, within limits: ClaimLimits, recording records: [RowRecord]
    ) async throws -> [PendingRow] {
        try lock?.check()
        return try await writeDurably { db in
            try write(records, into: db)
            let rows = try planned(limit, after: place.last, in: db)
            let pending = try rows.map { row in
                try PendingRow(
                    ordinal: row.value("ordinal"), operation: WorkspaceChange(planned: row),
                    attempts: row.count("attempts"))
            }
            guard let first = pending.first, let last = pending.last else { return [] }
            let claim = try self.claim(within: limits, in: db)
            try db.cachedStatement(
                sql: "UPDATE rows SET state = 'sending', claim = ?, refusal = NULL, answeredAt = NULL "
                    + "WHERE run = ? AND ordinal BETWEEN ? AND ? AND turn = ? AND state = 'planned'"
            ).execute(arguments: [claim, number, first.ordinal, last.ordinal, turn])
            place.last = last.ordinal
            CrashPoint.pass("rows claimed, not durable yet")
            return pending
        }
    }

    /// - Returns: the id of the claim.
    private func claim(within limits: ClaimLimits, in db: Database) throws -> Int64 {
        let now = ledger.moment()
        try db.cachedStatement(
            sql: "INSERT INTO claims (run, claimedAt, boot, uptime, timeout, slowest) VALUES (?, ?, ?, ?, ?, ?)"
        ).execute(arguments: [
            number, ledger.wallClock().timeIntervalSince1970, now.boot, now.seconds, limits.timeout.inSeconds,
            limits.slowest.inSeconds,
        ])
        return db.lastInsertedRowID
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
        try await writeDurably { db in try write(records, into: db) }
    }

    private func write(_ records: [RowRecord], into db: Database) throws {
        let update = try db.cachedStatement(
            sql: "UPDATE rows SET state = ?, reason = ?, attempts = ?, startedAt = coalesce(startedAt, ?), "
                + "finishedAt = coalesce(?, finishedAt), refusal = ?, answeredAt = ? "
                + "WHERE run = ? AND ordinal = ? AND state = 'sending'")
        let now = records.contains { $0.outcome?.kind == .unknown } ? ledger.moment().seconds : nil
        for record in records {
            try update.execute(arguments: [
                record.outcome?.kind.rawValue ?? Schema.RowState.planned, record.outcome?.reason, record.attempts,
                record.startedAt?.timeIntervalSince1970, record.finishedAt?.timeIntervalSince1970,
                record.refusal?.rawValue, record.outcome?.kind == .unknown ? now : nil, number, record.ordinal,
            ])
            guard db.changesCount == 1 else { throw LedgerError.damaged(path: ledger.path, reason: "a row is missing") }
            if record.outcome == nil { place.comeBack(to: record.ordinal) }
        }
    }

    func writeDurably<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        CrashPoint.pass("before a write of the journal")
        defer { CrashPoint.pass("after a write of the journal") }
        do { return try await ledger.writeWaiting(body) } catch { throw LedgerError.from(error, path: ledger.path) }
    }
}

/// The listings that a journal has used, and when it started.
final class Looks: Sendable {
    let since: MachineMoment
    private let history = Mutex(LookHistory())

    init(since: MachineMoment) { self.since = since }

    /// Adds a listing, with what it shows of the rows that were answered *ok*.
    func add(askedAt: Double, secondWitnessAt: Double?, missing: Int) -> LookHistory {
        history.withLock { history in
            history.add(askedAt: askedAt)
            history.secondWitnessAt = secondWitnessAt
            history.missing = missing
            return history
        }
    }

    var soFar: LookHistory { history.withLock { $0 } }
}

/// The last row that was claimed, so that the rows before it are not searched each time.
final class ClaimPlace: Sendable {
    private let ordinal = Mutex<Int64>(0)

    /// The ordinal of the row; 0 before the first.
    var last: Int64 {
        get { ordinal.withLock { $0 } }
        set { ordinal.withLock { $0 = newValue } }
    }

    /// Notes that a row returned to the plan.
    func comeBack(to row: Int64) { ordinal.withLock { $0 = min($0, row - 1) } }
}
