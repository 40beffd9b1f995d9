import Domain
import Foundation
import GRDB

extension RunJournal {
    /// Settles every unconfirmed row for which there is enough evidence.
    public func settle(by look: Look?, on terms: SettlementTerms) async throws -> Settlement {
        try await writeDurably { db in
            // Rows anywhere in the run may return to the plan.
            place.last = 0
            let now = ledger.moment()
            if let look { try db.load(look.roster, for: number) } else { try Schema.emptyRoster(of: number, db) }
            let history = try look.map { try remember($0, at: now, in: db) } ?? looks.soFar
            var settling = Settling(
                number: number, terms: terms, history: history, hasListing: look != nil, now: now,
                grace: try grace(terms, in: db), since: looks.since)
            let rows = try Row.fetchCursor(
                db.cachedStatement(sql: Self.joined + " AND r.state IN ('sending', 'unknown')"), arguments: [number])
            while let row = try rows.next() { try settling.settle(row, finding: find, in: db) }
            CrashPoint.pass("settled, not durable yet")
            return settling.result
        }
    }

    /// The rows of a run, with the listed state of their accounts and the time of their claims.
    static let joined = """
        SELECT r.ordinal, r.kind, r.email, r.uid, r.accountType, r.before, r.again, r.attempts, r.state, r.ground,
            r.reason, r.refusal, r.answeredAt, t.active AS active, t.accountType AS rosterType, t.status AS status,
            c.boot, c.uptime, c.timeout
        FROM rows r LEFT JOIN temp.roster t USING (run, subject) LEFT JOIN claims c ON c.id = r.claim
        WHERE r.run = ?
        """

    /// The grace period in seconds; longer if any execution of the run saw a slower response.
    private func grace(_ terms: SettlementTerms, in db: Database) throws -> Double {
        let slowest = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT max(slowest) AS slowest FROM claims WHERE run = ?"), arguments: [number])?
            .seconds("slowest")
        // Twice the slowest, because a request that has no response yet may be slower still.
        return max(terms.grace.inSeconds, (slowest ?? 0) * 2)
    }

    /// How long a listing may take to show a row that was answered *ok*, in seconds. Later, somebody else may have
    /// reverted the change.
    private static let memory = 15 * 60.0

    /// Looks for rows that were answered *ok*. Those that a listing shows prove how recent it is; those that it lacks
    /// prove that it lags.
    private func remember(_ look: Look, at now: MachineMoment, in db: Database) throws -> LookHistory {
        // A succeeded row with a reason was settled by a listing, so it proves nothing about listings.
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: Self.joined + " AND r.state = 'succeeded' AND r.reason IS NULL AND c.boot = ? "
                    + "ORDER BY r.claim DESC, r.ordinal DESC LIMIT 1000"),
            arguments: [number, now.boot])
        var (missing, witnesses): (Int, [Double]) = (0, [])
        while let row = try rows.next() {
            let claimedAt = try row.seconds(required: "uptime")
            switch find(try UnansweredRow(row)) {
            case .noEffect: if now.seconds - claimedAt < Self.memory { missing += 1 }
            case .tookEffect: if witnesses.count < 2 { witnesses.append(claimedAt) }
            case .contradicted, .undecided: break
            }
        }
        return looks.add(
            askedAt: now.seconds - look.age.inSeconds, secondWitnessAt: witnesses.count == 2 ? witnesses[1] : nil,
            missing: missing)
    }

    /// Compares every outcome with a listing made after the run.
    ///
    /// - Parameters:
    ///   - snapshot: the number of the listing in the ledger.
    ///   - verdict: whether the listing agrees with a row; nil if there is nothing to compare.
    public func verify(
        by roster: Roster, snapshot: Int64,
        verdict: @escaping @Sendable (UnansweredRow, Outcome.Kind, Ground?) -> Verification?
    ) async throws {
        try await writeDurably { db in
            try db.load(roster, for: number)
            let update = try db.cachedStatement(sql: "UPDATE rows SET verified = ? WHERE run = ? AND ordinal = ?")
            let rows = try Row.fetchCursor(
                db, sql: Self.joined + " AND r.state IN ('succeeded', 'skipped', 'failed') AND r.subject <> ''",
                arguments: [number])
            while let row = try rows.next() {
                let kind: Outcome.Kind = try row.word(required: "state")
                let ground: Ground? = try row.word("ground")
                let ordinal: Int64 = try row.value("ordinal")
                let found = verdict(try UnansweredRow(row), kind, ground)
                try update.execute(arguments: [found?.rawValue, number, ordinal])
            }
            try db.execute(sql: "UPDATE runs SET checkedBy = ? WHERE number = ?", arguments: [snapshot, number])
        }
    }
}

extension UnansweredRow {
    init(_ row: Row) throws {
        try self.init(
            operation: WorkspaceChange(planned: row), again: row.value("again"),
            before: row.value("before", as: String?.self).map(AccountType.init(rawValue:)),
            standing: Standing(joined: row))
    }
}
