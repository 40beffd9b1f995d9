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
    ///   - rules: the rules for reading it; at least ``ReviewRules/wordsByKind``.
    public init(_ text: String, of kind: AccountKind, isExpired: Bool, by rules: ReviewRules = .current) {
        guard let word = Self.word(text) else {
            self = .unclear
            return
        }
        if word.isEmpty || DecisionWords.isUndecided(word, of: kind, by: rules) {
            self = .notReviewed
        } else if let decision = DecisionWords.decision(word, of: kind, isExpired: isExpired, by: rules) {
            self = .decision(decision)
        } else {
            self = .unclear
        }
    }

    /// Reads the cell of a reviewed account.
    public init(_ text: String, of account: ReviewedAccount, by rules: ReviewRules) {
        switch rules {
        case .lettersOnly: self.init(lettersOf: text)
        case .wordsByKind, .everySheet:
            self.init(text, of: account.kind, isExpired: account.status?.isExpired ?? false, by: rules)
        }
    }

    /// The decision; nil for *Not reviewed*, and for text that is not a decision.
    public var decision: Decision? {
        if case .decision(let decision) = self { decision } else { nil }
    }

    /// The letters of a text; nil if it contains another character that may matter.
    static func word(_ text: String) -> String? {
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
}
