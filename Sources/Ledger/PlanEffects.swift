import Domain
import GRDB

extension Ledger {
    /// What the rows of a run that are still to be sent would change.
    ///
    /// - Parameters:
    ///   - roster: the workspace as it is now, which may be days after the plan was made; nil to go by how accounts
    ///     stood then.
    ///   - domains: the company's own; none to leave the question out.
    ///   - own: the address or uid of the account that the credentials belong to, where it is known.
    ///   - privileged: which account types count as privileged.
    public func effect(
        of run: Int64, on roster: Roster?, domains: [String], own: String?, privileged: PrivilegedTypes
    ) throws(LedgerError) -> PlanEffect {
        var effect = PlanEffect(privileged: privileged)
        if let roster {
            effect.users = roster.active.count
            effect.admins = roster.active.count { $0.accountType == .admin }
        }
        let ownKey = own.map(EmailAddress.key(of:))
        let start = effect
        return try read { db in
            var effect = start
            // Of a million invites only those matter that give a privilege, or go outside.
            let types = try String.fetchAll(
                db, sql: "SELECT DISTINCT accountType FROM rows WHERE run = ? AND state = 'planned'", arguments: [run]
            ).filter { privileged.contains(AccountType(rawValue: $0)) }
            let rows = try Row.fetchCursor(
                db,
                sql: "SELECT line, kind, email, uid, accountType, before FROM rows WHERE run = ? AND state = 'planned' "
                    + "AND (? OR kind <> 'invite' OR accountType IN (\(databaseQuestionMarks(count: types.count)))) "
                    + "ORDER BY ordinal",
                arguments: ([run, !domains.isEmpty] as StatementArguments) + StatementArguments(types))
            // Made for the first row that names a user; of a million invites none does.
            var now: [String: AccountType]?
            while let row = try rows.next() {
                let uid: String = row["uid"]
                var before = (row["before"] as String?).map(AccountType.init(rawValue:))
                if let roster, !uid.isEmpty {
                    let types = now ?? roster.typesByUID
                    now = types
                    // Who is gone already loses nothing and gets nothing.
                    guard let type = types[uid] else { continue }
                    before = type
                }
                let isOwn = own != nil && (uid == own || EmailAddress.key(of: row["email"]) == ownKey)
                effect.count(
                    try Domain.Operation(planned: row), email: row["email"], line: row["line"],
                    before: before, domains: domains, isOwn: isOwn)
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
