/// Which account types count as privileged: those that can change the workspace or who is in it.
public struct PrivilegedTypes: Hashable, Sendable {
    /// The types that were named, with `ADMIN`; nil to go by their names.
    private let named: Set<AccountType>?

    /// Every type with `ADMIN` or `OWNER` in its name, so that a type that is new to this program errs on the careful
    /// side.
    public static let byName = PrivilegedTypes()

    private init() { named = nil }

    /// Takes the types that somebody named, and no others but `ADMIN`, which a workspace must never be without.
    public init(_ types: some Sequence<AccountType>) { named = Set(types).union([.admin]) }

    /// Whether a type is privileged.
    public func contains(_ type: AccountType) -> Bool { named?.contains(type) ?? type.isPrivilegedByName }

    /// What was named, in the order of the alphabet; nil where types go by their names.
    public var names: [String]? { named.map { $0.map(\.rawValue).sorted() } }

    /// The privileged types among those that were named, those that the vendor's client knows, and those that
    /// somebody has; in the order of the alphabet.
    public func names(besides seen: some Sequence<AccountType>) -> [String] {
        (named ?? []).union(AccountType.known).union(seen).filter(contains).map(\.rawValue).sorted()
    }

    /// Whether a change of account type takes something away: a privilege, or `ADMIN` itself.
    public func isLoss(from before: AccountType?, to after: AccountType) -> Bool {
        guard let before, before != after else { return false }
        return before == .admin || (contains(before) && !contains(after))
    }

    /// Whether a change of account type, or an invite (from nil), gives a privilege, or `ADMIN` itself.
    public func isGrant(from before: AccountType?, to after: AccountType) -> Bool {
        before != after && (after == .admin || (contains(after) && before.map(contains) != true))
    }
}

extension AccountType {
    fileprivate var isPrivilegedByName: Bool {
        var text = rawValue
        let ascii = text.withUTF8 { bytes in
            bytes.allSatisfy { $0 < 0x80 } ? bytes.contains(word: "ADMIN") || bytes.contains(word: "OWNER") : nil
        }
        // Beyond ASCII a character may be more than its first scalar.
        return ascii ?? (rawValue.contains("ADMIN") || rawValue.contains("OWNER"))
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
