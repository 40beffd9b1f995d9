import Domain
import Planning
import Reports
import TerminalIO

/// What an auditor would question about a review as a whole.
public struct ReviewFinding: Hashable, Sendable {
    /// The kind of a finding; a code keeps its meaning.
    public enum Code: String, Sendable, CaseIterable {
        /// An account without a decision, or a decision that was not carried out.
        case open
        /// A privilege that nobody has reviewed.
        case unreviewedPrivilege
        /// Somebody decided about their own account.
        case selfReview
        /// The approver is one of the reviewers.
        case approverIsReviewer
        /// Somebody decided for the reviewer who is named.
        case decidedForAnother
        /// The file does not say who decided.
        case reviewerNotStated
        /// A privileged account was approved without a justification.
        case privilegeNotJustified
        /// An exception without a justification.
        case exceptionNotJustified
        /// The review was closed after its due date.
        case late

        /// The kind of finding as shown to users.
        public var title: String {
            switch self {
            case .open: "Open"
            case .unreviewedPrivilege: "Privilege not reviewed"
            case .selfReview: "Own access reviewed"
            case .approverIsReviewer: "Approver is a reviewer"
            case .decidedForAnother: "Decided for another reviewer"
            case .reviewerNotStated: "Reviewer not stated"
            case .privilegeNotJustified: "Privilege without justification"
            case .exceptionNotJustified: "Exception without justification"
            case .late: "Closed after the due date"
            }
        }
    }

    /// The kind of finding.
    public var code: Code
    /// The address of the account; empty if it is about the whole review.
    public var email: String
    /// One sentence.
    public var sentence: String
}

extension ReviewState {
    /// All findings, in the order of the review.
    ///
    /// - Parameters:
    ///   - approver: the person who approves the decisions.
    ///   - closedAt: when the review is closed; UTC, ISO 8601.
    public func findings(approver: String, closedAt: String) -> [ReviewFinding] {
        var findings: [ReviewFinding] = []
        for account in accounts { findings += self.findings(about: account) }
        findings += unreviewed.map { .init(code: .unreviewedPrivilege, email: $0.email, sentence: $0.sentence) }
        if let same = reviewers.first(where: { PersonName.areSame($0, approver) }) {
            findings.append(
                .init(
                    code: .approverIsReviewer, email: "",
                    sentence: "\(Terminal.plain(same)) approves decisions and is also a reviewer"))
        }
        if let due = folder.record.due, closedAt.prefix(10) > due {
            findings.append(
                .init(
                    code: .late, email: "",
                    sentence: "the review was due on \(due) and closed on \(closedAt.prefix(10))"))
        }
        return findings
    }

    /// Everybody who decided, in the order of the review, each once.
    public var reviewers: [String] {
        var names: [String] = []
        for name in accounts.compactMap({ $0.decided?.reviewer }) where !name.isEmpty {
            if !names.contains(where: { PersonName.areSame($0, name) }) { names.append(name) }
        }
        return names
    }

    private func findings(about account: Account) -> [ReviewFinding] {
        let email = account.account.email
        let finding = { (code: ReviewFinding.Code, sentence: String) in
            ReviewFinding(code: code, email: email, sentence: sentence)
        }
        var findings: [ReviewFinding] = []
        if let reason = account.openReason { findings.append(finding(.open, reason)) }
        guard let decided = account.decided else { return findings }
        if decided.reviewer.isEmpty {
            findings.append(finding(.reviewerNotStated, "the file does not say who decided"))
        } else if ReviewQuality.isOwn(decided.reviewer, account.account) {
            findings.append(finding(.selfReview, "\(Terminal.plain(decided.reviewer)) reviewed their own access"))
        }
        if let assignee = account.assignee, !decided.reviewer.isEmpty,
            !PersonName.areSame(assignee, decided.reviewer)
        {
            findings.append(
                finding(
                    .decidedForAnother,
                    "decided by \(Terminal.plain(decided.reviewer)) for \(Terminal.plain(assignee))"))
        }
        if decided.justification.isEmpty {
            if decided.decision == .approve, folder.privileged.contains(account.account.accountType) {
                findings.append(
                    finding(
                        .privilegeNotJustified,
                        "\(account.account.accountType) was approved without a justification"))
            }
            if decided.decision == .exception {
                findings.append(finding(.exceptionNotJustified, "an exception without a justification"))
            }
        }
        return findings
    }
}
