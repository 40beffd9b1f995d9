import Domain
import GRDB

extension Database {
    /// Writes a roster into a temporary table, so that SQL can join it with the rows of a run.
    func load(_ roster: Roster, for run: Int64) throws {
        try Schema.emptyRoster(of: run, self)
        let insert = try cachedStatement(
            sql: "INSERT OR REPLACE INTO temp.roster (run, subject, active, accountType, status) "
                + "VALUES (?, ?, ?, ?, ?)")
        let hasChanges = try Bool.fetchOne(
            cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM rows WHERE run = ? AND uid <> '')"), arguments: [run])
        try roster.forEachStanding(uids: hasChanges == true) { subject, standing in
            switch standing {
            case .absent: break
            case .invited(let type, let status):
                try insert.execute(arguments: [run, subject, false, type.rawValue, status.rawValue])
            case .active(let type): try insert.execute(arguments: [run, subject, true, type.rawValue, ""])
            }
        }
    }
}

extension Standing {
    /// From the columns `active`, `rosterType` and `status` of a left join with the roster.
    init(joined row: Row) throws {
        guard let active: Bool = try row.value("active") else {
            self = .absent
            return
        }
        let type = AccountType(rawValue: try row.value("rosterType"))
        self = active ? .active(type) : .invited(type, InviteStatus(rawValue: try row.value("status")))
    }
}

extension WorkspaceChange {
    /// From the columns `kind`, `email`, `uid` and `accountType` of a row that can be sent.
    init(planned row: Row) throws {
        let type = AccountType(rawValue: try row.value("accountType"))
        let kind: Kind = try row.word(required: "kind")
        do {
            try self.init(kind, email: row.value("email"), uid: row.value("uid"), accountType: type)
        } catch let error as ChangeOfNobody {
            throw LedgerError.unknownKind("a \(error.kind.rawValue) row without a user")
        }
    }
}
