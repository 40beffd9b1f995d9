/// What the decision cell of a completed review says about one account.
///
/// A word counts only if it has one meaning for that kind of account: disabling a user cannot be undone, and a user who
/// should have been disabled would keep access. Everything else is ``unclear``, and nothing is sent before the reviewer
/// has clarified it.
public enum DecisionText: Hashable, Sendable {
    case notReviewed
    case decision(Decision)
    /// Text that is not a decision, or not a possible one for the account.
    case unclear

    /// Reads a cell, and ignores case, blanks, hyphens and apostrophes. A question mark, a date or any other addition
    /// may change the meaning, so such a text is unclear.
    ///
    /// - Parameters:
    ///   - text: the cell.
    ///   - kind: the kind of the reviewed account.
    ///   - isExpired: whether it is an expired invitation.
    public init(_ text: String, of kind: AccountKind, isExpired: Bool) {
        guard let word = Self.word(text) else {
            self = .unclear
            return
        }
        if word.isEmpty || Self.undecided.contains(word) {
            self = .notReviewed
        } else if let decision = Self.both[word] ?? (kind == .user ? Self.users[word] : Self.invites[word])
            ?? (isExpired ? Self.expired[word] : nil)
        {
            self = .decision(decision)
        } else {
            self = .unclear
        }
    }

    /// Reads the cell of a reviewed account.
    public init(_ text: String, of account: ReviewedAccount, by rules: ReviewRules) {
        switch rules {
        case .lettersOnly: self.init(lettersOf: text)
        case .wordsByKind: self.init(text, of: account.kind, isExpired: account.status?.isExpired ?? false)
        }
    }

    /// The decision; nil for *Not reviewed*, and for text that is not a decision.
    public var decision: Decision? {
        if case .decision(let decision) = self { decision } else { nil }
    }

    /// The letters of a text; nil if it contains another character that may matter.
    private static func word(_ text: String) -> String? {
        var word = String.UnicodeScalarView()
        for scalar in text.lowercased().unicodeScalars {
            if scalar.properties.isAlphabetic {
                word.append(scalar)
            } else if !scalar.properties.isWhitespace, !"-_'\u{2019}.!".unicodeScalars.contains(scalar) {
                return nil
            }
        }
        let letters = String(word)
        // A cell with only a full stop is a mark that the reviewer made, not an empty cell.
        return letters.isEmpty && text.unicodeScalars.contains { !$0.properties.isWhitespace } ? nil : letters
    }

    private static let undecided: Set = ["notreviewed", "unreviewed", "undecided", "notdecided", "nodecision"]

    /// The names of the decisions, and words of Entra, Okta, Google Workspace, Salesforce and SailPoint that have one
    /// meaning for every account.
    private static let both: [String: Decision] = {
        var words: [String: Decision] = [:]
        // Remove is offered for invitations; for a user it may also mean to delete the user's data, or the row.
        for decision in Decision.allCases where decision != .remove {
            if let word = word(decision.rawValue) { words[word] = decision }
        }
        let others: [Decision: [String]] = [
            .approve: ["approved", "keep", "keepaccess", "retain", "maintain", "maintained", "certify", "certified"],
            .revoke: [
                "revoked", "revokeaccess", "deny", "denied", "disable", "disabled", "deactivate", "deactivated",
                "removeaccess",
            ],
            .changeRole: ["changed", "modify", "changetype", "changeaccounttype"],
            .reinvite: ["resend", "inviteagain"],
            .exception: ["except", "allowexception"],
            .dontKnow: ["donotknow", "dontknown", "unsure", "notsure", "abstain", "abstained"],
        ]
        for (decision, texts) in others { for text in texts { words[text] = decision } }
        return words
    }()

    /// For an invitation, *accepted* and *rejected* may describe its status instead.
    private static let users: [String: Decision] = [
        "accept": .approve, "accepted": .approve, "acceptaccess": .approve, "reject": .revoke, "rejected": .revoke,
    ]

    /// For a user, *cancel* may mean to change nothing.
    private static let invites: [String: Decision] = [
        "remove": .remove, "removed": .remove, "delete": .remove, "deleted": .remove, "cancel": .remove,
        "canceled": .remove, "cancelled": .remove, "removeinvite": .remove, "deleteinvite": .remove,
        "cancelinvite": .remove, "cancelinvitation": .remove, "revokeinvite": .remove, "withdraw": .remove,
        "resendinvite": .reinvite, "resendinvitation": .reinvite,
    ]

    /// For a pending invitation, *invite* may describe the account instead.
    private static let expired: [String: Decision] = ["invite": .reinvite]
}
