import Domain
import Foundation

/// One account of a review, with its decision and result, if known.
struct EntraItem {
    var uid: String
    var email: String
    var name: String
    /// The reviewed access: the account type; for an invitation with its status.
    var access: String
    /// The decision; nil for *Not reviewed*.
    var decision: Decision?
    /// The new account type; empty unless the decision is to change it.
    var newType = ""
    /// The reviewer.
    var reviewer: String
    var justification = ""
    /// Whether the decision took effect. Approvals and exceptions need no request; all other decisions do.
    var isApplied = false
    /// When the API confirmed the change; nil if no request was needed.
    var appliedAt: Date?

    /// Creates the item of an account without a decision.
    init(_ account: ReviewedAccount, reviewer: String) {
        uid = account.uid
        email = account.email
        name = account.name
        access = Self.access(account.kind, account.accountType, account.status?.rawValue ?? "")
        self.reviewer = reviewer
    }

    /// Creates the item of a row of a remediation.
    init(_ row: ResultRow) {
        let decided = row.decision
        uid = row.uid
        email = row.email
        name = decided?.name ?? ""
        access = decided.map { Self.access($0.accountKind, $0.accountType, $0.status) } ?? row.accountType
        decision = decided?.decision
        newType = decided?.decision == .changeRole ? row.accountType : ""
        reviewer = decided?.reviewer ?? ""
        justification = decided?.justification ?? ""
        switch row.outcome.kind {
        case .succeeded where row.verified != .contradicted:
            isApplied = true
            appliedAt = row.finishedAt
        case .skipped: isApplied = decision == .approve || decision == .exception
        default: break
        }
    }

    private static func access(_ kind: AccountKind, _ type: AccountType, _ status: String) -> String {
        guard kind == .invite else { return type.rawValue }
        return type.rawValue + (status.isEmpty ? " (invite)" : " (invite, \(status))")
    }
}
