import Domain

/// This program's decisions in Entra's words.
public enum EntraResult {
    /// What stands in *ReviewResult*: `Approve`, `Deny`, `Don't know`, `Not reviewed`.
    ///
    /// What was reviewed is one account type, so that *Change role* denies it; where it goes from there is in the
    /// justification.
    public static func word(for decision: Decision?) -> String {
        switch decision {
        case .approve, .exception, .reinvite: "Approve"
        case .revoke, .remove, .changeRole: "Deny"
        case .dontKnow: "Don't know"
        case nil: "Not reviewed"
        }
    }

    /// The reviewer's text, behind the decision's own word where Entra's says less.
    static func justification(of item: EntraItem) -> String {
        guard let decision = item.decision, [.exception, .reinvite, .remove, .changeRole].contains(decision) else {
            return item.justification
        }
        let word = decision.rawValue + (item.newType.isEmpty ? "" : " to \(item.newType)")
        return item.justification.isEmpty ? word : "\(word): \(item.justification)"
    }

    /// A review that was carried out, in Entra's columns.
    ///
    /// - Parameter rows: calls its argument once a row, in the order of the review.
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
