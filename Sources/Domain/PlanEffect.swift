/// What a plan would change about users' access; the safety limits check it.
public struct PlanEffect: Hashable, Sendable {
    /// A row that a safety limit may have to name.
    public struct Row: Hashable, Sendable {
        /// The line in the input.
        public var line: Int
        /// The address of the account.
        public var email: String
        /// What it does, for example `disable` or `DEVELOPER to ADMIN`.
        public var change: String

        /// Creates a row.
        public init(line: Int, email: String, change: String) {
            self.line = line
            self.email = email
            self.change = change
        }
    }

    /// The rows that a safety limit checks: their number, and the first of them.
    public struct Rows: Hashable, Sendable {
        /// The number of rows.
        public private(set) var count = 0
        /// The first rows, at most ``limit``.
        public private(set) var first: [Row] = []
        /// The maximum number of rows that are named.
        public static let limit = 20

        /// Creates an empty set of rows.
        public init() {}

        /// Counts a row.
        public mutating func add(_ row: Row) {
            count += 1
            if first.count < Self.limit { first.append(row) }
        }
    }

    /// The number of active users before the plan.
    public let users: Int
    /// The number of people who are `ADMIN` before the plan; a person who is listed twice counts once.
    public var admins: Int { Set(adminsBefore.values).count }
    /// Rows that disable an `ADMIN` or change the type of one.
    public private(set) var adminsLost = Rows()
    /// Rows that remove access or a privilege.
    public private(set) var removals = Rows()
    /// Rows that give a privileged type to a user without one, or `ADMIN` to a user without `ADMIN`.
    public private(set) var grants = Rows()
    /// Invitations and grants outside the company's domains.
    public private(set) var outside = Rows()
    /// Rows that remove access or privileges from the account that the credentials belong to.
    public private(set) var own = Rows()
    /// Those names of that account that an active user has.
    public private(set) var ownFound: Set<String> = []

    /// The definitions that the rows are checked against.
    private let question: Question
    /// The uids of `ADMIN` users, with the keys of their addresses, which distinguish people.
    private let adminsBefore: [String: String]
    private var adminsAfterwards: [String: String]

    /// What counts as a privilege, as an outside address, and as the user's own account.
    public struct Question: Hashable, Sendable {
        /// Which account types count as privileged.
        public var privileged: PrivilegedTypes
        /// Lists of domains; an address that is outside one of the lists counts as outside.
        public var domains: [[String]]
        /// Addresses or uids of the account that the credentials belong to.
        public var own: [String]
        /// Those of them that must not lose access or privileges.
        public var protectedOwn: Set<String>

        /// Creates the definitions; checks of domains and own accounts are skipped if the lists are empty.
        public init(
            privileged: PrivilegedTypes = .standard, domains: [[String]] = [], own: [String] = [],
            protectedOwn: Set<String> = []
        ) {
            self.privileged = privileged
            self.domains = domains
            self.own = own
            self.protectedOwn = protectedOwn
        }
    }

    /// Creates the effect of a plan without rows.
    ///
    /// - Parameter active: the active users of the workspace; empty if only the rows are checked.
    public init(_ question: Question = Question(), on active: [ActiveUser] = []) {
        self.question = question
        users = active.count
        adminsBefore = Dictionary(
            active.lazy.filter(\.accountType.isAdmin).map { ($0.uid, EmailAddress.key(of: $0.email)) },
            uniquingKeysWith: { first, _ in first })
        adminsAfterwards = adminsBefore
        for own in question.own {
            let key = EmailAddress.key(of: own)
            if active.contains(where: { $0.uid == own || EmailAddress.key(of: $0.email) == key }) {
                ownFound.insert(own)
            }
        }
    }

    /// The number of people who are `ADMIN` after the plan.
    public var adminsAfter: Int { Set(adminsAfterwards.values).count }

    /// The rows that a limit counts.
    public func rows(of limit: SafetyLimit) -> Rows {
        switch limit {
        case .minAdmins: adminsLost
        case .maxRemovals: removals
        case .maxPrivileged: grants
        case .maxOutside: outside
        }
    }

    /// How many of the invites of a plan have to be counted, from the fewest to the most.
    public enum CountedInvites: Comparable, Sendable {
        /// No invite changes anything.
        case no
        /// Invites that give a privileged account type.
        case privileged
        /// Every invite.
        case all
    }
}

extension PlanEffect.Question {
    /// The invites that the limits count. A plan can have a million invites, so the others need not be read again.
    public var countedInvites: PlanEffect.CountedInvites { SafetyLimit.allCases.map(countedInvites).max() ?? .all }

    private func countedInvites(by limit: SafetyLimit) -> PlanEffect.CountedInvites {
        switch limit {
        case .minAdmins, .maxRemovals: .no
        case .maxPrivileged: .privileged
        case .maxOutside: domains.isEmpty ? .no : .all
        }
    }
}

extension PlanEffect {
    /// Counts one row of a plan.
    ///
    /// - Parameters:
    ///   - uid: the uid of the active user; empty for an invitation.
    ///   - before: the current type of the active user; nil for an invitation.
    public mutating func count(
        _ operation: WorkspaceChange, email: String, uid: String, line: Int, before: AccountType?
    ) {
        let row = Row(line: line, email: email, change: operation.wording(from: before))
        let isGrant = operation.accountType.map { question.privileged.isGrant(from: before, to: $0) } ?? false
        if isGrant { grants.add(row) }
        switch operation.account {
        case .address(let address):
            if isOutside(address) { outside.add(row) }
        case .uid:
            if isGrant, isOutside(try? EmailAddress(email)) { outside.add(row) }
            if operation.accountType?.isAdmin == true {
                adminsAfterwards[uid] = EmailAddress.key(of: email)
            } else if before?.isAdmin == true {
                lose(uid, row)
            }
        }
        if operation.isRemoval(from: before, question.privileged) {
            removals.add(row)
            let key = EmailAddress.key(of: email)
            if question.protectedOwn.contains(where: { $0 == uid || EmailAddress.key(of: $0) == key }) { own.add(row) }
        }
    }

    private mutating func lose(_ uid: String, _ row: Row) {
        adminsAfterwards[uid] = nil
        adminsLost.add(row)
    }

    /// Whether an address is outside the company; true for a text that is not an address.
    private func isOutside(_ address: EmailAddress?) -> Bool {
        question.domains.contains { address?.isInside($0) != true }
    }
}

extension EmailAddress {
    /// Whether it belongs to one of the domains, in lower case, or to one of their subdomains.
    public func isInside(_ domains: [String]) -> Bool {
        let host = domain
        return domains.contains { host == $0 || host.hasSuffix("." + $0) }
    }
}
