import GRDB

/// Finds rows with the same account by sorting the plan once. An index would slow down every insert.
enum NamesakeTable {
    /// Fills the temporary table `namesakes` with one row for each account that occurs in more than one valid row.
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
        // Of each account, the first row whose type differs from that of its first row. SQLite takes bare columns
        // beside min() from the row with the minimum (sqlite.org/lang_select.html#bareagg).
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

    /// The rows that need a decision, with all values for it. Not included are rows that invite an address that occurs
    /// neither in another row nor in the workspace nor in an earlier run. Argument: the run.
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
