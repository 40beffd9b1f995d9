/// What somebody may do in a workspace, spelled as the API spells it.
///
/// Not a closed enumeration: the documentation names two types, the vendor's client nine, and more may come
/// (FACTS.md). A value that nobody has heard of is kept as it came, the whole way to every report.
public struct AccountType: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The API's spelling, for example `DEVELOPER`.
    public let rawValue: String

    /// Takes any text; nothing is checked, because an unknown type is still a type.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The nine types that the vendor's own client knows, in its order (FACTS.md).
    public static let known: [AccountType] = [
        "ADMIN", "DEVELOPER", "BUSINESS", "BILLING_ADMIN", "SECURITY_ADMIN", "WORKSPACE_SETTINGS_ADMIN",
        "WORKSPACE_ADMIN", "ANALYST", "SANDBOX_USER",
    ].map(AccountType.init(rawValue:))

    /// The type that a workspace must never be without.
    public static let admin = AccountType(rawValue: "ADMIN")

    /// Whether the type can change the workspace or who is in it: every kind of administrator, and owners.
    ///
    /// Decided by name, so that a type that is new to this program errs on the careful side.
    public var isPrivileged: Bool {
        var text = rawValue
        let ascii = text.withUTF8 { bytes in
            bytes.allSatisfy { $0 < 0x80 } ? bytes.contains(word: "ADMIN") || bytes.contains(word: "OWNER") : nil
        }
        // Beyond ASCII a character may be more than its first scalar.
        return ascii ?? (rawValue.contains("ADMIN") || rawValue.contains("OWNER"))
    }

    /// Whether the vendor's own client knows the type.
    public var isKnown: Bool { Self.known.contains(self) }

    /// The API's spelling.
    public var description: String { rawValue }

    /// The form in which two spellings of one type are equal: upper case, words joined by `_`.
    ///
    /// `Workspace admin`, `workspace-admin` and `WORKSPACE_ADMIN` are the same type.
    public static func normalised(_ text: String) -> String {
        text.uppercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "_")
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether the letters of a word are somewhere in the bytes.
    fileprivate func contains(word: StaticString) -> Bool {
        let length = word.utf8CodeUnitCount
        guard count >= length else { return false }
        return (0...count - length).contains { start in
            (0..<length).allSatisfy { self[start + $0] == word.utf8Start[$0] }
        }
    }
}
