import Domain
import Foundation
import Reports

/// The run of a remediation, as its record and its CSV file have it: what its other reports were written from.
struct RecalledRemediation {
    /// The run.
    let run: RunRecord
    private let record: RemediationRecord
    private let rows: [[String: String]]

    /// - Parameter rows: the rows of the CSV file.
    /// - Returns: nil if the record has a time or a state that is none.
    init?(_ record: RemediationRecord, rows: [[String: String]]) {
        guard let startedAt = Timestamp.recorded(record.startedAt), let state = RunState(rawValue: record.state) else {
            return nil
        }
        var finishedAt: Date?
        if let text = record.finishedAt {
            guard let time = Timestamp.recorded(text) else { return nil }
            finishedAt = time
        }
        self.record = record
        self.rows = rows
        run = RunRecord(
            number: record.run,
            header: RunHeader(kind: .apply, workspace: record.workspace, input: "", version: record.rollcallVersion),
            state: state, startedAt: startedAt, finishedAt: finishedAt,
            counts: Dictionary(
                rows.map { (Outcome.Kind(rawValue: $0["outcome"] ?? "") ?? .unknown, 1) }, uniquingKeysWith: +))
    }

    /// The rows.
    var results: [ResultRow] { rows.map(Self.result) }

    /// The reports besides the CSV file, by name.
    ///
    /// - Throws: errors while the rows are counted.
    func reports(_ names: RemediationRecord.Names, of review: EvidenceRecord) throws -> [String: Report] {
        let each = { (body: (ResultRow) throws -> Void) in for row in rows { try body(Self.result(row)) } }
        let report = try RemediationReport.make(
            run,
            .init(
                review: record.review, manifestSHA256: record.reviewManifestSHA256, decisions: record.decisions,
                after: record.after), rows: each)
        var reports = Dictionary(uniqueKeysWithValues: ReportFormat.filed.map { (names.report($0), report) })
        if review.files.contains(where: { $0.name == Interchange.entra.fileName }) {
            reports[names.report(Interchange.entra)] = EntraResult.report(run, review, rows: each)
        }
        return reports
    }

    private static func result(_ row: [String: String]) -> ResultRow {
        let cell = { (name: String) in row[name] ?? "" }
        var decision = RecordedDecision(
            place: cell("place"), decision: Decision(rawValue: cell("decision")),
            accountKind: AccountKind(rawValue: cell("kind")) ?? .user, name: cell("name"),
            accountType: AccountType(rawValue: cell("accountType")), status: cell("status"),
            reviewer: cell("reviewer"), justification: cell("justification"))
        decision.rowKey = cell("rowKey")
        decision.uid = cell("uid")
        decision.ticket = cell("ticket")
        decision.exceptionUntil = cell("exceptionUntil")
        decision.decidedAt = cell("decidedAt")
        return ResultRow(
            line: Int(cell("row")) ?? 0, kind: WorkspaceChange.Kind(rawValue: cell("operation")), email: cell("email"),
            uid: cell("currentUid").nonEmpty ?? cell("uid"), accountType: cell("newAccountType"), decision: decision,
            outcome: Outcome(
                kind: Outcome.Kind(rawValue: cell("outcome")) ?? .unknown, reason: cell("reason").nonEmpty),
            attempts: Int(cell("attempts")) ?? 0, startedAt: Timestamp.recorded(cell("startedAt")),
            finishedAt: Timestamp.recorded(cell("finishedAt")), verified: Verification(rawValue: cell("verified")))
    }
}
