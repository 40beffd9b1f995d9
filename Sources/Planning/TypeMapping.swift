import Domain

/// What a word of a list means: `Member=DEVELOPER`.
public struct TypeMapping: LosslessStringConvertible, Hashable, Sendable {
    /// As the list has it.
    public let word: String
    /// What it means.
    public let type: AccountType

    /// A word that means a type.
    public init(word: String, type: AccountType) {
        self.word = word
        self.type = type
    }

    /// Reads `WORD=TYPE`; nil without a word, or for a type that is not known.
    public init?(_ text: String) {
        guard let sign = text.lastIndex(of: "="), sign > text.startIndex,
            let type = AccountType(knownAs: String(text[text.index(after: sign)...]))
        else { return nil }
        word = String(text[..<sign])
        self.type = type
    }

    /// `Member=DEVELOPER`
    public var description: String { "\(word)=\(type)" }
}
