import Domain
import GRDB

extension PlanDraft {
    /// Passes every row of the plan to `body`, with the facts that the decision was based on, in the order of the
    /// input.
    ///
    /// - Throws: ``LedgerError``, or what `body` throws.
    public func rows(_ body: (PlannedRow) throws -> Void) throws {
        try ledger.readOut { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT r.*, d.place, d.decision, d.accountKind, d.name, d.accountType AS reviewedType,
                        d.status AS reviewedStatus, d.reviewer, d.justification,
                        d.rowKey, d.reviewedUid, d.ticket, d.exceptionUntil, d.decidedAt,
                        t.active AS active, t.accountType AS rosterType, t.status AS status
                    FROM rows r LEFT JOIN decisions d USING (run, ordinal) LEFT JOIN temp.roster t USING (run, subject)
                    WHERE r.run = ? ORDER BY r.ordinal
                    """, arguments: [number])
            while let row = try rows.next() { try body(PlannedRow(row)) }
        }
    }
}

extension PlannedRow {
    fileprivate init(_ row: Row) throws {
        let ground: Ground = try row.word("ground") ?? .malformedRow
        let reason = try row.value("reason", as: String?.self) ?? ""
        let disposition: Disposition =
            switch try row.value("state", as: String.self) {
            case Schema.RowState.planned: .send(again: try row.value("again"))
            case Outcome.Kind.skipped.rawValue: .skip(ground, reason: reason)
            case Outcome.Kind.rejected.rawValue: .reject(ground, reason: reason)
            case let state: throw LedgerError.unknownKind("a planned row in state \(state)")
            }
        let subject: String = try row.value("subject")
        self.init(
            line: try row.value("line"), kind: try row.word("kind"),
            text: try RowText(
                email: row.value("email"), uid: row.value("uid"), accountType: row.value("accountType")),
            disposition: disposition, standing: subject.isEmpty ? nil : try Standing(joined: row),
            decision: try RecordedDecision(row))
    }
}
