/// Which account types count as privileged: those that can change the workspace or who is in it.
public struct PrivilegedTypes: Hashable, Sendable {
    /// The types that were named, with `ADMIN`, in upper case; nil for the default.
    private let named: Set<String>?
    /// Every type except those that are known to change nothing but their own work, so that a type that is new to this
    /// program counts as privileged.
    public static let standard = PrivilegedTypes(named: nil)

    /// The types that do not count by default, in upper case.
    public static let ordinary: Set<String> = ["DEVELOPER", "BUSINESS", "ANALYST", "SANDBOX_USER"]

    private init(named: Set<String>?) { self.named = named }

    /// Takes the types that somebody named, and no others but `ADMIN`, which a workspace must never be without.
    public init(_ types: some Sequence<AccountType>) {
        self.init(named: Set(types.map { $0.rawValue.uppercased() }).union([AccountType.admin.rawValue]))
    }

    /// What was named here or there, so that two lists are as strict as both; the default yields to a list.
    public func union(_ other: PrivilegedTypes) -> PrivilegedTypes {
        guard let named, let also = other.named else { return named == nil ? other : self }
        return PrivilegedTypes(named: named.union(also))
    }

    /// Whether a type is privileged, in whatever case it is spelled.
    public func contains(_ type: AccountType) -> Bool {
        let name = type.rawValue.uppercased()
        return named?.contains(name) ?? !Self.ordinary.contains(name)
    }

    /// What was named, in the order of the alphabet; nil for the default.
    public var names: [String]? { named?.sorted() }

    /// The privileged types among those that were named, those that the vendor's client knows, and those that
    /// somebody has; in the order of the alphabet.
    public func names(besides seen: some Sequence<AccountType>) -> [String] {
        let named = (named ?? []).map(AccountType.init(rawValue:))
        return Set(named + AccountType.known + seen).filter(contains).map(\.rawValue).sorted()
    }

    /// Whether a change of account type takes something away: a privilege, or `ADMIN` itself.
    public func isLoss(from before: AccountType?, to after: AccountType) -> Bool {
        guard let before, !before.isSame(as: after) else { return false }
        return before.isAdmin || (contains(before) && !contains(after))
    }

    /// Whether a change of account type, or an invite (from nil), gives a privilege, or `ADMIN` itself.
    public func isGrant(from before: AccountType?, to after: AccountType) -> Bool {
        if let before, before.isSame(as: after) { return false }
        return after.isAdmin || (contains(after) && before.map(contains) != true)
    }
}
