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

/// The accounts of one part of a review.
struct PartOfReview<Source: ReviewSource>: ReviewSource {
    let whole: Source
    let split: ReviewSplit
    let part: String

    var snapshot: Snapshot { whole.snapshot }
    var previous: ReviewRecord? { whole.previous }

    func accounts(_ kind: AccountKind, _ body: (ReviewedAccount) throws -> Void) throws {
        try whole.accounts(kind) { account in
            if split.part(of: account) == part { try body(account) }
        }
    }

    func counts(of kind: AccountKind) throws -> [(type: AccountType, count: Int)] {
        var counts: [AccountType: Int] = [:]
        try accounts(kind) { counts[$0.accountType, default: 0] += 1 }
        return try whole.counts(of: kind).compactMap { entry in counts[entry.type].map { (entry.type, $0) } }
    }

    func statuses() throws -> [(status: InviteStatus, count: Int)] {
        var counts: [InviteStatus: Int] = [:]
        try accounts(.invite) { account in
            if let status = account.status { counts[status, default: 0] += 1 }
        }
        return try whole.statuses().compactMap { entry in counts[entry.status].map { (entry.status, $0) } }
    }

    func changeCounts() throws -> [AccountChange: Int] {
        var counts: [AccountChange: Int] = [:]
        try changes { counts[$0.change, default: 0] += 1 }
        return counts
    }

    func changes(_ body: (RosterChange) throws -> Void) throws {
        try whole.changes { change in
            let type = change.typeAfter ?? change.typeBefore ?? AccountType(rawValue: "")
            if split.part(uid: change.uid, email: change.email, accountType: type) == part { try body(change) }
        }
    }
}

extension ReviewSource {
    /// All parts with accounts, sorted by name.
    func parts(_ split: ReviewSplit) throws -> [String] {
        var parts: Set<String> = []
        for kind in AccountKind.allCases {
            try accounts(kind) { parts.insert(split.part(of: $0)) }
        }
        return parts.sorted()
    }
}
