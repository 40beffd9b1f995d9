import Domain
import Foundation

/// The outcome of every row of a run.
public enum ResultsReport {
    /// `line,operation,email,uid,accountType,outcome,reason,attempts,startedAt,finishedAt,verified`; CSV files also
    /// have `run,workspace,runTime`.
    public static let columns = [
        Column("line", "Line", width: 8, help: "The line of the input where the row begins."),
        Column("operation", "Operation", width: 12, help: "The requested change."),
        Column("email", "Email", width: 36, help: "The address as written in the input."),
        Column("uid", "Uid", width: 20, help: "The uid of the account, if the operation needs one."),
        Column(
            "accountType", "Account type", width: 18,
            help: "As in the API, or as written in the input if it is not an account type."),
        Column(
            "outcome", "Outcome", width: 12,
            help:
                "succeeded, skipped (nothing to do), rejected (cannot be carried out), failed (the API declined it, or "
                + "no attempt took effect), unknown (sent, but unconfirmed) or notSent (the run ended before)."),
        Column("reason", "Reason", width: 60, help: "The reason for the outcome, if needed."),
        Column("attempts", "Attempts", width: 10, help: "The number of requests for this row."),
        Column("startedAt", "Started (UTC)", width: 22, help: "The time of the first request."),
        Column("finishedAt", "Finished (UTC)", width: 22, help: "The time of the last response."),
        Column(
            "verified", "Verified", width: 14,
            help: "Whether a listing after the run confirmed or contradicted the outcome; empty if there was none."),
    ]

    /// The report of a run.
    ///
    /// - Parameter rows: calls its argument once for each row, in the order of the input.
    public static func make(
        _ run: RunRecord, rows: @escaping ((ResultRow) throws -> Void) throws -> Void
    ) -> Report {
        var report = Report(
            kind: .results, title: Practice.title("Results of run \(run.number)", of: run.header.workspace),
            time: run.finishedAt ?? run.startedAt)
        if run.left > 0 {
            report.warnings = [
                "The run is not complete: \(run.left.counted("row is", "rows are")) unsent or unconfirmed."
            ]
        }
        report.facts = [
            FactGroup(
                key: "run", title: "Run",
                facts: [
                    Fact("number", "Run", .number(Int(run.number))),
                    Fact("id", "Run ID", Cell(run.id)),
                    Fact("operation", "Operation", .text(run.header.kind.rawValue)),
                    Fact("workspace", "Workspace", .text(run.header.workspace)),
                    Fact("input", "Input", .text(run.header.input)),
                    Fact("inputSHA256", "SHA-256 of the input", Cell(run.header.inputSHA256)),
                    Fact("state", "State", .text(run.state.rawValue)),
                    Fact("startedAt", "Started (UTC)", .time(run.startedAt)),
                    Fact("finishedAt", "Finished (UTC)", Cell(run.finishedAt)),
                    Fact("retryOf", "Retry of run", Cell(run.header.retryOf)),
                    Fact("verifiedBySnapshot", "Verified by snapshot", Cell(run.check?.snapshot)),
                    Fact("rollcallVersion", "rollcall", .text(run.header.version)),
                ])
        ]
        report.stamp = [
            Fact("run", "Run", .text(run.reference)),
            Fact(
                "workspace", "Workspace",
                .text(Practice.title(run.header.workspace, of: run.header.workspace))),
            Fact("runTime", "Time of the run (UTC)", .time(report.time)),
        ]
        let counts = Outcome.Kind.allCases.map { ($0.rawValue, run.counts[$0] ?? 0) }
        report.tallies = [Tally(key: "outcomes", title: "Outcomes", counts: counts, isCharted: true)]
        report.tables = [
            Table(
                id: "rows", title: "Rows", note: "All rows of the input, in their order.", role: .population,
                columns: columns, count: run.total
            ) { body in try rows { try body(cells(of: $0)) } }
        ]
        return report
    }

    /// The cells of one row, in the order of ``columns``.
    public static func cells(of row: ResultRow) -> [Cell] {
        [
            .number(row.line), Cell(row.kind?.rawValue), .text(row.email), Cell(row.uid), .text(row.accountType),
            .text(row.outcome.kind.rawValue), Cell(row.outcome.reason), .number(row.attempts), Cell(row.startedAt),
            Cell(row.finishedAt), Cell(row.verified?.rawValue),
        ]
    }
}
