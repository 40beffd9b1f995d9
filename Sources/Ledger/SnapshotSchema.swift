import Domain
import GRDB
import Populations

/// The tables of snapshots and reviews.
///
/// The accounts of a snapshot are in ``StateBlocks``; these tables describe the snapshot itself.
enum SnapshotSchema {
    static func create(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE snapshots (
                    number INTEGER PRIMARY KEY AUTOINCREMENT,
                    workspace TEXT NOT NULL,
                    startedAt REAL NOT NULL,
                    takenAt REAL NOT NULL,
                    active INTEGER NOT NULL,
                    invited INTEGER NOT NULL,
                    rawSHA256 TEXT NOT NULL
                );
                CREATE INDEX snapshotsOfWorkspace ON snapshots (workspace, number);

                -- account: the uid of a user, the address's key of an invite. occurrence: 1, and more where a listing
                -- shows the same account again.
                CREATE TABLE states (
                    id INTEGER PRIMARY KEY,
                    workspace TEXT NOT NULL,
                    kind TEXT NOT NULL,
                    account TEXT NOT NULL,
                    occurrence INTEGER NOT NULL,
                    uid TEXT NOT NULL,
                    email TEXT NOT NULL,
                    emailKey TEXT NOT NULL,
                    name TEXT NOT NULL,
                    accountType TEXT NOT NULL,
                    status TEXT NOT NULL,
                    expired INTEGER NOT NULL,
                    first INTEGER NOT NULL REFERENCES snapshots (number),
                    gone INTEGER REFERENCES snapshots (number)
                );
                CREATE INDEX statesOfAccount ON states (workspace, kind, account, occurrence, first);
                CREATE INDEX statesThatLast ON states (workspace) WHERE gone IS NULL;

                CREATE TABLE reviews (
                    number INTEGER PRIMARY KEY AUTOINCREMENT,
                    id TEXT NOT NULL,
                    workspace TEXT NOT NULL,
                    snapshot INTEGER NOT NULL REFERENCES snapshots (number),
                    folder TEXT NOT NULL,
                    manifestSHA256 TEXT NOT NULL
                );
                """)
    }

    /// Converts the table with a row for each state to blocks.
    static func gatherStates(_ db: Database) throws {
        try StateBlocks.create(db)
        let rows = try Row.fetchCursor(
            db,
            sql: "SELECT workspace, kind, account, occurrence, first, coalesce(gone, 0) AS gone, email, name, "
                + "accountType, status FROM states ORDER BY workspace, kind, account, occurrence, first")
        var place: (workspace: String, kind: AccountKind)?
        var builder = StateBlocksBuilder()
        let finish = {
            guard let place else { return }
            let blocks = StateBlocks(workspace: place.workspace, kind: place.kind, db: db)
            for block in builder.finish() { try blocks.add(block) }
            builder = StateBlocksBuilder()
        }
        while let row = try rows.next() {
            let now: (workspace: String, kind: AccountKind) = try (row.value("workspace"), row.word(required: "kind"))
            if let place, place != now { try finish() }
            place = now
            try builder.add(AccountState(row))
        }
        try finish()
        try db.execute(sql: "DROP TABLE states")
    }
}

extension AccountState {
    fileprivate init(_ row: Row) throws {
        try self.init(
            account: Array(row.value("account", as: String.self).utf8), occurrence: row.value("occurrence"),
            first: row.value("first"), gone: row.value("gone"), email: row.value("email"), name: row.value("name"),
            accountType: row.value("accountType"), status: row.value("status"))
    }
}
