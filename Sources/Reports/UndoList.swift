import Domain

/// The undo list of a run, with which `rollcall set-role` restores the previous account types.
public enum UndoList {
    /// The undo list of a run.
    ///
    /// - Parameters:
    ///   - count: the number of rows.
    ///   - rows: calls its argument once for each change that took effect, or may have.
    public static func make(
        _ run: RunRecord, count: Int, rows: @escaping ((ResultRow) throws -> Void) throws -> Void
    ) -> Report {
        var report = Report(kind: .results, title: "Undo run \(run.number)", time: run.finishedAt ?? run.startedAt)
        report.tables = [
            Table(
                id: "rows", title: "Rows", note: "The previous account types of the users.", role: .population,
                columns: [
                    Column("email", "Email", width: 36, help: "The address, as in the API."),
                    Column("uid", "Uid", width: 66, help: "The uid of the account in the API."),
                    Column("accountType", "Account type", width: 18, help: "The account type before the run."),
                    Column("changedTo", "Changed to", width: 18, help: "The account type that the run set."),
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

    /// Whether a row belongs in the list.
    public static func takes(_ row: ResultRow) -> Bool {
        row.kind == .changeRole && row.before != nil
            && (row.outcome.kind == .succeeded || row.outcome.kind == .unknown)
    }
}
