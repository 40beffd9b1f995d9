import Domain

/// How a review is split among several reviewers.
public struct ReviewSplit: Sendable {
    /// The rule that assigns an account to a part.
    public enum Rule: Hashable, Sendable {
        /// One part for each account type.
        case accountType
        /// One part for each domain.
        case domain
        /// One part for each reviewer: the reviewers by uid, and by the key of an address.
        case people(byUID: [String: String], byAddress: [String: String])

        /// The name of the rule in records.
        public var name: String {
            switch self {
            case .accountType: "accountType"
            case .domain: "domain"
            case .people: "file"
            }
        }
    }

    /// The part of accounts without a reviewer.
    public static let unassigned = "unassigned"

    /// The rule that assigns an account to a part.
    public let rule: Rule

    /// Takes a rule.
    public init(_ rule: Rule) { self.rule = rule }

    /// The rule with reviewers of further addresses; an address keeps the reviewer that it has.
    public func adding(_ reviewers: [(email: String, reviewer: String)]) -> ReviewSplit {
        guard case .people(let byUID, var byAddress) = rule else { return self }
        for (email, reviewer) in reviewers {
            let key = EmailAddress.key(of: email)
            if byAddress[key] == nil { byAddress[key] = reviewer }
        }
        return ReviewSplit(.people(byUID: byUID, byAddress: byAddress))
    }

    /// The spelling of each reviewer, by the key of the name; empty if the parts are not named after reviewers.
    public var reviewers: [String: String] {
        guard case .people(let byUID, let byAddress) = rule else { return [:] }
        return Dictionary(
            (Array(byUID.values) + byAddress.values).map { (PersonName.key(of: $0), $0) }, uniquingKeysWith: min)
    }

    /// Whether the parts are named after reviewers.
    public var namesReviewers: Bool {
        if case .people = rule { return true }
        return false
    }

    /// The part that an account belongs to.
    public func part(uid: String, email: String, accountType: AccountType) -> String {
        switch rule {
        case .accountType: return accountType.rawValue
        case .domain:
            let key = EmailAddress.key(of: email)
            return key.lastIndex(of: "@").map { String(key[key.index(after: $0)...]) } ?? Self.unassigned
        case .people(let byUID, let byAddress):
            return byUID[uid] ?? byAddress[EmailAddress.key(of: email)] ?? Self.unassigned
        }
    }

    /// The part that an account belongs to.
    public func part(of account: ReviewedAccount) -> String {
        part(uid: account.uid, email: account.email, accountType: account.accountType)
    }
}
