import Domain
import GRDB

/// The accounts of one snapshot beside their history, as a temporary table that every part of a report reads.
///
/// It is made in SQL, sorted and indexed on the disk, so that a million accounts take the memory of one.
enum ReviewTable {
    /// Makes `temp.review`.
    ///
    /// - Parameter previous: the snapshot of the review to compare with.
    static func build(_ snapshot: Snapshot, since previous: ReviewRecord?, in db: Database) throws {
        try db.execute(
            sql: """
                DROP TABLE IF EXISTS temp.review;
                CREATE TEMP TABLE review (
                    id INTEGER PRIMARY KEY, kind TEXT, account TEXT, occurrence INTEGER, uid TEXT, email TEXT,
                    emailKey TEXT, name TEXT, accountType TEXT, status TEXT, expired INTEGER, privileged INTEGER,
                    typeRank INTEGER, firstSeen INTEGER, pendingSince INTEGER, expiredSince INTEGER,
                    expiredReviews INTEGER, previousState INTEGER, sameAs TEXT, activeToo INTEGER,
                    nameKey TEXT, baseKey TEXT
                );
                """)
        try rankTypes(of: snapshot, in: db)
        try fill(snapshot, in: db)
        try addHistory(snapshot, since: previous, in: db)
        try findNamesakes(in: db)
    }

    /// The rows that a snapshot shows. Arguments: `:workspace`, `:number`.
    static func shown(_ alias: String, at number: String = ":number") -> String {
        "\(alias).workspace = :workspace AND \(alias).first <= \(number) "
            + "AND (\(alias).gone IS NULL OR \(alias).gone > \(number))"
    }

    /// Administrators first, then the other privileged types, then the rest, by name.
    private static func rankTypes(of snapshot: Snapshot, in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TEMP TABLE IF NOT EXISTS typeRanks (
                    accountType TEXT PRIMARY KEY, rank INTEGER, privileged INTEGER) WITHOUT ROWID;
                DELETE FROM temp.typeRanks;
                """)
        let types = try String.fetchAll(
            db, sql: "SELECT DISTINCT accountType FROM states s WHERE \(shown("s"))",
            arguments: ["workspace": snapshot.workspace, "number": snapshot.number]
        ).map(AccountType.init(rawValue:))
        let sorted = types.sorted { left, right in
            let leftKey = (left == .admin ? 0 : left.isPrivileged ? 1 : 2, left.rawValue)
            return leftKey < (right == .admin ? 0 : right.isPrivileged ? 1 : 2, right.rawValue)
        }
        for (rank, type) in sorted.enumerated() {
            try db.execute(
                sql: "INSERT INTO temp.typeRanks VALUES (?, ?, ?)", arguments: [type.rawValue, rank, type.isPrivileged])
        }
    }

    private static func fill(_ snapshot: Snapshot, in db: Database) throws {
        // The key of an address without its +tag, and of a name of at least two words.
        try db.execute(
            sql: """
                INSERT INTO temp.review (kind, account, occurrence, uid, email, emailKey, name, accountType, status,
                    expired, privileged, typeRank, nameKey, baseKey)
                SELECT s.kind, s.account, s.occurrence, s.uid, s.email, s.emailKey, s.name, s.accountType, s.status,
                    s.expired, t.privileged, t.rank,
                    CASE WHEN trim(s.name) LIKE '% %' THEN lower(trim(s.name)) END,
                    CASE WHEN instr(s.emailKey, '+') BETWEEN 2 AND instr(s.emailKey, '@')
                        THEN substr(s.emailKey, 1, instr(s.emailKey, '+') - 1)
                            || substr(s.emailKey, instr(s.emailKey, '@'))
                        ELSE s.emailKey END
                FROM states s JOIN temp.typeRanks t USING (accountType) WHERE \(shown("s"))
                ORDER BY s.kind DESC, t.privileged DESC, s.expired DESC, t.rank, s.emailKey, s.id
                """, arguments: ["workspace": snapshot.workspace, "number": snapshot.number])
    }

    private static func addHistory(_ snapshot: Snapshot, since previous: ReviewRecord?, in db: Database) throws {
        let arguments: StatementArguments = ["workspace": snapshot.workspace, "number": snapshot.number]
        let same = "\(SnapshotSchema.sameAccount("p", "review")) AND p.workspace = :workspace AND p.first <= :number"
        // Where the unbroken row of states begins that leads to this one: a state that no other ends at.
        try db.execute(
            sql: """
                UPDATE temp.review SET firstSeen = (
                    SELECT max(p.first) FROM states p WHERE \(same) AND NOT EXISTS (
                        SELECT 1 FROM states q WHERE \(SnapshotSchema.sameAccount("q", "p"))
                            AND q.workspace = :workspace AND q.gone = p.first))
                """, arguments: arguments)
        try db.execute(
            sql: """
                UPDATE temp.review SET
                    pendingSince = (SELECT min(p.first) FROM states p WHERE \(same) AND NOT p.expired
                        AND p.first >= firstSeen),
                    expiredSince = CASE WHEN expired THEN (
                        SELECT min(p.first) FROM states p WHERE \(same) AND p.expired AND p.first >= max(firstSeen,
                            (SELECT coalesce(max(p.first), 0) FROM states p WHERE \(same) AND NOT p.expired))) END,
                    expiredReviews = (
                        SELECT count(*) FROM reviews r JOIN states p ON \(shown("p", at: "r.snapshot"))
                        WHERE r.workspace = :workspace AND r.snapshot < :number AND p.expired
                            AND \(SnapshotSchema.sameAccount("p", "review")))
                WHERE kind = 'invite'
                """, arguments: arguments)
        guard let previous else { return }
        try db.execute(
            sql: """
                UPDATE temp.review SET previousState = (
                    SELECT p.id FROM states p WHERE \(shown("p"))
                        AND \(SnapshotSchema.sameAccount("p", "review")))
                """, arguments: ["workspace": snapshot.workspace, "number": previous.snapshot])
        try db.execute(sql: "CREATE INDEX temp.review_previousState ON review (previousState)")
    }

    /// People who seem to be here twice. A name that more than five accounts share says nothing about a person.
    private static func findNamesakes(in db: Database) throws {
        for column in ["nameKey", "baseKey"] {
            try db.execute(
                sql: """
                    CREATE INDEX temp.review_\(column) ON review (\(column));
                    UPDATE temp.review SET sameAs = iif(emailKey = g.least, g.most, g.least) FROM (
                        SELECT \(column) AS sharedKey, min(emailKey) AS least, max(emailKey) AS most FROM temp.review
                        WHERE \(column) IS NOT NULL GROUP BY 1 HAVING count(*) <= 5 AND min(emailKey) <> max(emailKey)
                    ) AS g WHERE g.sharedKey = review.\(column);
                    """)
        }
        try db.execute(
            sql: """
                CREATE INDEX temp.review_emailKey ON review (emailKey);
                UPDATE temp.review SET activeToo = EXISTS (
                    SELECT 1 FROM temp.review u WHERE u.emailKey = review.emailKey AND u.kind = 'user')
                WHERE kind = 'invite';
                """)
    }
}
