import Domain
import Foundation
import GRDB

extension Outcome.Kind {
    /// The outcome of a row in the ledger: *planned* counts as not sent, *sending* as unknown.
    init(state row: Row) throws(LedgerError) {
        switch row["state"] as String {
        case Schema.RowState.planned: self = .notSent
        case Schema.RowState.sending: self = .unknown
        default: self = try row.word(required: "state")
        }
    }
}

extension Outcome.Kind {
    /// The number of rows of a run by outcome.
    static func counts(of run: Int64, in db: Database) throws -> [Outcome.Kind: Int] {
        var counts: [Outcome.Kind: Int] = [:]
        for count in try Row.fetchAll(
            db.cachedStatement(sql: "SELECT state, count(*) AS n FROM rows WHERE run = ? GROUP BY 1"), arguments: [run])
        {
            try counts[Outcome.Kind(state: count), default: 0] += count["n"] as Int
        }
        return counts
    }
}

extension ResultRow {
    init(_ row: Row) throws {
        let state: String = row["state"]
        let kind = try Outcome.Kind(state: row)
        var reason: String? = row["reason"]
        if state == Schema.RowState.planned { reason = "the run ended before this row was sent" }
        if state == Schema.RowState.sending { reason = "no response yet" }
        self.init(
            line: row["line"], kind: try row.word("kind"), email: row["email"],
            uid: row["uid"], accountType: row["accountType"],
            before: (row["before"] as String?).map(AccountType.init(rawValue:)), decision: try RecordedDecision(row),
            outcome: Outcome(kind: kind, reason: reason), attempts: row["attempts"],
            startedAt: (row["startedAt"] as Double?).map(Date.init(timeIntervalSince1970:)),
            finishedAt: (row["finishedAt"] as Double?).map(Date.init(timeIntervalSince1970:)),
            verified: try row.word("verified"))
    }
}

extension RecordedDecision {
    /// From the columns of a left join with `decisions`; nil if there is no decision.
    init?(_ row: Row) throws(LedgerError) {
        guard let place: String = row["place"] else { return nil }
        self.init(
            place: place, decision: try row.word("decision"),
            accountKind: try row.word(required: "accountKind"), name: row["name"],
            accountType: AccountType(rawValue: row["reviewedType"]), status: row["reviewedStatus"],
            reviewer: row["reviewer"],
            justification: row["justification"])
    }
}
