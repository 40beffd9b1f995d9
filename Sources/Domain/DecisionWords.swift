/// The words that reviewers write for a decision, beside the names of the decisions.
///
/// A word is in the table only if it has one meaning for that kind of account. *OK*, *yes* and *no* are left out,
/// because they may answer "keep?" or "remove?"; so are *suspend*, *freeze* and *terminate*, which are not what
/// disabling a user does, and *reassign* and *delegate*, which name no decision.
enum DecisionWords {
    /// The accounts for which a word has one meaning.
    enum Scope {
        case all, users, invites, expiredInvites
    }

    /// A word, without blanks and punctuation and in lower case.
    private struct Word: Hashable {
        var text: String
        var kind: AccountKind
    }

    /// The meaning of a word.
    private struct Meaning {
        var decision: Decision
        var scope: Scope
        /// The first rules with this word.
        var since: ReviewRules
    }

    /// The decision that a word stands for; nil if it is none, or may mean something else.
    static func decision(_ text: String, of kind: AccountKind, isExpired: Bool, by rules: ReviewRules) -> Decision? {
        guard let meaning = meanings[Word(text: text, kind: kind)], meaning.since <= rules,
            meaning.scope != .expiredInvites || isExpired
        else { return nil }
        return meaning.decision
    }

    /// Whether a word says that there is no decision yet.
    static func isUndecided(_ text: String, of kind: AccountKind, by rules: ReviewRules) -> Bool {
        undecided.contains { $0.since <= rules && ($0.scope == .all || kind == .user) && $0.words.contains(text) }
    }

    private static let undecided: [(scope: Scope, since: ReviewRules, words: Set<String>)] = [
        (.all, .wordsByKind, ["notreviewed", "unreviewed", "undecided", "notdecided", "nodecision"]),
        // Entra, ConductorOne.
        (.all, .everySheet, ["notnotified", "skipped", "notyetreviewed", "tobedecided", "tbd"]),
        // ForgeRock. Of an invitation it may describe the status.
        (.users, .everySheet, ["pending"]),
    ]

    private static let table: [(Decision, Scope, since: ReviewRules, words: [String])] = [
        // Entra, Okta, Google, Salesforce, ConductorOne, Saviynt, ForgeRock, Vanta.
        (
            .approve, .all, .wordsByKind,
            ["approved", "keep", "keepaccess", "retain", "maintain", "maintained", "certify", "certified"]
        ),
        (.approve, .users, .wordsByKind, ["accept", "accepted", "acceptaccess"]),
        (
            .approve, .all, .everySheet,
            [
                "approveaccess", "accessapproved", "maintainaccess", "accessmaintained", "retainaccess", "retained",
                "certifyaccess", "recertify", "recertified", "keepasis", "nochange", "nochanges", "nochangeneeded",
                "appropriate", "accessappropriate",
            ]
        ),
        (
            .revoke, .all, .wordsByKind,
            [
                "revoked", "revokeaccess", "deny", "denied", "disable", "disabled", "deactivate", "deactivated",
                "removeaccess",
            ]
        ),
        (.revoke, .users, .wordsByKind, ["reject", "rejected"]),
        // ServiceNow, SailPoint, Tikabu, Drata. Of an invitation, "declined" may describe the status.
        (
            .revoke, .all, .everySheet,
            [
                "accessrevoked", "denyaccess", "accessdenied", "removeallaccess", "accessremoved", "decertify",
                "decertified",
            ]
        ),
        (
            .revoke, .users, .everySheet,
            [
                "revokeaccount", "revokeuser", "disableaccount", "disableuser", "deactivateaccount", "deactivateuser",
                "removeaccountaccess", "rejectaccess", "rejectaccount", "rejectaccountaccess", "decline", "declined",
                "disapprove", "disapproved",
            ]
        ),
        (.changeRole, .all, .wordsByKind, ["changed", "modify", "changetype", "changeaccounttype"]),
        (
            .changeRole, .all, .everySheet,
            [
                "modified", "modifyaccess", "modifypermission", "modifypermissions", "modifyrole", "changeaccess",
                "changepermission", "changepermissions", "changeroles", "rolechange", "downgrade", "downgraded",
                "downgraderole",
            ]
        ),
        (.reinvite, .all, .wordsByKind, ["resend", "inviteagain"]),
        (.reinvite, .invites, .wordsByKind, ["resendinvite", "resendinvitation"]),
        (.reinvite, .invites, .everySheet, ["sendagain", "reinviteuser"]),
        (.reinvite, .expiredInvites, .wordsByKind, ["invite"]),
        (
            .remove, .invites, .wordsByKind,
            [
                "remove", "removed", "delete", "deleted", "cancel", "canceled", "cancelled", "removeinvite",
                "deleteinvite", "cancelinvite", "cancelinvitation", "revokeinvite", "withdraw",
            ]
        ),
        (
            .remove, .invites, .everySheet,
            [
                "removeinvitation", "deleteinvitation", "revokeinvitation", "withdrawinvite", "withdrawinvitation",
                "withdrawn",
            ]
        ),
        (.exception, .all, .wordsByKind, ["except", "allowexception"]),
        // SailPoint.
        (
            .exception, .all, .everySheet,
            ["exceptionallowed", "exceptiongranted", "grantexception", "mitigate", "mitigated"]
        ),
        (
            .dontKnow, .all, .wordsByKind,
            ["donotknow", "dontknown", "unsure", "notsure", "abstain", "abstained"]
        ),
        (.dontKnow, .all, .everySheet, ["idontknow", "idonotknow", "cannotdecide", "cantdecide"]),
    ]

    private static let meanings: [Word: Meaning] = {
        var meanings: [Word: Meaning] = [:]
        // Remove is offered for invitations; for a user it may also mean to delete the user's data, or the row.
        for decision in Decision.allCases where decision != .remove {
            guard let text = DecisionText.word(decision.rawValue) else { continue }
            for kind in AccountKind.allCases {
                meanings[Word(text: text, kind: kind)] = Meaning(
                    decision: decision, scope: .all, since: .wordsByKind)
            }
        }
        for (decision, scope, since, words) in table {
            let kinds: [AccountKind] =
                switch scope {
                case .all: AccountKind.allCases
                case .users: [.user]
                case .invites, .expiredInvites: [.invite]
                }
            for kind in kinds {
                for text in words {
                    meanings[Word(text: text, kind: kind)] = Meaning(decision: decision, scope: scope, since: since)
                }
            }
        }
        return meanings
    }()
}
