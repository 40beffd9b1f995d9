import Domain
import GRDB

extension Ledger {
    /// The effect of the rows of a run that are still to be sent, or may have to be re-sent.
    ///
    /// - Parameters:
    ///   - roster: the current listing, possibly days after the plan was made; nil to use the account types at the time
    ///     of the plan.
    ///   - question: what counts as privileged, as outside, and as the user's own account.
    public func effect(
        of run: Int64, on roster: Roster?, _ question: PlanEffect.Question
    ) throws(LedgerError) -> PlanEffect {
        let start = PlanEffect(question, on: roster?.active ?? [])
        return try read { db in
            var effect = start
            let left = "run = ? AND state IN ('planned', 'sending', 'unknown')"
            let invites = question.countedInvites
            let types =
                invites == .privileged
                ? try String.fetchAll(
                    db, sql: "SELECT DISTINCT accountType FROM rows WHERE \(left)", arguments: [run]
                ).filter { question.privileged.contains(AccountType(rawValue: $0)) } : []
            let rows = try Row.fetchCursor(
                db,
                sql: "SELECT line, kind, email, uid, accountType, before FROM rows WHERE \(left) "
                    + "AND (? OR kind <> 'invite' OR accountType IN (\(databaseQuestionMarks(count: types.count)))) "
                    + "ORDER BY ordinal",
                arguments: ([run, invites == .all] as StatementArguments) + StatementArguments(types))
            // Built for the first row that names a user; a list of invitations needs none.
            var now: [String: AccountType]?
            while let row = try rows.next() {
                let uid: String = try row.value("uid")
                var before = try row.value("before", as: String?.self).map(AccountType.init(rawValue:))
                if let roster, !uid.isEmpty {
                    let types = now ?? roster.typesByUID
                    now = types
                    // A user who no longer exists neither gains nor loses anything.
                    guard let type = types[uid] else { continue }
                    before = type
                }
                try effect.count(
                    WorkspaceChange(planned: row), email: row.value("email"), uid: uid, line: row.value("line"),
                    before: before)
            }
            return effect
        }
    }
}

extension Roster {
    fileprivate var typesByUID: [String: AccountType] {
        Dictionary(active.map { ($0.uid, $0.accountType) }, uniquingKeysWith: { first, _ in first })
    }
}
