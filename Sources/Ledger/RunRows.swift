import Domain
import Foundation
import GRDB

extension Outcome.Kind {
    /// The outcome of a row in the ledger: *planned* counts as not sent, *sending* as unknown.
    init(state row: Row) throws {
        switch try row.value("state", as: String.self) {
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
            try counts[Outcome.Kind(state: count), default: 0] += count.value("n", as: Int.self)
        }
        return counts
    }
}

extension ResultRow {
    init(_ row: Row) throws {
        let state: String = try row.value("state")
        let kind = try Outcome.Kind(state: row)
        var reason: String? = try row.value("reason")
        if state == Schema.RowState.planned { reason = "the run ended before this row was sent" }
        if state == Schema.RowState.sending { reason = "no response yet" }
        try self.init(
            line: row.value("line"), kind: row.word("kind"), email: row.value("email"),
            uid: row.value("uid"), accountType: row.value("accountType"),
            before: row.value("before", as: String?.self).map(AccountType.init(rawValue:)),
            decision: RecordedDecision(row), outcome: Outcome(kind: kind, reason: reason),
            attempts: row.count("attempts"), startedAt: row.date("startedAt"), finishedAt: row.date("finishedAt"),
            verified: row.word("verified"))
    }
}

extension RecordedDecision {
    /// From the columns of a left join with `decisions`; nil if there is no decision.
    init?(_ row: Row) throws {
        guard let place: String = try row.value("place") else { return nil }
        try self.init(
            place: place, decision: row.word("decision"),
            accountKind: row.word(required: "accountKind"), name: row.value("name"),
            accountType: AccountType(rawValue: row.value("reviewedType")), status: row.value("reviewedStatus"),
            reviewer: row.value("reviewer"), justification: row.value("justification"))
        rowKey = try row.value("rowKey")
        uid = try row.value("reviewedUid")
        ticket = try row.value("ticket")
        exceptionUntil = try row.value("exceptionUntil")
        decidedAt = try row.value("decidedAt")
    }
}
