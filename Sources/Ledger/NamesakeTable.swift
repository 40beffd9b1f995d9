import GRDB

/// Rows about the same account, found by one sort of the plan instead of an index that every insert would pay for.
enum NamesakeTable {
    /// Makes the temporary table `namesakes`: a line for each account that more than one valid row is about.
    static func build(for run: Int64, in db: Database) throws {
        try db.run("DELETE FROM temp.namesakes")
        try db.run(
            """
            INSERT INTO temp.namesakes (subject, firstOrdinal)
            SELECT subject, min(ordinal) FROM rows WHERE run = ? AND state = 'planned'
            GROUP BY subject HAVING count(*) > 1
            """, [run])
        guard db.changesCount > 0 else { return }
        try db.run(
            """
            UPDATE temp.namesakes SET (firstLine, firstType) =
                (SELECT line, accountType FROM rows WHERE run = ? AND ordinal = firstOrdinal)
            """, [run])
        // The first row of each account that asks for another type than its first row. With a bare column beside
        // min(), SQLite takes it from the row that has the minimum (sqlite.org/lang_select.html#bareagg).
        try db.run(
            """
            UPDATE temp.namesakes SET otherLine = other.line, otherType = other.accountType FROM (
                SELECT r.subject, r.line, r.accountType, min(r.ordinal)
                FROM rows r JOIN temp.namesakes n USING (subject)
                WHERE r.run = ? AND r.state = 'planned' AND r.accountType <> n.firstType
                GROUP BY r.subject
            ) AS other WHERE other.subject = namesakes.subject
            """, [run])
    }

    /// The rows that a rule has to see, with everything that it decides by: all but those that invite somebody of whom
    /// neither another row nor the workspace knows. Argument: the run.
    static let candidates = """
        SELECT r.ordinal, r.line, r.emailColumn, r.kind, r.email, r.uid, r.accountType, r.before,
            CASE WHEN n.firstOrdinal < r.ordinal THEN n.firstLine END AS firstLine,
            CASE WHEN n.otherType IS NULL THEN NULL WHEN r.accountType = n.firstType THEN n.otherLine
                ELSE n.firstLine END AS otherLine,
            CASE WHEN n.otherType IS NULL THEN NULL WHEN r.accountType = n.firstType THEN n.otherType
                ELSE n.firstType END AS otherType,
            t.active AS active, t.accountType AS rosterType, t.status AS status, e.run AS earlierRun, e.succeeded
        FROM rows r LEFT JOIN temp.namesakes n USING (subject) LEFT JOIN temp.roster t USING (run, subject)
            LEFT JOIN temp.earlier e USING (subject)
        WHERE r.run = ? AND r.state = 'planned'
            AND (n.subject IS NOT NULL OR t.subject IS NOT NULL OR e.subject IS NOT NULL OR r.uid <> '')
        """
}
