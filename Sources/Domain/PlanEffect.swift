/// What a plan would change about who can do what: what the guards look at.
public struct PlanEffect: Hashable, Sendable {
    /// A row that a guard may have to name.
    public struct Row: Hashable, Sendable {
        /// Where it stands in the input.
        public var line: Int
        /// Whose account.
        public var email: String
        /// What it does, for example `disable` or `DEVELOPER to ADMIN`.
        public var change: String

        /// Takes a row.
        public init(line: Int, email: String, change: String) {
            self.line = line
            self.email = email
            self.change = change
        }
    }

    /// Rows that a guard looks at: how many, and the first of them.
    public struct Rows: Hashable, Sendable {
        /// How many there are.
        public private(set) var count = 0
        /// The first of them, at most ``limit``.
        public private(set) var first: [Row] = []
        /// How many are named one by one.
        public static let limit = 20

        /// No rows.
        public init() {}

        /// Counts a row.
        public mutating func add(_ row: Row) {
            count += 1
            if first.count < Self.limit { first.append(row) }
        }
    }

    /// Active users before.
    public let users: Int
    /// The people who are `ADMIN` before; somebody who is listed twice counts once.
    public var admins: Int { Set(adminsBefore.values).count }
    /// Rows after which an `ADMIN` is none any more.
    public private(set) var adminsLost = Rows()
    /// Rows that take access away or take a privilege away.
    public private(set) var removals = Rows()
    /// Rows after which somebody has a privileged type who had none, or `ADMIN` who had less.
    public private(set) var grants = Rows()
    /// Invites and grants outside the company's domains.
    public private(set) var outside = Rows()
    /// Rows that take access or privileges from the account that the credentials belong to.
    public private(set) var own = Rows()
    /// Those of the names of that account that an active user has.
    public private(set) var ownFound: Set<String> = []

    /// What is asked about rows.
    private let question: Question
    /// Who is `ADMIN`, as uids with what tells people apart.
    private let adminsBefore: [String: String]
    private var adminsAfterwards: [String: String]

    /// What counts as a privilege, as outside, and as one's own account.
    public struct Question: Hashable, Sendable {
        /// Which account types count as privileged.
        public var privileged: PrivilegedTypes
        /// Lists of domains; an address outside one of them is outside.
        public var domains: [[String]]
        /// Addresses or uids of the account that the credentials belong to.
        public var own: [String]
        /// Those of them that may not lose access or privileges.
        public var protectedOwn: Set<String>

        /// Takes a question; without domains and own accounts those are left out.
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

    /// A plan that changes nothing.
    ///
    /// - Parameter active: the workspace's active users; none where only the rows are looked at.
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

    /// How many people are `ADMIN` afterwards.
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
    ///   - uid: of the active user; empty for an invite.
    ///   - before: what the active user has now; nil for an invite.
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

    /// Whether an address is outside the company; one that is none is.
    private func isOutside(_ address: EmailAddress?) -> Bool {
        question.domains.contains { address?.isInside($0) != true }
    }
}

extension EmailAddress {
    /// Whether it is of one of the domains, in lower case, or of a domain below one.
    public func isInside(_ domains: [String]) -> Bool {
        let host = domain
        return domains.contains { host == $0 || host.hasSuffix("." + $0) }
    }
}
