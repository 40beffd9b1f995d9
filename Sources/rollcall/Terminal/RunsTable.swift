import Domain
import Foundation
import Reports

/// The runs as a list, for a person or for a program.
enum RunsTable {
    /// Every column, with tabs between them and a line of their names first.
    static func tabbed(_ runs: [RunRecord]) -> String {
        let names =
            ["run", "state", "startedAt", "operation", "rows"] + Outcome.Kind.allCases.map(\.rawValue)
            + ["workspace", "input"]
        let rows = runs.map { run in
            [
                String(run.number), run.state.rawValue, Timestamp.text(run.startedAt), run.header.kind.rawValue,
                String(run.total),
            ] + Outcome.Kind.allCases.map { String(run.counts[$0] ?? 0) } + [
                Terminal.plain(run.header.workspace, limit: 1000), Terminal.plain(run.header.input, limit: 1000),
            ]
        }
        return ([names] + rows).map { $0.joined(separator: "\t") + "\n" }.joined()
    }

    /// What a person looks for, in columns as wide as they need to be.
    static func aligned(_ runs: [RunRecord]) -> String {
        let rows = runs.map { run in
            [
                String(run.number), run.state.rawValue, Timestamp.text(run.startedAt, toSeconds: true),
                run.header.kind.rawValue, run.total.grouped, outcomes(of: run), Terminal.plain(run.header.input),
            ]
        }
        let all = [["run", "state", "started", "operation", "rows", "outcomes", "input"]] + rows
        let widths = all[0].indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { cells in
            let padded = zip(cells, widths).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }
            return padded.joined(separator: "  ").replacing(#/ +$/#, with: "") + "\n"
        }.joined()
    }

    private static func outcomes(of run: RunRecord) -> String {
        Outcome.Kind.allCases.compactMap { kind in
            run.counts[kind].flatMap { $0 > 0 ? "\($0.grouped) \(kind.words)" : nil }
        }.joined(separator: ", ")
    }
}
