import Domain
import Reports
import Reviewing

/// A fact about access that an auditor tests, and where a closed review shows it.
enum AuditProof {
    case population, source, completeness, schedule, privileged, decisions, removal, execution, confirmation, approval
    case independence, exceptions, laterChanges, integrity

    /// What is shown by a review.
    func title(of review: PackedReview) -> String {
        let isUnchanged = review.remediations.isEmpty
        return switch self {
        case .population: "Every active user and pending invitation, with account type and privilege"
        case .source: "The query that was sent, and the API's unchanged response"
        case .completeness: "The numbers of the response, and the hash that binds the reports to it"
        case .schedule: "The period, the time of the list, and the review before"
        case .privileged: "Privileged accounts"
        case .decisions: "The decision about each account, with the person, the reason and the time"
        case .removal: "What became of every access that was to be removed or changed"
        case .execution: "Who ran the changes, when, and the outcome of each"
        case .confirmation:
            isUnchanged
                ? "The list when the review was closed; no decision was applied before"
                : "The list after the changes, and whether it confirms each of them"
        case .approval:
            "The approver who was named when the review was closed"
                + (isUnchanged
                    ? ""
                    : ", and the signatures in the completed files"
                        + (review.lacksCompletedFiles
                            ? ", which this redacted copy leaves out, as that statement lists them" : ""))
        case .independence: "Reviewers who decided about themselves, and approvers who reviewed"
        case .exceptions: "Access that breaks the rules and stays, with its reason and its end"
        case .laterChanges: "Access that was added or raised while the review was open"
        case .integrity: "The checksums of all files, each naming those before it"
        }
    }

    /// Where it is: a file, and its columns, members or sheets.
    typealias Place = (file: String, columns: String)

    /// The places in a review, with the names in the archive.
    func places(in review: PackedReview) -> [Place] {
        switch self {
        case .population:
            return Self.places(
                review, "review", ["kind", "email", "name", "accountType", "privileged", "status", "uid"])
        case .source:
            return [
                (EvidenceRecord.name, "query.text, query.sha256, endpointHost, requestedAt, answerSHA256"),
                (EvidenceFolder.answerName, ""),
            ].map { (review.path($0.0), $0.1) }
        case .completeness:
            return [(review.path(EvidenceRecord.name), "users, invites, counts, answerSHA256, files")]
        case .schedule:
            let previous = review.record.previous == nil ? "" : ", previous.id, previous.takenAt"
            return [(review.path(EvidenceRecord.name), "period, takenAt" + previous)]
        case .privileged: return Self.places(review, "review", ["email", "accountType", "privileged", "flags"])
        case .decisions:
            return Self.places(
                review, ClosingRecord.Names.stem, ["email", "decision", "reviewer", "justification", "decidedAt"])
        case .removal:
            return Self.places(
                review, ClosingRecord.Names.stem,
                ["email", "decision", "newAccountType", "standing", "reason", "ticket"])
        case .execution:
            return review.remediations.flatMap { names, record in
                Self.places(review, names.stem, ["email", "operation", "outcome", "reason", "startedAt", "finishedAt"])
                    + (record.provenance == nil
                        ? [] : [(review.path(names.record), "provenance.user, provenance.host")])
            }
        case .confirmation:
            return review.remediations.flatMap { names, _ in Self.places(review, names.stem, ["email", "verified"]) }
                + [(review.path(ClosingRecord.Names.answer), "")]
        case .approval:
            let seal = EvidenceLink(.closing).signature
            return [
                (review.path(ClosingRecord.Names.record), "preparer, reviewers, approver, closedAt"),
                (review.path(ClosingRecord.Names.report(.json)), "signatures"),
            ] + (review.files.contains(seal) ? [(review.path(seal), "")] : [])
        case .independence:
            return [(review.path(ClosingRecord.Names.report(.json)), "findings")]
        case .exceptions:
            return Self.places(
                review, ClosingRecord.Names.stem, ["email", "decision", "justification", "exceptionUntil"])
        case .laterChanges: return [(review.path(ClosingRecord.Names.report(.json)), "changes")]
        case .integrity: return [(review.path(EvidenceLink(.closing).manifest), "")]
        }
    }

    /// Columns by their names in CSV; sheets and pages show them under the titles that the guide of the workbook explains.
    private static func places(_ review: PackedReview, _ stem: String, _ columns: [String]) -> [Place] {
        guard let file = review.report(stem) else { return [] }
        return [(review.path(file), columns.joined(separator: ", "))]
    }

    /// What the review shows, in figures.
    func figures(of review: PackedReview) -> String {
        let (record, closing) = (review.record, review.closing)
        let accounts = closing.decisionCounts.values.reduce(0, +)
        let finding = { (code: ReviewFinding.Code) in closing.findingCounts[code.rawValue] ?? 0 }
        let decided = { (decision: Decision) in closing.decisionCounts[decision.rawValue] ?? 0 }
        switch self {
        case .population:
            return "\(record.users.counted("active user")), \(record.invites.counted("invitation"))"
        case .source:
            return "SHA-256 of the query: \(record.query.sha256), of the response: \(record.answerSHA256)"
        case .completeness:
            return "\(record.users.counted("active user")) and \(record.invites.counted("invitation")) in the response"
        case .schedule:
            let previous = record.previous.map { "; previous review \($0.id) of \($0.takenAt)" } ?? "; the first review"
            return "\(record.period), listed on \(record.takenAt)" + previous
        case .privileged:
            let count = record.files.compactMap { $0.rows["privileged"] }.first
            return count.map { $0.counted("privileged account") } ?? ""
        case .decisions:
            let open = (closing.decisionCounts["Not reviewed"] ?? 0) + decided(.dontKnow)
            let nameless = finding(.reviewerNotStated)
            return "\((accounts - open).grouped) of \(accounts.counted("account")) decided"
                + (nameless == 0 ? "" : "; \(nameless.grouped) without the name of who decided")
        case .removal:
            let removals = decided(.revoke) + decided(.changeRole) + decided(.remove)
            let again = decided(.reinvite)
            return "\(removals.counted("decision")) to remove or change access"
                + (again == 0 ? "" : ", \(again.grouped) to invite again")
                + "; \((closing.standingCounts["applied"] ?? 0).grouped) carried out, "
                + "\((closing.standingCounts["open"] ?? 0).counted("account")) open"
        case .execution: return review.remediations.count.counted("run")
        case .confirmation:
            return "listed at the end on \(closing.after.takenAt): \(closing.after.users.counted("active user")), "
                + closing.after.invites.counted("invitation")
        case .approval:
            let forced = closing.forcedBecause.map { "; closed with open items: \($0)" } ?? ""
            return "approver named: \(closing.approver), closed on \(closing.closedAt)" + forced
        case .independence:
            let nameless = finding(.reviewerNotStated)
            return "\(finding(.selfReview).grouped) decided about themselves; the approver "
                + (finding(.approverIsReviewer) > 0 ? "also reviewed" : "did not review, by the names stated")
                + (nameless == 0 ? "" : "; unknown for \(nameless.counted("account")) without the name of who decided")
        case .exceptions: return decided(.exception).counted("exception")
        case .laterChanges:
            return finding(.unreviewedPrivilege).counted(
                "new privilege that was not reviewed", "new privileges that were not reviewed")
        case .integrity: return "evidence hash: \(review.evidenceHash)"
        }
    }
}
