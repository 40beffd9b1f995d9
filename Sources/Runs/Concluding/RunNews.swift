import Domain
import Ledger
import Reports
import TerminalIO

/// Writes output about a run for programs: events during the run, or one document at the end.
public struct RunNews: Sendable {
    private let output: Output

    /// - Parameter output: standard output.
    public init(output: Output) { self.output = output }

    /// A file that a run has written.
    public struct File: Encodable, Sendable {
        /// The content of the file.
        public enum Kind: String, Encodable, Sendable { case results, undo, remediation, plan }
        var kind: Kind
        var path: String

        /// Creates a file.
        public init(kind: Kind, path: String) {
            self.kind = kind
            self.path = path
        }
    }

    /// Writes the problems of rows of the input.
    public func problems(of draft: PlanDraft, file: String) throws {
        let row = JSONRow(keys: ["file", "line", "column", "severity", "message"])
        try output.rows("problems", event: "problem", row) { emit in
            try draft.problems(file: file) { problem, _ in
                try emit([
                    .text(problem.file), .number(problem.location.line),
                    problem.location.column.map(Cell.number) ?? .empty, .text(problem.severity.rawValue),
                    .text(problem.message),
                ])
            }
        }
    }

    /// Writes what would be sent, and with which options.
    public func planned(_ plan: RunPlan, in workspace: String, isDry: Bool, rate: RateLimit) throws {
        let members = [
            JSONMember("workspace", workspace), JSONMember("dryRun", isDry),
            JSONMember("plan", PlanFigures(plan, rate: rate.perSecond)),
        ]
        output.event("planned", members)
        try output.add(members)
    }

    /// Writes every row of a dry run.
    public func rows(of plan: RunPlan) throws {
        try output.rows("rows", event: "plannedRow", JSONRow(keys: PlannedCells.keys)) { emit in
            try plan.draft.rows { try emit(PlannedCells.cells(of: $0)) }
        }
    }

    /// Writes the safety limits that the plan exceeds.
    public func refused(_ refusals: [GuardFigures]) throws { try output.add(JSONMember("refusals", refusals)) }

    /// Writes that a run starts to send.
    public func started(_ run: Int64, in ledger: Ledger) throws {
        guard output.format == .ndjson else { return }
        let report = ResultsReport.make(try ledger.run(run)) { _ in }
        output.event("started", report.facts.map { JSONMember(spelled: $0.jsonMember) })
    }

    /// Writes rows that became final.
    public func rows(_ rows: [ResultRow], event: String = "row") {
        output.events(event, JSONRow(ResultsReport.columns), rows.map(ResultsReport.cells))
    }

    /// Writes the rows of a run that satisfy a condition.
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

    /// Writes the results of a run, and the files that it wrote.
    public func concluded(_ record: RunRecord, _ files: [File]) throws {
        try output.add(Self.members(of: record, files: files))
    }

    /// The facts and counts of a run, with the member names of its results.
    public static func members(of record: RunRecord, files: [File]) -> [JSONMember] {
        let report = ResultsReport.make(record) { _ in }
        let check = record.check.map { Verdicts(confirmed: $0.confirmed, contradicted: $0.contradicted) }
        return report.facts.map { JSONMember(spelled: $0.jsonMember) } + [
            JSONMember(spelled: report.jsonCounts), JSONMember("verification", check), JSONMember("files", files),
        ]
    }

    private struct Verdicts: Encodable { var confirmed, contradicted: Int }
}
