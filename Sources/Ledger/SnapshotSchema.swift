import GRDB

/// The tables of snapshots and reviews.
///
/// A snapshot is not copied: `states` holds each state of an account once, from the first snapshot that showed it up to
/// the first that no longer did (`gone`, NULL while it lasts). An account that does not change costs nothing.
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

    /// One answer, where SQL can compare it with the states that last: of this connection only.
    static func prepareListing(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TEMP TABLE IF NOT EXISTS listing (
                    kind TEXT NOT NULL, account TEXT NOT NULL, occurrence INTEGER NOT NULL, uid TEXT NOT NULL,
                    email TEXT NOT NULL, emailKey TEXT NOT NULL, name TEXT NOT NULL, accountType TEXT NOT NULL,
                    status TEXT NOT NULL, expired INTEGER NOT NULL, PRIMARY KEY (kind, account, occurrence)
                ) WITHOUT ROWID;
                DELETE FROM temp.listing;
                """)
    }

    /// Two rows of `states` or `listing` that are one account.
    static func sameAccount(_ one: String, _ other: String) -> String {
        "\(one).kind = \(other).kind AND \(one).account = \(other).account AND \(one).occurrence = \(other).occurrence"
    }

    /// Two rows that are one account in one state.
    static func sameState(_ one: String, _ other: String) -> String {
        sameAccount(one, other)
            + ["uid", "email", "name", "accountType", "status"].map { " AND \(one).\($0) = \(other).\($0)" }.joined()
    }
}
