import Domain
import Foundation
import GRDB

extension Ledger {
    /// Starts a plan. It is not in the list of runs until it is confirmed.
    ///
    /// - Parameters:
    ///   - lock: the lock of the workspace that `header` names.
    ///   - privileged: the privileged account types.
    public func beginPlan(
        _ header: RunHeader, under lock: WorkspaceLock, at time: Date, privileged: PrivilegedTypes = .standard
    ) throws(LedgerError) -> PlanDraft {
        precondition(lock.workspace == header.workspace, "a lock for another workspace")
        let number = try write { db in
            try sweepAbandonedPlans(of: header.workspace, db)
            try db.run(
                "INSERT INTO runs (kind, workspace, input, inputSHA256, version, state, startedAt, retryOf, "
                    + "review, part, directory, results, limits, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    header.kind.rawValue, header.workspace, header.input, header.inputSHA256, header.version,
                    RunState.planning.rawValue, time.timeIntervalSince1970, header.retryOf,
                    header.review, header.part, header.directory, try JSONText.line(header.results), header.limits,
                    RunID.make(),
                ])
            return db.lastInsertedRowID
        }
        lock.note(run: number)
        return PlanDraft(number: number, ledger: self, privileged: privileged)
    }

    /// Deletes plans of processes that died before sending. The caller holds the lock of the workspace, so no other
    /// process can be using them.
    private func sweepAbandonedPlans(of workspace: String, _ db: Database) throws {
        let plans = try Int64.fetchAll(
            db.cachedStatement(sql: "SELECT number FROM runs WHERE state = ? AND workspace = ?"),
            arguments: [RunState.planning.rawValue, workspace])
        for number in plans { try PlanDraft.discard(number, in: db) }
    }

    /// The journal for executing a run.
    ///
    /// - Parameters:
    ///   - turn: the rows to claim: 0 for those that give access, 1 for those that remove access.
    ///   - lock: checked before rows are claimed.
    ///   - find: what a listing shows about an unconfirmed row.
    public func journal(
        of run: Int64, turn: Int = 0, under lock: WorkspaceLock? = nil,
        find: @escaping @Sendable (UnansweredRow) -> Finding
    ) -> RunJournal {
        RunJournal(number: run, ledger: self, turn: turn, lock: lock, find: find)
    }

    /// The plan of a confirmed run, to decide again about the rows that are still to be sent.
    public func plan(of run: Int64, privileged: PrivilegedTypes = .standard) -> PlanDraft {
        PlanDraft(number: run, ledger: self, privileged: privileged)
    }

    /// Marks rows that were being sent when the process of their run died as unknown.
    ///
    /// - Parameter lock: the lock of the workspace of the run, which proves that no process is sending these rows.
    /// - Returns: the number of unknown rows of the run.
    public func releaseUnanswered(of run: Int64, under lock: WorkspaceLock) throws(LedgerError) -> Int {
        try write { db in try Self.release(run, in: db) }
    }

    private static func release(_ run: Int64, in db: Database) throws -> Int {
        try db.run(
            "UPDATE rows SET state = 'unknown', attempts = max(attempts, 1), "
                + "reason = 'the run ended before a response arrived' WHERE run = ? AND state = 'sending'",
            [run])
        return try openRows(of: run, in: db)
    }

    private static func openRows(of run: Int64, in db: Database) throws -> Int {
        try Int.fetchOne(
            db.cachedStatement(
                sql: "SELECT count(*) FROM rows WHERE run = ? AND state IN ('sending', 'unknown')"), arguments: [run])
            ?? 0
    }

    /// Stores the number of unconfirmed rows of a run after they were settled outside the run.
    public func countUnanswered(of run: Int64) throws(LedgerError) {
        try write { db in
            try db.execute(
                sql: "UPDATE runs SET openRows = ? WHERE number = ? AND finishedAt IS NOT NULL",
                arguments: [try Self.openRows(of: run, in: db), run])
        }
    }

    /// Incomplete runs of the same input in a workspace, the newest first.
    ///
    /// - Parameter digest: the SHA-256 of the input.
    public func interruptedRuns(
        of digest: String, in workspace: String, besides number: Int64
    ) throws(LedgerError) -> [RunRecord] {
        try read { db in
            try Row.fetchAll(
                db,
                sql:
                    "SELECT * FROM runs WHERE workspace = ? AND inputSHA256 = ? AND number <> ? AND state <> 'planning' "
                    + "ORDER BY number DESC LIMIT 20", arguments: [workspace, digest, number]
            ).map { try RunRecord($0, in: db, of: self) }.filter { $0.left > 0 }
        }
    }

    /// Marks a run as running again, and rows that were being sent when it died as unknown.
    ///
    /// - Parameter lock: the lock of the workspace of the run.
    /// - Returns: the number of unknown rows.
    public func resume(_ run: Int64, under lock: WorkspaceLock) throws(LedgerError) -> Int {
        lock.note(run: run)
        return try write { db in
            let open = try Self.release(run, in: db)
            try db.execute(
                sql: "UPDATE rows SET verified = NULL WHERE run = ? AND verified IS NOT NULL", arguments: [run])
            try db.execute(
                sql: "UPDATE runs SET state = ?, finishedAt = NULL, checkedBy = NULL, openRows = NULL "
                    + "WHERE number = ?",
                arguments: [RunState.running.rawValue, run])
            return open
        }
    }

    /// Assigns a run to a workspace, after the user confirmed it. Needed for runs of versions whose workspace names did
    /// not contain the query of the endpoint.
    public func move(_ run: Int64, to workspace: String, under lock: WorkspaceLock) throws(LedgerError) {
        try write { db in try db.run("UPDATE runs SET workspace = ? WHERE number = ?", [workspace, run]) }
    }

    /// Stores how a run ended.
    public func finish(_ run: Int64, as state: RunState, at time: Date) throws(LedgerError) {
        CrashPoint.pass("all outcomes durable, run not ended yet")
        defer { CrashPoint.pass("run ended") }
        try write { db in
            try db.run(
                "UPDATE runs SET state = ?, finishedAt = ?, openRows = ? WHERE number = ?",
                [
                    state.rawValue, time.timeIntervalSince1970, try Self.openRows(of: run, in: db), run,
                ])
        }
    }

    /// All confirmed runs, the newest first.
    public func runs(limit: Int = 1000) throws(LedgerError) -> [RunRecord] {
        try read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM runs WHERE state <> 'planning' ORDER BY number DESC LIMIT ?",
                arguments: [limit]
            ).map { try RunRecord($0, in: db, of: self) }
        }
    }

    /// One confirmed run.
    public func run(_ number: Int64) throws(LedgerError) -> RunRecord {
        try read { db in
            guard
                let row = try Row.fetchOne(
                    db, sql: "SELECT * FROM runs WHERE number = ? AND state <> 'planning'", arguments: [number])
            else { throw LedgerError.noSuchRun(number) }
            return try RunRecord(row, in: db, of: self)
        }
    }

    /// The last run whose results were written to a path; nil if there is none.
    ///
    /// - Parameters:
    ///   - path: an absolute path.
    ///   - number: later runs are ignored.
    public func lastRun(withResults path: String, upTo number: Int64) throws(LedgerError) -> Int64? {
        try read { db in
            try Int64.fetchOne(
                db,
                sql: "SELECT max(number) FROM runs, json_each(results) WHERE number <= ? AND state <> 'planning' "
                    + "AND results <> '' AND json_each.value = ?", arguments: [number, path])
        }
    }

    /// The number of rows of a run by outcome; also for a plan that is not confirmed.
    public func counts(of run: Int64) throws(LedgerError) -> [Outcome.Kind: Int] {
        try read { db in try Outcome.Kind.counts(of: run, in: db) }
    }

    /// The number of runs that retried a run.
    public func retries(of run: Int64) throws(LedgerError) -> Int {
        try read { db in
            try Int.fetchOne(
                db, sql: "SELECT count(*) FROM runs WHERE retryOf = ? AND state <> 'planning'", arguments: [run]) ?? 0
        }
    }

    /// Whether a row of a run has succeeded.
    public func hasSucceeded(_ run: Int64) throws(LedgerError) -> Bool {
        try read { db in
            try Bool.fetchOne(
                db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM rows WHERE run = ? AND state = 'succeeded')"),
                arguments: [run])
                ?? false
        }
    }

    /// The number of rows of a turn that are still to be sent.
    public func rowsToSend(of run: Int64, turn: Int) throws(LedgerError) -> Int {
        try read { db in
            try Int.fetchOne(
                db, sql: "SELECT count(*) FROM rows WHERE run = ? AND turn = ? AND state = 'planned'",
                arguments: [run, turn]) ?? 0
        }
    }

    /// The turn of the rows to send next; nil if none are left.
    public func nextTurn(of run: Int64) throws(LedgerError) -> Int? {
        try read { db in
            try Int.fetchOne(
                db.cachedStatement(sql: "SELECT min(turn) FROM rows WHERE run = ? AND state = 'planned'"),
                arguments: [run])
        }
    }

    /// Every row of a run with its outcome, in the order of the input, one at a time.
    ///
    /// - Parameter ordinals: only these rows; nil for all of them.
    /// - Throws: ``LedgerError``, or what `body` throws.
    public func results(of run: Int64, ordinals: [Int64]? = nil, _ body: (ResultRow) throws -> Void) throws {
        let these = ordinals.map { " AND r.ordinal IN (\($0.map(String.init).joined(separator: ",")))" } ?? ""
        try readOut { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT r.*, d.place, d.decision, d.accountKind, d.name, d.accountType AS reviewedType,
                        d.status AS reviewedStatus, d.reviewer, d.justification,
                        d.rowKey, d.reviewedUid, d.ticket, d.exceptionUntil, d.decidedAt
                    FROM rows r LEFT JOIN decisions d USING (run, ordinal) WHERE r.run = ?\(these) ORDER BY r.ordinal
                    """, arguments: [run])
            while let row = try rows.next() { try body(ResultRow(row)) }
        }
    }

    /// The ordinals of the unconfirmed rows of a run.
    public func unanswered(of run: Int64) throws(LedgerError) -> [Int64] {
        try read { db in
            try Int64.fetchAll(
                db, sql: "SELECT ordinal FROM rows WHERE run = ? AND state IN ('sending', 'unknown')", arguments: [run])
        }
    }
}

extension RunRecord {
    fileprivate init(_ row: Row, in db: Database, of ledger: Ledger) throws {
        let number: Int64 = try row.value("number")
        let counts = try Outcome.Kind.counts(of: number, in: db)
        let header = try RunHeader(
            kind: row.word(required: "kind"), workspace: row.value("workspace"), input: row.value("input"),
            part: row.value("part"), inputSHA256: row.value("inputSHA256"), version: row.value("version"),
            retryOf: row.value("retryOf"), review: row.value("review"), directory: row.value("directory"),
            // `JSONDecoder` is enough: the ledger is the program's own file.
            results: row.value("results", as: String?.self).flatMap {
                try? JSONDecoder().decode([String].self, from: Data($0.utf8))
            } ?? [], limits: row.value("limits"))
        let written: RunState = try row.word(required: "state")
        let isCrashed = written == .running && !ledger.isAtWork(on: number, in: header.workspace)
        try self.init(
            number: number, id: row.value("id", as: String?.self) ?? "", header: header,
            state: isCrashed ? .crashed : written, startedAt: row.date(required: "startedAt"),
            finishedAt: row.date("finishedAt"), counts: counts, check: Check(row, in: db))
    }
}

extension RunRecord.Check {
    fileprivate init?(_ row: Row, in db: Database) throws {
        guard let snapshot: Int64 = try row.value("checkedBy") else { return nil }
        let number: Int64 = try row.value("number")
        let count = { (verdict: Verification) in
            try Int.fetchOne(
                db, sql: "SELECT count(*) FROM rows WHERE run = ? AND verified = ?",
                arguments: [number, verdict.rawValue]) ?? 0
        }
        self.init(snapshot: snapshot, confirmed: try count(.confirmed), contradicted: try count(.contradicted))
    }
}
