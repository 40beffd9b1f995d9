import GRDB

/// The tables, step by step as they came to be.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 runs and rows") { db in
            try db.execute(
                sql: """
                    CREATE TABLE runs (
                        number INTEGER PRIMARY KEY AUTOINCREMENT,
                        kind TEXT NOT NULL,
                        workspace TEXT NOT NULL,
                        input TEXT NOT NULL,
                        inputSHA256 TEXT NOT NULL,
                        version TEXT NOT NULL,
                        state TEXT NOT NULL,
                        process INTEGER NOT NULL,
                        startedAt REAL NOT NULL,
                        finishedAt REAL
                    );

                    -- state: planned, sending, or an outcome (succeeded, skipped, rejected, failed, unknown).
                    CREATE TABLE rows (
                        run INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
                        ordinal INTEGER NOT NULL,
                        line INTEGER NOT NULL,
                        emailColumn INTEGER,
                        email TEXT NOT NULL,
                        emailKey TEXT NOT NULL,
                        uid TEXT NOT NULL DEFAULT '',
                        accountType TEXT NOT NULL,
                        state TEXT NOT NULL,
                        ground TEXT,
                        reason TEXT,
                        again INTEGER NOT NULL DEFAULT 0,
                        attempts INTEGER NOT NULL DEFAULT 0,
                        startedAt REAL,
                        finishedAt REAL,
                        PRIMARY KEY (run, ordinal)
                    ) WITHOUT ROWID;

                    -- Only rows whose turn is still to come, so that it shrinks to nothing.
                    CREATE INDEX rowsToSend ON rows (run, ordinal) WHERE state = 'planned';
                    CREATE INDEX rowsUnanswered ON rows (run, ordinal) WHERE state IN ('sending', 'unknown');

                    CREATE TABLE problems (
                        run INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
                        ordinal INTEGER NOT NULL,
                        part INTEGER NOT NULL,
                        line INTEGER NOT NULL,
                        fieldColumn INTEGER,
                        severity TEXT NOT NULL,
                        message TEXT NOT NULL,
                        PRIMARY KEY (run, ordinal, part)
                    ) WITHOUT ROWID;
                    """)
        }
        migrator.registerMigration("2 snapshots and reviews", migrate: SnapshotSchema.create)
        migrator.registerMigration("3 retries and verification") { db in
            try db.execute(
                sql: """
                    ALTER TABLE runs ADD COLUMN retryOf INTEGER;
                    -- The snapshot that the outcomes were compared with.
                    ALTER TABLE runs ADD COLUMN checkedBy INTEGER;
                    -- confirmed or contradicted.
                    ALTER TABLE rows ADD COLUMN verified TEXT;
                    """)
        }
        migrator.registerMigration("4 no process numbers") { db in
            // The workspace's lock says whether somebody is at work.
            try db.execute(sql: "ALTER TABLE runs DROP COLUMN process")
        }
        return migrator
    }

    /// A row's life before its outcome.
    enum RowState {
        static let planned = "planned"
        static let sending = "sending"
    }

    /// The roster that a plan or a settlement is joined with: of this connection only, gone with it.
    static func prepareRoster(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TEMP TABLE IF NOT EXISTS roster (
                    emailKey TEXT PRIMARY KEY, active INTEGER NOT NULL, accountType TEXT NOT NULL, status TEXT NOT NULL
                ) WITHOUT ROWID;
                DELETE FROM temp.roster;
                """)
    }
}
