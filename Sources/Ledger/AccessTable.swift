import Domain
import Foundation
import GRDB

/// Joins the accounts of several workspaces by person, in a temporary database, so that memory does not grow with the
/// number of people.
public final class AccessTable: AccessSource {
    private let ledger: Ledger
    private let privileged: PrivilegedTypes
    private var ordinal = 0

    /// Creates an empty table.
    ///
    /// - Parameter privileged: which account types count as privileged.
    public init(privileged: PrivilegedTypes) throws(LedgerError) {
        self.privileged = privileged
        ledger = try .temporary()
        try ledger.write { db in
            try db.execute(
                sql: """
                    CREATE TABLE access (
                        person BLOB NOT NULL, workspace INTEGER NOT NULL, isInvite INTEGER NOT NULL,
                        ordinal INTEGER NOT NULL, email TEXT NOT NULL, name TEXT NOT NULL, accountType TEXT NOT NULL,
                        status TEXT, isPrivileged INTEGER NOT NULL,
                        PRIMARY KEY (person, workspace, isInvite, ordinal)
                    ) WITHOUT ROWID
                    """)
        }
    }

    /// Adds all accounts of a review.
    ///
    /// - Parameter workspace: the index of the workspace, from 0.
    public func add(_ source: some ReviewSource, workspace: Int) throws {
        try ledger.write { db in
            for kind in AccountKind.allCases {
                try source.accounts(kind) { account in
                    try insert(
                        kind, uid: account.uid, email: account.email, name: account.name, account.accountType,
                        account.status, workspace: workspace, into: db)
                }
            }
        }
    }

    /// Adds all accounts of a listing.
    ///
    /// - Parameter workspace: the index of the workspace, from 0.
    public func add(_ roster: Roster, workspace: Int) throws {
        try ledger.write { db in
            for user in roster.active {
                try insert(
                    .user, uid: user.uid, email: user.email, name: user.name, user.accountType, nil,
                    workspace: workspace, into: db)
            }
            for invite in roster.invited {
                try insert(
                    .invite, uid: "", email: invite.email, name: "", invite.accountType, invite.status,
                    workspace: workspace, into: db)
            }
        }
    }

    private func insert(
        _ kind: AccountKind, uid: String, email: String, name: String, _ type: AccountType, _ status: InviteStatus?,
        workspace: Int, into db: Database
    ) throws {
        ordinal += 1
        // People are identified by the key of their address. An account without an address is a separate person.
        let person = email.isEmpty ? Data([0] + uid.utf8) : Data(EmailAddress.key(of: email).utf8)
        try db.cachedStatement(sql: "INSERT INTO access VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)").execute(
            arguments: [
                person, workspace, kind == .invite, ordinal, email, name, type.rawValue, status?.rawValue,
                kind == .user && privileged.contains(type),
            ])
    }

    /// All people: those who are privileged in most workspaces first, then by address.
    ///
    /// - Throws: ``LedgerError``, or what `body` throws.
    public func people(_ body: (PersonAccess) throws -> Void) throws {
        try ledger.readOut { try people($0, body) }
    }

    private func people(_ db: Database, _ body: (PersonAccess) throws -> Void) throws {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT a.*, p.privileged FROM access a JOIN (
                    SELECT person, COUNT(DISTINCT CASE WHEN isPrivileged THEN workspace END) AS privileged
                    FROM access GROUP BY person
                ) p USING (person) ORDER BY p.privileged DESC, person, workspace, isInvite, ordinal
                """)
        var last: (person: Data, access: PersonAccess)?
        while let row = try rows.next() {
            let person: Data = try row.value("person")
            if let before = last, before.person != person {
                try body(before.access)
                last = nil
            }
            var access = try last?.access ?? PersonAccess(email: row.value("email"), name: row.value("name"))
            if access.name.isEmpty { access.name = try row.value("name") }
            let status: String? = try row.value("status")
            try access.accounts.append(
                .init(
                    workspace: row.value("workspace"), kind: row.value("isInvite") ? .invite : .user,
                    accountType: AccountType(rawValue: row.value("accountType")),
                    isPrivileged: row.value("isPrivileged"),
                    status: status.map(InviteStatus.init(rawValue:))))
            last = (person, access)
        }
        if let last { try body(last.access) }
    }
}
