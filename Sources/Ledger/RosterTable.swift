import Domain
import GRDB

extension Database {
    /// Puts a roster where SQL can join it with the rows of a run. An address that is both active and invited is active,
    /// and one with an invite that waits and one that has expired is invited.
    func load(_ roster: Roster, for run: Int64) throws {
        try Schema.prepareRoster(of: run, self)
        let insert = try cachedStatement(
            sql: "INSERT INTO temp.roster (run, subject, active, accountType, status, isExpired) "
                + "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (run, subject) DO UPDATE SET active = excluded.active, "
                + "accountType = excluded.accountType, status = excluded.status, isExpired = excluded.isExpired "
                + "WHERE excluded.active >= roster.active AND excluded.isExpired <= roster.isExpired")
        for user in roster.invited {
            try insert.execute(arguments: [
                run, EmailAddress.key(of: user.email), false, user.accountType.rawValue, user.status.rawValue,
                user.status.isExpired,
            ])
        }
        for user in roster.active {
            try insert.execute(arguments: [
                run, EmailAddress.key(of: user.email), true, user.accountType.rawValue, "", false,
            ])
        }
        let hasChanges = try Bool.fetchOne(
            self, sql: "SELECT EXISTS (SELECT 1 FROM rows WHERE run = ? AND uid <> '')", arguments: [run])
        guard hasChanges == true else { return }
        for user in roster.active {
            try insert.execute(arguments: [
                run, Subject.of(uid: user.uid), true, user.accountType.rawValue, "", false,
            ])
        }
    }
}

/// What two rows about the same account have in common.
enum Subject {
    /// No address begins with this sign and goes on like a uid.
    static func of(uid: String) -> String { "#" + uid }

    static func of(_ operation: Domain.Operation) -> String {
        switch operation {
        case .invite(let email, _): email.key
        case .changeRole(let uid, _), .disable(let uid): of(uid: uid)
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

extension Domain.Operation {
    /// From the columns `kind`, `email`, `uid` and `accountType` of a row that can be sent.
    init(planned row: Row) throws {
        let type = AccountType(rawValue: row["accountType"])
        self =
            switch Kind(rawValue: row["kind"]) {
            case .changeRole: .changeRole(uid: row["uid"], type)
            case .disable: .disable(uid: row["uid"])
            case .invite, nil: .invite(try EmailAddress(row["email"]), type)
            }
    }
}
