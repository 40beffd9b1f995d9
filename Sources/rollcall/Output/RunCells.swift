import Domain
import Reports

/// A run as cells: what its results say of it, and how many rows have which outcome.
enum RunCells {
    static let keys =
        [
            "number", "id", "operation", "workspace", "input", "inputSHA256", "state", "startedAt", "finishedAt",
            "retryOf",
            "verifiedBySnapshot", "rollcallVersion", "rows",
        ] + Outcome.Kind.allCases.map(\.rawValue)

    static func cells(of run: RunRecord) -> [Cell] {
        let facts = ResultsReport.make(run) { _ in }.facts.flatMap(\.facts).map(\.value)
        return facts + [.number(run.total)] + Outcome.Kind.allCases.map { .number(run.counts[$0] ?? 0) }
    }
}
