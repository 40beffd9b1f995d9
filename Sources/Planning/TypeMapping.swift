import Domain

/// Maps a word of a list to an account type: `Member=DEVELOPER`.
public struct TypeMapping: LosslessStringConvertible, Hashable, Sendable {
    /// The word as it is written in the list.
    public let word: String
    /// The account type that it stands for.
    public let type: AccountType

    /// Creates a mapping.
    public init(word: String, type: AccountType) {
        self.word = word
        self.type = type
    }

    /// Reads `WORD=TYPE`; nil if the word is missing or the type is unknown.
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
