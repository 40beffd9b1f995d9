import GRDB

/// Rows that name the same address, found by one sort of the plan instead of an index that every insert would pay for.
enum NamesakeTable {
    /// Makes the temporary table `namesakes`: a line for each address that more than one valid row names.
    static func build(for run: Int64, in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TEMP TABLE IF NOT EXISTS namesakes (
                    emailKey TEXT PRIMARY KEY, firstOrdinal INTEGER NOT NULL, firstLine INTEGER, firstType TEXT,
                    otherLine INTEGER, otherType TEXT
                ) WITHOUT ROWID;
                DELETE FROM temp.namesakes;
                """)
        try db.execute(
            sql: """
                INSERT INTO temp.namesakes (emailKey, firstOrdinal)
                SELECT emailKey, min(ordinal) FROM rows WHERE run = ? AND state = 'planned'
                GROUP BY emailKey HAVING count(*) > 1;
                """, arguments: [run])
        try db.execute(
            sql: """
                UPDATE temp.namesakes SET (firstLine, firstType) =
                    (SELECT line, accountType FROM rows WHERE run = ? AND ordinal = firstOrdinal);
                """, arguments: [run])
        // The first row of each address that asks for another type than its first row. With a bare column beside
        // min(), SQLite takes it from the row that has the minimum (sqlite.org/lang_select.html#bareagg).
        try db.execute(
            sql: """
                UPDATE temp.namesakes SET otherLine = other.line, otherType = other.accountType FROM (
                    SELECT r.emailKey, r.line, r.accountType, min(r.ordinal)
                    FROM rows r JOIN temp.namesakes n USING (emailKey)
                    WHERE r.run = ? AND r.state = 'planned' AND r.accountType <> n.firstType
                    GROUP BY r.emailKey
                ) AS other WHERE other.emailKey = namesakes.emailKey;
                """, arguments: [run])
    }

    /// The rows that a rule has to see, with everything that it decides by. Argument: the run.
    static let candidates = """
        SELECT r.ordinal, r.line, r.emailColumn, r.email, r.accountType,
            CASE WHEN n.firstOrdinal < r.ordinal THEN n.firstLine END AS firstLine,
            CASE WHEN n.otherType IS NULL THEN NULL WHEN r.accountType = n.firstType THEN n.otherLine
                ELSE n.firstLine END AS otherLine,
            CASE WHEN n.otherType IS NULL THEN NULL WHEN r.accountType = n.firstType THEN n.otherType
                ELSE n.firstType END AS otherType,
            t.active AS active, t.accountType AS rosterType, t.status AS status
        FROM rows r LEFT JOIN temp.namesakes n USING (emailKey) LEFT JOIN temp.roster t USING (emailKey)
        WHERE r.run = ? AND r.state = 'planned' AND (n.emailKey IS NOT NULL OR t.emailKey IS NOT NULL)
        """
}
