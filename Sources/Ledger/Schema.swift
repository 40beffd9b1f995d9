import GRDB

/// The tables, as migrations in their historical order.
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
            // The lock of the workspace shows whether a process is running.
            try db.execute(sql: "ALTER TABLE runs DROP COLUMN process")
        }
        migrator.registerMigration("5 roles, removals and decisions") { db in
            try db.execute(
                sql: """
                    -- What two rows about one account have in common: an address's key, or # and a uid.
                    ALTER TABLE rows RENAME COLUMN emailKey TO subject;
                    -- invite, changeRole, disable; empty where a review asks for nothing.
                    ALTER TABLE rows ADD COLUMN kind TEXT NOT NULL DEFAULT 'invite';
                    -- The account type that an active user had when the plan was made.
                    ALTER TABLE rows ADD COLUMN before TEXT;
                    -- 0 for rows that give access; 1 for those that take some away, which go after them.
                    ALTER TABLE rows ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;
                    DROP INDEX rowsToSend;
                    CREATE INDEX rowsToSend ON rows (run, turn, ordinal) WHERE state = 'planned';

                    -- The decisions of a review that a run carries out, one a row of the run.
                    CREATE TABLE decisions (
                        run INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
                        ordinal INTEGER NOT NULL,
                        place TEXT NOT NULL,
                        decision TEXT,
                        accountKind TEXT NOT NULL,
                        name TEXT NOT NULL,
                        accountType TEXT NOT NULL,
                        status TEXT NOT NULL,
                        reviewer TEXT NOT NULL,
                        justification TEXT NOT NULL,
                        PRIMARY KEY (run, ordinal)
                    ) WITHOUT ROWID;
                    -- The review that a run carries out, as the evidence folder's record names it (JSON).
                    ALTER TABLE runs ADD COLUMN review TEXT;
                    """)
        }
        migrator.registerMigration("6 states in blocks", migrate: SnapshotSchema.gatherStates)
        migrator.registerMigration("7 no indexes that every row pays for") { db in
            // Rows are claimed in order, and unconfirmed rows are searched only once.
            try db.execute(sql: "DROP INDEX rowsToSend; DROP INDEX rowsUnanswered")
        }
        migrator.registerMigration("8 parts of lists") { db in
            // The name of a run's results if its list has rows for several workspaces.
            try db.execute(sql: "ALTER TABLE runs ADD COLUMN part TEXT")
        }
        migrator.registerMigration("9 claims, and where runs belong") { db in
            try db.execute(
                sql: """
                    -- One for each time that rows were claimed: until when their requests may be in progress. `boot` and
                    -- `uptime` are this machine's own clock, which no change of the time of day moves.
                    CREATE TABLE claims (
                        id INTEGER PRIMARY KEY,
                        run INTEGER NOT NULL,
                        claimedAt REAL NOT NULL,
                        boot TEXT NOT NULL,
                        uptime REAL NOT NULL,
                        timeout REAL NOT NULL,
                        slowest REAL NOT NULL
                    );
                    ALTER TABLE rows ADD COLUMN claim INTEGER;
                    -- Of a row that is unknown, how it was refused: 1 by the API, 2 without an effect, 3 without its name.
                    ALTER TABLE rows ADD COLUMN refusal INTEGER;
                    -- The uptime at which its answer was written down.
                    ALTER TABLE rows ADD COLUMN answeredAt REAL;
                    -- The folder that the paths of a run are relative to, and its results files (a JSON array).
                    ALTER TABLE runs ADD COLUMN directory TEXT;
                    ALTER TABLE runs ADD COLUMN results TEXT;
                    -- How many rows had no certain answer when the run ended; nil for a run without an end.
                    ALTER TABLE runs ADD COLUMN openRows INTEGER;
                    UPDATE runs SET openRows = (SELECT count(*) FROM rows WHERE run = number
                        AND rows.state IN ('sending', 'unknown')) WHERE finishedAt IS NOT NULL;
                    """)
        }
        migrator.registerMigration("10 what kind of problem") { db in
            try db.execute(sql: "ALTER TABLE problems ADD COLUMN ground TEXT")
        }
        migrator.registerMigration("11 limits, ids and one name for a workspace") { db in
            try db.execute(
                sql: """
                    -- The safety limits that a run was agreed to with (a JSON object).
                    ALTER TABLE runs ADD COLUMN limits TEXT;
                    -- Tells a run from the runs of other ledgers that have the same number.
                    ALTER TABLE runs ADD COLUMN id TEXT;
                    CREATE UNIQUE INDEX runsByID ON runs (id);
                    """)
            for number in try Int64.fetchAll(db, sql: "SELECT number FROM runs") {
                try db.run("UPDATE runs SET id = ? WHERE number = ?", [RunID.make(), number])
            }
            try IdentityMigration.run(db)
        }
        migrator.registerMigration("12 the steps of reviews") { db in
            try db.execute(
                sql: """
                    -- What was done with a review after it was exported. Rows are only added.
                    CREATE TABLE reviewSteps (
                        number INTEGER PRIMARY KEY, review TEXT NOT NULL, workspace TEXT NOT NULL, kind TEXT NOT NULL,
                        at REAL NOT NULL, who TEXT NOT NULL, folder TEXT NOT NULL, file TEXT NOT NULL,
                        reviewSHA256 TEXT NOT NULL, sha256 TEXT NOT NULL
                    );
                    ALTER TABLE decisions ADD COLUMN rowKey TEXT NOT NULL DEFAULT '';
                    ALTER TABLE decisions ADD COLUMN reviewedUid TEXT NOT NULL DEFAULT '';
                    ALTER TABLE decisions ADD COLUMN ticket TEXT NOT NULL DEFAULT '';
                    ALTER TABLE decisions ADD COLUMN exceptionUntil TEXT NOT NULL DEFAULT '';
                    ALTER TABLE decisions ADD COLUMN decidedAt TEXT NOT NULL DEFAULT '';
                    CREATE INDEX reviewStepsByReview ON reviewSteps (workspace, review);
                    """)
        }
        return migrator
    }

    /// The states of a row before it has an outcome.
    enum RowState {
        static let planned = "planned"
        static let sending = "sending"
    }

    /// Temporary tables, which exist as long as their connection.
    static let temporaryTables = """
        -- What a run's plan or settlement is joined with, by what rows about the same account have in common. Plans for
        -- several workspaces are there side by side.
        CREATE TEMP TABLE roster (
            run INTEGER NOT NULL, subject TEXT NOT NULL, active INTEGER NOT NULL, accountType TEXT NOT NULL,
            status TEXT NOT NULL, PRIMARY KEY (run, subject)
        ) WITHOUT ROWID;
        CREATE TEMP TABLE namesakes (
            subject TEXT PRIMARY KEY, firstOrdinal INTEGER NOT NULL, firstLine INTEGER, firstType TEXT,
            otherLine INTEGER, otherType TEXT
        ) WITHOUT ROWID;
        CREATE TEMP TABLE earlier (
            subject TEXT PRIMARY KEY, run INTEGER NOT NULL, succeeded INTEGER NOT NULL
        ) WITHOUT ROWID;
        """

    /// Deletes the roster of a run from the temporary table.
    static func emptyRoster(of run: Int64, _ db: Database) throws {
        try db.run("DELETE FROM temp.roster WHERE run = ?", [run])
    }
}
