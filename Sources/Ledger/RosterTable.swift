import Domain
import GRDB

extension Database {
    /// Puts a roster where SQL can join it. An address that is both active and invited is active.
    func load(_ roster: Roster) throws {
        try Schema.prepareRoster(self)
        let insert = try cachedStatement(
            sql: "INSERT INTO temp.roster (emailKey, active, accountType, status) VALUES (?, ?, ?, ?) "
                + "ON CONFLICT (emailKey) DO UPDATE SET active = excluded.active, accountType = excluded.accountType, "
                + "status = excluded.status WHERE excluded.active >= roster.active AND NOT (roster.status <> 'EXPIRED' "
                + "AND upper(excluded.status) = 'EXPIRED')")
        for user in roster.invited {
            try insert.execute(arguments: [
                EmailAddress.key(of: user.email), false, user.accountType.rawValue, user.status.rawValue,
            ])
        }
        for user in roster.active {
            try insert.execute(arguments: [EmailAddress.key(of: user.email), true, user.accountType.rawValue, ""])
        }
    }
}

extension Standing {
    /// From the columns `active`, `rosterType` and `status` of a left join with the roster.
    init(joined row: Row) {
        guard let active: Bool = row["active"] else {
            self = .absent
            return
        }
        let type = AccountType(rawValue: row["rosterType"])
        self = active ? .active(type) : .invited(type, InviteStatus(rawValue: row["status"]))
    }
}
