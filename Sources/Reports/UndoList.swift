import Domain

/// The list that takes the role changes of a run back: `rollcall set-role` reads it.
public enum UndoList {
    /// The list of a run.
    ///
    /// - Parameters:
    ///   - count: how many rows come.
    ///   - rows: calls its argument once for each change that took effect, or may have.
    public static func make(
        _ run: RunRecord, count: Int, rows: @escaping ((ResultRow) throws -> Void) throws -> Void
    ) -> Report {
        var report = Report(kind: .results, title: "Undo run \(run.number)", time: run.finishedAt ?? run.startedAt)
        report.tables = [
            Table(
                id: "rows", title: "Rows", note: "What the users had before.", role: .population,
                columns: [
                    Column("email", "Email", width: 36, help: "As the API spells it."),
                    Column("uid", "Uid", width: 66, help: "The account's identifier in the API."),
                    Column("accountType", "Account type", width: 18, help: "What the user had before."),
                    Column("changedTo", "Changed to", width: 18, help: "What the run changed it to."),
                ], count: count
            ) { body in
                try rows { row in
                    try body([
                        .text(row.email), .text(row.uid), .text(row.before?.rawValue ?? ""), .text(row.accountType),
                    ])
                }
            }
        ]
        return report
    }

    /// Whether a row belongs on the list.
    public static func takes(_ row: ResultRow) -> Bool {
        row.kind == .changeRole && row.before != nil
            && (row.outcome.kind == .succeeded || row.outcome.kind == .unknown)
    }
}
