import Domain
import Foundation

/// One account of a review, with what was decided and done about it, as far as that is known.
struct EntraItem {
    var uid: String
    var email: String
    var name: String
    /// What was reviewed: the account type, and of an invite that it is one, with its status.
    var access: String
    /// Nil for *Not reviewed*.
    var decision: Decision?
    /// The account type that was decided on; empty unless the decision is to change it.
    var newType = ""
    /// Who decides, or decided.
    var reviewer: String
    var justification = ""
    /// Whether the decision took effect: an approval needs no request for that, everything else does.
    var isApplied = false
    /// When the API said so; nil if nothing had to be asked.
    var appliedAt: Date?

    /// An account about which nobody has decided yet.
    init(_ account: ReviewedAccount, reviewer: String) {
        uid = account.uid
        email = account.email
        name = account.name
        access = Self.access(account.kind, account.accountType, account.status?.rawValue ?? "")
        self.reviewer = reviewer
    }

    /// A decision that was carried out, or was to be.
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
