extension DecisionText {
    /// Reads a cell by ``ReviewRules/lettersOnly``. Used only to verify remediations that were carried out by these
    /// rules, so the words must never change.
    init(lettersOf text: String) {
        if let decision = Self.lettersOnly[Self.letters(of: text)] {
            self = .decision(decision)
        } else {
            self = text.isEmpty ? .notReviewed : .unclear
        }
    }

    private static func letters(of text: String) -> String {
        String(String.UnicodeScalarView(text.lowercased().unicodeScalars.filter(\.properties.isAlphabetic)))
    }

    private static let lettersOnly: [String: Decision] = [
        "approve": .approve, "approved": .approve, "keep": .approve, "certify": .approve, "certified": .approve,
        "maintain": .approve,
        "revoke": .revoke, "revoked": .revoke, "deny": .revoke, "denied": .revoke, "disable": .revoke,
        "changerole": .changeRole, "changed": .changeRole, "modify": .changeRole, "changetype": .changeRole,
        "changeaccounttype": .changeRole,
        "reinvite": .reinvite, "invite": .reinvite, "resend": .reinvite, "inviteagain": .reinvite,
        "remove": .remove, "removed": .remove, "delete": .remove, "cancel": .remove,
        "exception": .exception, "except": .exception,
        "dontknow": .dontKnow, "donotknow": .dontKnow, "dontknown": .dontKnow, "unsure": .dontKnow,
        "abstain": .dontKnow,
    ]
}
