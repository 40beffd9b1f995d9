import Domain
import Foundation

/// The list of runs in a ledger.
public enum RunsReport {
    /// The columns: the facts of a run's results, then the number of rows with each outcome.
    public static let columns: [Column] =
        [
            Column("number", "Run", width: 6, help: "The number of the run in the ledger."),
            Column(
                "id", "Run ID", width: 10, isPrinted: false,
                help: "The id of the run; no other ledger has a run with this id."),
            Column("operation", "Operation", width: 12, help: "The kind of change."),
            Column("workspace", "Workspace", width: 40, help: "The endpoint, and the uid of the workspace."),
            Column("input", "Input", width: 30, help: "The file that the rows came from."),
            Column(
                "inputSHA256", "SHA-256 of the input", width: 20, isTechnical: true, help: "The hash of that file."),
            Column("state", "State", width: 12, help: "How the run ended, or that it is running."),
            Column("startedAt", "Started (UTC)", width: 20, help: "When the plan was confirmed."),
            Column("finishedAt", "Finished (UTC)", width: 20, help: "When the run ended."),
            Column("retryOf", "Retry of run", width: 8, help: "The run whose failed rows were retried."),
            Column(
                "verifiedBySnapshot", "Verified by snapshot", width: 8, isPrinted: false,
                help: "The listing after the run that its outcomes were compared with."),
            Column("rollcallVersion", "rollcall", width: 8, isPrinted: false, help: "The version of rollcall."),
            Column("rows", "Rows", width: 8, help: "The number of rows of the input."),
        ]
        + Outcome.Kind.allCases.map { kind in
            Column(
                kind.rawValue, kind.words.prefix(1).uppercased() + kind.words.dropFirst(), width: 10,
                help: "The number of rows with this outcome.")
        }

    /// The cells of one run, in the order of ``columns``.
    public static func cells(of run: RunRecord) -> [Cell] {
        let facts = ResultsReport.make(run) { _ in }.facts.flatMap(\.facts).map(\.value)
        return facts + [.number(run.total)] + Outcome.Kind.allCases.map { .number(run.counts[$0] ?? 0) }
    }

    /// The report.
    ///
    /// - Parameters:
    ///   - runs: in display order.
    ///   - isPractice: whether they are runs in the sandbox.
    public static func make(_ runs: [RunRecord], at time: Date, isPractice: Bool) -> Report {
        var report = Report(
            kind: .runs, title: isPractice ? Practice.title("Runs", of: Practice.workspace) : "Runs", time: time)
        if isPractice { report.stamp = [Fact("practice", "Practice", .text("PRACTICE"))] }
        report.tables = [
            Table(
                id: "runs", title: "Runs", note: "All runs in the ledger, newest first.", role: .population,
                columns: columns, count: runs.count
            ) { body in for run in runs { try body(cells(of: run)) } }
        ]
        return report
    }
}
