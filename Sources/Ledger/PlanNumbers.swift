import Domain
import GRDB

extension PlanSummary {
    /// Counts a run's rows.
    init(run: Int64, privilegedLimit: Int, in db: Database) throws {
        self.init()
        let counts = try Row.fetchCursor(
            db, sql: "SELECT state, ground, count(*) AS n, sum(again) AS again FROM rows WHERE run = ? GROUP BY 1, 2",
            arguments: [run])
        while let row = try counts.next() {
            let (state, n): (String, Int) = (row["state"], row["n"])
            let ground = (row["ground"] as String?).flatMap(Ground.init(rawValue:))
            rows += n
            switch state {
            case Schema.RowState.planned:
                toSend += n
                again += row["again"] ?? 0
            case Outcome.Kind.skipped.rawValue: skipped[ground ?? .duplicate, default: 0] += n
            default: rejected[ground ?? .malformedRow, default: 0] += n
            }
        }
        let byType = try Row.fetchCursor(
            db, sql: "SELECT accountType, count(*) AS n FROM rows WHERE run = ? AND state = 'planned' GROUP BY 1",
            arguments: [run])
        while let row = try byType.next() { types[AccountType(rawValue: row["accountType"])] = row["n"] }
        privileged = try Self.grants(run: run, of: types.keys.filter(\.isPrivileged), limit: privilegedLimit, in: db)
    }

    private static func grants(
        run: Int64, of types: [AccountType], limit: Int, in db: Database
    ) throws -> [PrivilegedGrant] {
        guard !types.isEmpty else { return [] }
        let marks = databaseQuestionMarks(count: types.count)
        let rows = try Row.fetchAll(
            db,
            sql: "SELECT line, email, accountType FROM rows WHERE run = ? AND state = 'planned' AND accountType IN "
                + "(\(marks)) ORDER BY ordinal LIMIT ?",
            arguments: StatementArguments([run] + types.map(\.rawValue) + [limit] as [any DatabaseValueConvertible]))
        return rows.map {
            PrivilegedGrant(line: $0["line"], email: $0["email"], accountType: AccountType(rawValue: $0["accountType"]))
        }
    }
}
