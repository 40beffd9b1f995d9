import Domain

/// Maps decisions to the terms of Entra.
public enum EntraResult {
    /// The value of *ReviewResult*: `Approve`, `Deny`, `Don't know`, `Not reviewed`.
    ///
    /// The reviewed resource is one account type, so *Change role* denies it; the justification names the new type.
    public static func word(for decision: Decision?) -> String {
        switch decision {
        case .approve, .exception, .reinvite: "Approve"
        case .revoke, .remove, .changeRole: "Deny"
        case .dontKnow: "Don't know"
        case nil: "Not reviewed"
        }
    }

    /// The text of the reviewer, after the decision if the term of Entra is less specific.
    static func justification(of item: EntraItem) -> String {
        guard let decision = item.decision, [.exception, .reinvite, .remove, .changeRole].contains(decision) else {
            return item.justification
        }
        let word = decision.rawValue + (item.newType.isEmpty ? "" : " to \(item.newType)")
        return item.justification.isEmpty ? word : "\(word): \(item.justification)"
    }

    /// The report of a review that was applied, in the columns of Entra.
    ///
    /// - Parameter rows: calls its argument once for each row, in the order of the review.
    public static func report(
        _ run: RunRecord, _ record: EvidenceRecord, rows: @escaping ((ResultRow) throws -> Void) throws -> Void
    ) -> Report {
        var report = Report(
            kind: .remediation, title: EntraForm.title(of: record), time: run.finishedAt ?? run.startedAt)
        let form = EntraForm.make(record, status: run.state == .finished ? .applied : .applying)
        report.tables = [
            Table(
                id: "rows", title: "Remediation", note: "", role: .population, columns: form.columns,
                count: run.total
            ) { body in
                try rows { try body(form.cells(of: EntraItem($0))) }
            }
        ]
        return report
    }
}
