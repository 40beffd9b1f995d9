import Domain
import GRDB

extension PlanSummary {
    /// Counts the rows of a run.
    init(run: Int64, in db: Database) throws {
        self.init()
        let counts = try Row.fetchCursor(
            db,
            sql: "SELECT state, ground, count(*) AS n, sum(again <> 0) AS again FROM rows WHERE run = ? GROUP BY 1, 2",
            arguments: [run])
        while let row = try counts.next() {
            let (state, n): (String, Int) = try (row.value("state"), row.value("n"))
            let ground: Ground? = try row.word("ground")
            rows += n
            switch state {
            case Schema.RowState.planned:
                toSend += n
                again += try row.count("again")
            case Outcome.Kind.skipped.rawValue: skipped[ground ?? .duplicate, default: 0] += n
            default: rejected[ground ?? .malformedRow, default: 0] += n
            }
        }
        let byType = try Row.fetchCursor(
            db,
            sql: "SELECT kind, accountType, count(*) AS n FROM rows WHERE run = ? AND state = 'planned' GROUP BY 1, 2",
            arguments: [run])
        while let row = try byType.next() {
            let kind: WorkspaceChange.Kind = try row.word(required: "kind")
            let type = AccountType(rawValue: try row.value("accountType"))
            sends[kind, default: [:]][type] = try row.value("n", as: Int.self)
        }
    }
}
