/// What was decided about an account in a review, in the words of Entra, Okta and ForgeRock. No decision is *Not
/// reviewed*. What people write instead of these words is ``DecisionText``'s business.
public enum Decision: String, Sendable, CaseIterable {
    /// The access is right and stays.
    case approve = "Approve"
    /// The access of a user has to go.
    case revoke = "Revoke"
    /// The user stays with another account type.
    case changeRole = "Change role"
    /// An expired invite goes out again.
    case reinvite = "Re-invite"
    /// An invite has to go; the API cannot take one back (docs/api.md), so people do.
    case remove = "Remove"
    /// The access is not what the rules say and stays, for a stated reason.
    case exception = "Exception"
    /// Somebody else has to decide.
    case dontKnow = "Don't know"

    /// What can be decided about an account of a kind, in the order in which it is offered.
    public static func offered(for kind: AccountKind) -> [Decision] {
        switch kind {
        case .user: [.approve, .revoke, .changeRole, .exception, .dontKnow]
        case .invite: [.approve, .reinvite, .remove, .exception, .dontKnow]
        }
    }
}

/// A decision as it was found in a filled-in review, beside the row that carries it out.
public struct RecordedDecision: Hashable, Sendable {
    /// The file, and in a workbook the sheet, for example `review.xlsx, Active users`.
    public var place: String
    /// What was decided; nil for *Not reviewed*, and for text that is no decision.
    public var decision: Decision?
    /// User or invite.
    public var accountKind: AccountKind
    /// The display name of a user.
    public var name: String
    /// What the account had when the review was made.
    public var accountType: AccountType
    /// Of an invite, when the review was made.
    public var status: String
    /// Who decided, as it was written.
    public var reviewer: String
    /// Why, as it was written.
    public var justification: String

    /// Takes what was found.
    public init(
        place: String, decision: Decision?, accountKind: AccountKind, name: String, accountType: AccountType,
        status: String, reviewer: String, justification: String
    ) {
        self.place = place
        self.decision = decision
        self.accountKind = accountKind
        self.name = name
        self.accountType = accountType
        self.status = status
        self.reviewer = reviewer
        self.justification = justification
    }
}
