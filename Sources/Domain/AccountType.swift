/// What somebody may do in a workspace, spelled as the API spells it.
///
/// Not a closed enumeration: the documentation names two types, the vendor's client nine, and more may come
/// (docs/api.md). A value that nobody has heard of is kept as it came, the whole way to every report.
public struct AccountType: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The API's spelling, for example `DEVELOPER`.
    public let rawValue: String

    /// Takes any text; nothing is checked, because an unknown type is still a type.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The nine types that the vendor's own client knows, in its order (docs/api.md).
    public static let known: [AccountType] = [
        "ADMIN", "DEVELOPER", "BUSINESS", "BILLING_ADMIN", "SECURITY_ADMIN", "WORKSPACE_SETTINGS_ADMIN",
        "WORKSPACE_ADMIN", "ANALYST", "SANDBOX_USER",
    ].map(AccountType.init(rawValue:))

    /// The known type that a text names, in any spelling; nil for another one.
    public init?(knownAs text: String) {
        self.init(rawValue: Self.normalised(text))
        guard isKnown else { return nil }
    }

    /// The type that a workspace must never be without.
    public static let admin = AccountType(rawValue: "ADMIN")

    /// Whether the vendor's own client knows the type.
    public var isKnown: Bool { Self.known.contains(self) }

    /// Whether it is ``admin``, in whatever case it is spelled.
    public var isAdmin: Bool {
        // A bit makes small letters capitals, and nothing else a letter.
        rawValue.utf8.count == 5 && zip(rawValue.utf8, "ADMIN".utf8).allSatisfy { $0 & 0xdf == $1 }
    }

    /// Whether two spellings differ in nothing but capitals: a listing may spell a type as no request did.
    public func isSame(as other: AccountType) -> Bool {
        self == other || rawValue.uppercased() == other.rawValue.uppercased()
    }

    /// The API's spelling.
    public var description: String { rawValue }

    /// The type that a cell of a list names, in the form of ``normalised(_:)``; empty for an empty cell, nil for a cell
    /// that holds more than a word: `Billing; Admin` names two, and `❌ Admin` perhaps none.
    public static func word(_ cell: String) -> String? {
        var text = EmailAddress.trimmed(cell)[...]
        // A spreadsheet's text mark.
        if text.first == "'" { text = text.dropFirst() }
        let isWord = text.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar.properties.isWhitespace
                || scalar == "_" || scalar == "-" || scalar.properties.generalCategory == .nonspacingMark
        }
        // Capitals would make an `I` of a dotless one; and `- ADMIN` is perhaps crossed out.
        let isPlain = text.utf8.allSatisfy { $0 < 0x80 }
        guard isWord, text.allSatisfy({ $0 == "-" }) || (text.first != "-" && text.last != "-") else { return nil }
        return isPlain ? normalised(String(text)) : String(text)
    }

    /// The form in which two spellings of one type are equal: upper case, words joined by `_`.
    ///
    /// `Workspace admin`, `workspace-admin` and `WORKSPACE_ADMIN` are the same type.
    public static func normalised(_ text: String) -> String {
        text.uppercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "_")
    }
}
