import Domain
import GRDB

/// The tables of snapshots and reviews.
///
/// A snapshot's accounts are in ``StateBlocks``; what is known about it is here.
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

    /// From a row for each state to blocks of them.
    static func gatherStates(_ db: Database) throws {
        try StateBlocks.create(db)
        let rows = try Row.fetchCursor(
            db,
            sql: "SELECT workspace, kind, account, occurrence, first, coalesce(gone, 0) AS gone, email, name, "
                + "accountType, status FROM states ORDER BY workspace, kind, account, occurrence, first")
        var writer = StateBlockWriter()
        var place: (workspace: String, kind: AccountKind, account: String)?
        let finish = {
            guard let place else { return }
            let blocks = StateBlocks(workspace: place.workspace, kind: place.kind, db: db)
            for (number, piece) in writer.finish().enumerated() { try blocks.add(piece, from: number == 0 ? [] : nil) }
        }
        while let row = try rows.next() {
            let now: (workspace: String, kind: AccountKind, account: String) = (
                row["workspace"], try row.word(required: "kind"), row["account"]
            )
            if let before = place, before != now {
                if (before.workspace, before.kind) == (now.workspace, now.kind) {
                    writer.endAccount()
                } else {
                    try finish()
                }
            }
            place = now
            let texts = TextArena()
            let spans = ["account", "email", "name", "accountType", "status"].map { texts.add(row[$0] as String) }
            writer.add(
                StateRecord(
                    account: texts[spans[0]], occurrence: row["occurrence"], first: row["first"], gone: row["gone"],
                    email: texts[spans[1]], name: texts[spans[2]], accountType: texts[spans[3]],
                    status: texts[spans[4]]))
            withExtendedLifetime(texts) {}
        }
        try finish()
        try db.execute(sql: "DROP TABLE states")
    }
}
