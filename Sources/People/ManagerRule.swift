import Domain

/// How the accounts of a review are divided among the managers of the company's own list.
///
/// The manager decides about an account, the owner about a service account. If they are unknown, have left or own the
/// account themselves, the fallback decides.
public struct ManagerRule: Hashable, Sendable, Codable {
    /// Who decides about accounts without a manager who can; nil if nobody is named.
    public var fallback: String?

    /// Creates a rule.
    public init(fallback: String?) { self.fallback = fallback }

    /// Who decides about an account; nil if nobody is named.
    public func reviewer(of email: String, by comparison: PeopleComparison) -> String? {
        let (directory, day) = (comparison.directory, comparison.day)
        let owner = directory.owner(of: email, on: day)
        let wanted = comparison.service(of: email)?.owner ?? owner?.person.manager ?? ""
        let own = [email] + (owner?.person.addresses ?? [])
        let isOwn = own.contains { EmailAddress.key(of: $0) == EmailAddress.key(of: wanted) }
        let isEmployed = directory.owner(of: wanted, on: day)?.employment == .employed
        return !wanted.isEmpty && !isOwn && isEmployed ? wanted : fallback
    }
}
