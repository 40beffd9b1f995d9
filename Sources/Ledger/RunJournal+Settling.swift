import Domain
import Foundation
import GRDB

extension RunJournal {
    /// Decides every unanswered row by what the workspace looks like now.
    public func settle(by roster: Roster, on terms: SettlementTerms) async throws -> Settlement {
        try await writing { db in
            // Rows may come back into the plan, wherever they are.
            place.last = 0
            try db.load(roster, for: number)
            var settlement = Settlement(missing: try rowsMissing(in: db))
            let rows = try Row.fetchCursor(
                db, sql: Self.joined + " AND r.state IN ('sending', 'unknown')", arguments: [number])
            while let row = try rows.next() {
                try settle(row, on: terms, counting: &settlement, in: db)
            }
            CrashPoint.pass("settled, not durable yet")
            return settlement
        }
    }

    /// The rows of a run beside what the roster says of their accounts.
    private static let joined = """
        SELECT r.ordinal, r.kind, r.email, r.uid, r.accountType, r.before, r.again, r.attempts, r.state, r.ground,
            r.reason, t.active AS active, t.accountType AS rosterType, t.status AS status
        FROM rows r LEFT JOIN temp.roster t USING (run, subject)
        WHERE r.run = ?
        """

    /// How long the workspace may take to show what it said *ok* to; later, somebody may have taken it back.
    private static let memory = TimeInterval(15 * 60)

    /// Of the last thousand rows that were answered *ok* a moment ago, how many the roster does not show. A list that
    /// lacks what certainly happened is behind the times, and says nothing by lacking something else.
    private func rowsMissing(in db: Database) throws -> Int {
        let rows = try Row.fetchCursor(
            db,
            sql: Self.joined + " AND r.state = 'succeeded' AND r.finishedAt >= ? ORDER BY r.ordinal DESC LIMIT 1000",
            arguments: [number, Date().timeIntervalSince1970 - Self.memory])
        var missing = 0
        while let row = try rows.next() {
            if find(try UnansweredRow(row)) == .noEffect { missing += 1 }
        }
        return missing
    }

    private func settle(
        _ row: Row, on terms: SettlementTerms, counting settlement: inout Settlement, in db: Database
    ) throws {
        let attempts: Int = row["attempts"]
        // Asked about a second time, the row still says first what happened to its request.
        let reason: String = row["reason"] ?? "no answer"
        let lost = reason.components(separatedBy: Self.undecidedMark)[0]
        switch find(try UnansweredRow(row)) {
        case .tookEffect:
            let note = "no answer (\(lost)); listUsers shows that it took effect"
            try write(row, Outcome.Kind.succeeded.rawValue, note, in: db)
            settlement.tookEffect += 1
        case .noEffect where settlement.missing > 0 && !terms.resendUndecided:
            let shown = "listUsers does not show \(settlement.missing) of the rows that were answered ok, either"
            try leave(row, lost, shown, on: terms, counting: &settlement, in: db)
        case .noEffect where attempts >= terms.maxAttempts:
            let reason = "\(lost), after \(attempts) attempts; listUsers shows that none took effect"
            try write(row, Outcome.Kind.failed.rawValue, reason, in: db)
            settlement.failed += 1
        case .undecided(let reason) where !terms.resendUndecided:
            try leave(row, lost, reason, on: terms, counting: &settlement, in: db)
        case .noEffect, .undecided:
            try write(row, Schema.RowState.planned, nil, in: db)
            settlement.sendAgain += 1
        case .contradicted(let reason):
            try write(row, Outcome.Kind.failed.rawValue, reason, in: db)
            settlement.failed += 1
        }
    }

    /// Between what happened to a row's request and why nobody can tell what came of it.
    private static let undecidedMark = "; it cannot be told whether it took effect: "

    /// The row stays unknown, and says why, unless a listing that has caught up will be asked about it.
    private func leave(
        _ row: Row, _ lost: String, _ why: String, on terms: SettlementTerms, counting settlement: inout Settlement,
        in db: Database
    ) throws {
        settlement.undecided += 1
        guard terms.isLast || settlement.missing == 0 else { return }
        try write(row, Outcome.Kind.unknown.rawValue, lost + Self.undecidedMark + why, in: db)
    }

    private func write(_ row: Row, _ state: String, _ reason: String?, in db: Database) throws {
        let ordinal: Int64 = row["ordinal"]
        try db.cachedStatement(sql: "UPDATE rows SET state = ?, reason = ? WHERE run = ? AND ordinal = ?")
            .execute(arguments: [state, reason, number, ordinal])
    }

    /// Compares every outcome with a listing that was made after the run.
    ///
    /// - Parameters:
    ///   - snapshot: the listing's number in the ledger.
    ///   - verdict: what the listing says about a row; nil where there is nothing to compare.
    public func verify(
        by roster: Roster, snapshot: Int64,
        verdict: @escaping @Sendable (UnansweredRow, Outcome.Kind, Ground?) -> Verification?
    ) async throws {
        try await writing { db in
            try db.load(roster, for: number)
            let update = try db.cachedStatement(sql: "UPDATE rows SET verified = ? WHERE run = ? AND ordinal = ?")
            let rows = try Row.fetchCursor(
                db, sql: Self.joined + " AND r.state IN ('succeeded', 'skipped', 'failed') AND r.subject <> ''",
                arguments: [number])
            while let row = try rows.next() {
                let kind = Outcome.Kind(rawValue: row["state"]) ?? .unknown
                let ground = (row["ground"] as String?).flatMap(Ground.init(rawValue:))
                let ordinal: Int64 = row["ordinal"]
                let found = verdict(try UnansweredRow(row), kind, ground)
                try update.execute(arguments: [found?.rawValue, number, ordinal])
            }
            try db.execute(sql: "UPDATE runs SET checkedBy = ? WHERE number = ?", arguments: [snapshot, number])
        }
    }
}

extension UnansweredRow {
    fileprivate init(_ row: Row) throws {
        self.init(
            operation: try Domain.Operation(planned: row), again: row["again"],
            before: (row["before"] as String?).map(AccountType.init(rawValue:)), standing: Standing(joined: row))
    }
}
