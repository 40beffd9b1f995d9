/// What was decided about an account in a review, in the words of Entra, Okta and ForgeRock. An account without a
/// decision is *Not reviewed*. ``DecisionText`` reads what reviewers write instead of these words.
public enum Decision: String, Sendable, CaseIterable {
    /// The access is right and stays.
    case approve = "Approve"
    /// The user is to be disabled.
    case revoke = "Revoke"
    /// The user gets another account type.
    case changeRole = "Change role"
    /// An expired invitation is sent again.
    case reinvite = "Re-invite"
    /// An invitation is to be cancelled. The API cannot do this (docs/api.md), so it is a step by hand.
    case remove = "Remove"
    /// The access breaks the rules and stays, for a stated reason.
    case exception = "Exception"
    /// Another person has to decide.
    case dontKnow = "Don't know"

    /// The decisions that are possible for a kind of account, in the order in which they are offered.
    public static func offered(for kind: AccountKind) -> [Decision] {
        switch kind {
        case .user: [.approve, .revoke, .changeRole, .exception, .dontKnow]
        case .invite: [.approve, .reinvite, .remove, .exception, .dontKnow]
        }
    }
}

/// A decision in a completed review, together with the row that carries it out.
public struct RecordedDecision: Hashable, Sendable {
    /// The file, and in a workbook the sheet, for example `review.xlsx, Active users`.
    public var place: String
    /// The decision; nil for *Not reviewed*, and for text that is not a decision.
    public var decision: Decision?
    /// User or invitation.
    public var accountKind: AccountKind
    /// The display name of a user.
    public var name: String
    /// The account type when the review was exported.
    public var accountType: AccountType
    /// The status of an invitation when the review was exported.
    public var status: String
    /// Who decided, as written in the file.
    public var reviewer: String
    /// Why, as written in the file.
    public var justification: String
    /// The row key, which binds the decision to the reviewed account; empty in records of versions without it.
    public var rowKey = ""
    /// The uid in the review; empty for an invitation, and in records of versions without it. The row has another uid
    /// if that was confirmed to be the same person.
    public var uid = ""
    /// The ticket, as written in the file.
    public var ticket = ""
    /// The last day of an exception, as written in the file.
    public var exceptionUntil = ""
    /// When it was decided, as written in the file; otherwise the time of the file, and it says so.
    public var decidedAt = ""

    /// Creates a recorded decision.
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
