import Domain
import GRDB

/// How long the list of a `sync` is, compared with the last one.
extension PlanDraft {
    /// Rows of a list that name somebody: not those that a filter left out, and not those of a `sync` about accounts that
    /// the list does not name.
    private static let listed = """
        SELECT count(*) FROM rows WHERE run = ? AND line > 0 AND (ground IS NULL OR ground NOT IN (?, ?, ?))
        """

    /// The number of people that the list of this plan names.
    public func listedRows() throws(LedgerError) -> Int {
        try flush()
        return try ledger.read { db in try Self.count(number, in: db) }
    }

    /// The last `sync` of the workspace before this plan; nil if there is none.
    public func lastSync() throws(LedgerError) -> (run: Int64, rows: Int)? {
        try ledger.read { db in
            let last = try Int64.fetchOne(
                db,
                sql: """
                    SELECT max(number) FROM runs WHERE kind = ? AND number < ? AND state <> 'planning'
                    AND workspace = (SELECT workspace FROM runs WHERE number = ?)
                    """, arguments: [RunHeader.Kind.sync.rawValue, number, number])
            return try last.map { ($0, try Self.count($0, in: db)) }
        }
    }

    private static func count(_ run: Int64, in db: Database) throws -> Int {
        let grounds: [Ground] = [.leftOut, .otherSection, .repeatedHeader]
        return try Int.fetchOne(
            db, sql: listed, arguments: [run] + StatementArguments(grounds.map(\.rawValue))) ?? 0
    }
}
