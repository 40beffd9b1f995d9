/// What a user may do in a workspace, in the API's spelling.
///
/// Not a closed enumeration: the documentation names two types, the vendor's client nine, and more may come
/// (docs/api.md). An unknown value is kept unchanged in every report.
public struct AccountType: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The API's spelling, for example `DEVELOPER`.
    public let rawValue: String

    /// Accepts any text without a check, because an unknown type is still a type.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The nine types that the vendor's client knows, in its order (docs/api.md).
    public static let known: [AccountType] = [
        "ADMIN", "DEVELOPER", "BUSINESS", "BILLING_ADMIN", "SECURITY_ADMIN", "WORKSPACE_SETTINGS_ADMIN",
        "WORKSPACE_ADMIN", "ANALYST", "SANDBOX_USER",
    ].map(AccountType.init(rawValue:))

    /// The known type that a text names, in any spelling; nil if it names none.
    public init?(knownAs text: String) {
        self.init(rawValue: Self.normalised(text))
        guard isKnown else { return nil }
    }

    /// The type that at least one user of a workspace must have.
    public static let admin = AccountType(rawValue: "ADMIN")

    /// Whether the vendor's client knows the type.
    public var isKnown: Bool { Self.known.contains(self) }

    /// Whether it is ``admin``; ignores case.
    public var isAdmin: Bool {
        // Clearing this bit makes small letters capital, and turns no other character into a letter.
        rawValue.utf8.count == 5 && zip(rawValue.utf8, "ADMIN".utf8).allSatisfy { $0 & 0xdf == $1 }
    }

    /// Whether two spellings differ only in case: a listing may spell a type differently from the request that set it.
    public func isSame(as other: AccountType) -> Bool {
        self == other || rawValue.uppercased() == other.rawValue.uppercased()
    }

    /// The API's spelling.
    public var description: String { rawValue }

    /// The type that a cell of a list names, in the form of ``normalised(_:)``.
    ///
    /// - Returns: an empty text for an empty cell; nil if the cell contains more than a word, as `Billing; Admin` and
    ///   `❌ Admin` do.
    public static func word(_ cell: String) -> String? {
        var text = EmailAddress.trimmed(cell)[...]
        // The apostrophe with which a spreadsheet marks text.
        if text.first == "'" { text = text.dropFirst() }
        let isWord = text.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar.properties.isWhitespace
                || scalar == "_" || scalar == "-" || scalar.properties.generalCategory == .nonspacingMark
        }
        // Upper case would turn a dotless `ı` into `I`. A text such as `- ADMIN` may be crossed out.
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
