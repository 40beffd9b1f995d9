/// The account types that count as privileged: those that can change the workspace or its users.
public struct PrivilegedTypes: Hashable, Sendable {
    /// The types that were named, with `ADMIN`, in upper case; nil for the default.
    private let named: Set<String>?
    /// Every type except those that can change only their own work; a type that this program does not know counts as
    /// privileged.
    public static let standard = PrivilegedTypes(named: nil)

    /// The types that do not count by default, in upper case.
    public static let ordinary: Set<String> = ["DEVELOPER", "BUSINESS", "ANALYST", "SANDBOX_USER"]

    private init(named: Set<String>?) { self.named = named }

    /// Creates a set of these types and `ADMIN`, which always counts.
    public init(_ types: some Sequence<AccountType>) {
        self.init(named: Set(types.map { $0.rawValue.uppercased() }).union([AccountType.admin.rawValue]))
    }

    /// The types of both lists, so that the result is as strict as either; a list replaces the default.
    public func union(_ other: PrivilegedTypes) -> PrivilegedTypes {
        guard let named, let also = other.named else { return named == nil ? other : self }
        return PrivilegedTypes(named: named.union(also))
    }

    /// Whether a type is privileged; ignores case.
    public func contains(_ type: AccountType) -> Bool {
        let name = type.rawValue.uppercased()
        return named?.contains(name) ?? !Self.ordinary.contains(name)
    }

    /// The types that were named, in alphabetical order; nil for the default.
    public var names: [String]? { named?.sorted() }

    /// The privileged types among those that were named, those that the vendor's client knows, and those in `seen`; in
    /// alphabetical order.
    public func names(besides seen: some Sequence<AccountType>) -> [String] {
        let named = (named ?? []).map(AccountType.init(rawValue:))
        return Set(named + AccountType.known + seen).filter(contains).map(\.rawValue).sorted()
    }

    /// Whether a change of account type removes a privilege, or `ADMIN` itself.
    public func isLoss(from before: AccountType?, to after: AccountType) -> Bool {
        guard let before, !before.isSame(as: after) else { return false }
        return before.isAdmin || (contains(before) && !contains(after))
    }

    /// Whether a change of account type, or an invitation (from nil), gives a privilege, or `ADMIN` itself.
    public func isGrant(from before: AccountType?, to after: AccountType) -> Bool {
        if let before, before.isSame(as: after) { return false }
        return after.isAdmin || (contains(after) && before.map(contains) != true)
    }
}
