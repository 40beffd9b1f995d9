import Domain
import Reports
import TerminalIO

extension TextTable {
    /// Every number of the runs.
    static func allFigures(of runs: [RunRecord]) -> TextTable {
        let names =
            ["run", "state", "startedAt", "operation", "rows"] + Outcome.Kind.allCases.map(\.rawValue)
            + ["workspace", "input", "id"]
        let rows = runs.map { run in
            [
                String(run.number), run.state.rawValue, Timestamp.text(run.startedAt), run.header.kind.rawValue,
                String(run.total),
            ] + Outcome.Kind.allCases.map { String(run.counts[$0] ?? 0) } + [
                Terminal.plain(run.header.workspace, limit: 1000), Terminal.plain(run.header.input, limit: 1000),
                run.id,
            ]
        }
        return TextTable(names: names, rows: rows)
    }

    /// What a person looks for in a list of runs.
    static func summary(of runs: [RunRecord]) -> TextTable {
        let rows = runs.map { run in
            [
                String(run.number), run.state.rawValue, Timestamp.text(run.startedAt, toSeconds: true),
                run.header.kind.rawValue, run.total.grouped, outcomes(of: run),
                Terminal.plain(WorkspaceIdentity.short(run.header.workspace)), Terminal.plain(run.header.input),
            ]
        }
        return TextTable(
            names: ["Run", "State", "Started", "Operation", "Rows", "Outcomes", "Workspace", "Input"], rows: rows)
    }

    private static func outcomes(of run: RunRecord) -> String {
        Outcome.Kind.allCases.compactMap { kind in
            run.counts[kind].flatMap { $0 > 0 ? "\($0.grouped) \(kind.words)" : nil }
        }.joined(separator: ", ")
    }
}
