/// What the decision cell of a filled-in review says about one account.
///
/// A word counts only where it can be read in one way for that kind of account: to disable a user cannot be undone, and a
/// user who was to be disabled and was not keeps access. Everything else is ``unclear``, and nothing is sent before the
/// reviewer has been asked.
public enum DecisionText: Hashable, Sendable {
    case notReviewed
    case decision(Decision)
    /// Text that is no decision, or not one about such an account.
    case unclear

    /// Reads a cell, whatever its case, blanks, hyphens and apostrophes. A question mark, a date or any other addition
    /// may change what is meant, so that such a text is unclear.
    ///
    /// - Parameters:
    ///   - text: the cell.
    ///   - kind: what was reviewed.
    ///   - isExpired: whether it is an invite that ran out.
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

    /// What was decided; nil for *Not reviewed*, and for text that is no decision.
    public var decision: Decision? {
        if case .decision(let decision) = self { decision } else { nil }
    }

    /// The letters of a text; nil where something else stands in it that may matter.
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
        // A full stop alone is a mark that somebody made, and not an empty cell.
        return letters.isEmpty && text.unicodeScalars.contains { !$0.properties.isWhitespace } ? nil : letters
    }

    private static let undecided: Set = ["notreviewed", "unreviewed", "undecided", "notdecided", "nodecision"]

    /// The decisions' own words, and words of Entra, Okta, Google Workspace, Salesforce and SailPoint, that can be read in
    /// one way for any account.
    private static let both: [String: Decision] = {
        var words: [String: Decision] = [:]
        // Remove is offered for invites; about a user it may mean to delete the data as well, or the row.
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

    /// *Accepted* and *rejected* may also say what became of an invite.
    private static let users: [String: Decision] = [
        "accept": .approve, "accepted": .approve, "acceptaccess": .approve, "reject": .revoke, "rejected": .revoke,
    ]

    /// About a user, *cancel* may mean to leave everything as it is.
    private static let invites: [String: Decision] = [
        "remove": .remove, "removed": .remove, "delete": .remove, "deleted": .remove, "cancel": .remove,
        "canceled": .remove, "cancelled": .remove, "removeinvite": .remove, "deleteinvite": .remove,
        "cancelinvite": .remove, "cancelinvitation": .remove, "revokeinvite": .remove, "withdraw": .remove,
        "resendinvite": .reinvite, "resendinvitation": .reinvite,
    ]

    /// About an invite that is still open, *invite* may also say what the account is.
    private static let expired: [String: Decision] = ["invite": .reinvite]
}
