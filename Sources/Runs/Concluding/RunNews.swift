import Domain
import Ledger
import Reports
import TerminalIO

/// What a program is told of a run: as events while it happens, or as one document at its end.
public struct RunNews: Sendable {
    private let output: Output

    /// - Parameter output: where programs read it.
    public init(output: Output) { self.output = output }

    /// A file that a run has left.
    public struct File: Encodable, Sendable {
        /// What is in it.
        public enum Kind: String, Encodable, Sendable { case results, undo, remediation, plan }
        var kind: Kind
        var path: String

        /// Takes what is in it, and where it is.
        public init(kind: Kind, path: String) {
            self.kind = kind
            self.path = path
        }
    }

    /// What is wrong with rows of the input.
    public func problems(of draft: PlanDraft, file: String) throws {
        let row = JSONRow(keys: ["file", "line", "column", "severity", "message"])
        try output.rows("problems", event: "problem", row) { emit in
            try draft.problems(file: file) { problem in
                try emit([
                    .text(problem.file), .number(problem.location.line),
                    problem.location.column.map(Cell.number) ?? .empty, .text(problem.severity.rawValue),
                    .text(problem.message),
                ])
            }
        }
    }

    /// What would be sent, and what was asked for about it.
    public func planned(_ plan: RunPlan, in workspace: String, isDry: Bool, rate: RateLimit) throws {
        let members = [
            JSONMember("workspace", workspace), JSONMember("dryRun", isDry),
            JSONMember("plan", PlanFigures(plan, rate: rate.perSecond)),
        ]
        output.event("planned", members)
        try output.add(members)
    }

    /// Every row of a plan that is not sent.
    public func rows(of plan: RunPlan) throws {
        try output.rows("rows", event: "plannedRow", JSONRow(keys: PlannedCells.keys)) { emit in
            try plan.draft.rows { try emit(PlannedCells.cells(of: $0)) }
        }
    }

    /// What goes beyond a limit.
    public func refused(_ refusals: [GuardFigures]) throws { try output.add(JSONMember("refusals", refusals)) }

    /// A run sends from here on.
    public func started(_ run: Int64, in ledger: Ledger) throws {
        guard output.format == .ndjson else { return }
        let report = ResultsReport.make(try ledger.run(run)) { _ in }
        output.event("started", report.facts.map { JSONMember(spelled: $0.jsonMember) })
    }

    /// Rows became final.
    public func rows(_ rows: [ResultRow], event: String = "row") {
        output.events(event, JSONRow(ResultsReport.columns), rows.map(ResultsReport.cells))
    }

    /// Rows that are final before anything is sent, or after nothing more is.
    public func rows(of run: Int64, in ledger: Ledger, event: String = "row", where isWanted: (ResultRow) -> Bool)
        throws
    {
        guard output.format == .ndjson else { return }
        var found: [ResultRow] = []
        try ledger.results(of: run) { row in
            guard isWanted(row) else { return }
            found.append(row)
            if found.count == 1000 {
                rows(found, event: event)
                found.removeAll()
            }
        }
        rows(found, event: event)
    }

    /// What a run came to, and the files that it left.
    public func concluded(_ record: RunRecord, _ files: [File]) throws {
        try output.add(Self.members(of: record, files: files))
    }

    /// A run in figures, in the words of its results.
    public static func members(of record: RunRecord, files: [File]) -> [JSONMember] {
        let report = ResultsReport.make(record) { _ in }
        let check = record.check.map { Verdicts(confirmed: $0.confirmed, contradicted: $0.contradicted) }
        return report.facts.map { JSONMember(spelled: $0.jsonMember) } + [
            JSONMember(spelled: report.jsonCounts), JSONMember("verification", check), JSONMember("files", files),
        ]
    }

    private struct Verdicts: Encodable { var confirmed, contradicted: Int }
}
