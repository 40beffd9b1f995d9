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
    public var users = 0
    /// Those of them who are `ADMIN`.
    public var admins = 0
    /// Rows after which an `ADMIN` is none any more.
    public var adminsLost = Rows()
    /// How many become `ADMIN` who are active already; an invite counts only when it is accepted.
    public var adminsGained = 0
    /// Rows that take access away or take a privilege away.
    public var removals = Rows()
    /// Rows after which somebody has a privileged type who had none, or `ADMIN` who had less.
    public var grants = Rows()
    /// Invites and grants outside the company's domains.
    public var outside = Rows()
    /// Rows that take access or privileges from the account that the credentials belong to.
    public var own = Rows()

    /// What counts as a privilege.
    public let privileged: PrivilegedTypes

    /// A plan that changes nothing.
    public init(privileged: PrivilegedTypes = .byName) { self.privileged = privileged }

    /// Users with `ADMIN` afterwards.
    public var adminsAfter: Int { admins - adminsLost.count + adminsGained }
}

extension PlanEffect {
    /// Counts one row of a plan.
    ///
    /// - Parameters:
    ///   - before: what the active user has now; nil for an invite.
    ///   - domains: the company's own; none to leave the question out.
    ///   - isOwn: whether the credentials belong to the account.
    public mutating func count(
        _ operation: Operation, email: String, line: Int, before: AccountType?, domains: [String], isOwn: Bool
    ) {
        let row = Row(line: line, email: email, change: Self.words(for: operation, before: before))
        let isLoss: Bool
        switch operation {
        case .invite(let address, let type):
            isLoss = false
            if privileged.contains(type) { grants.add(row) }
            if !domains.isEmpty && !address.isInside(domains) { outside.add(row) }
        case .changeRole(_, let type):
            isLoss = privileged.isLoss(from: before, to: type)
            if privileged.isGrant(from: before, to: type) {
                grants.add(row)
                if !domains.isEmpty && (try? EmailAddress(email))?.isInside(domains) != true { outside.add(row) }
            }
            if type == .admin && before != .admin { adminsGained += 1 }
            if before == .admin && type != .admin { adminsLost.add(row) }
        case .disable:
            isLoss = true
            if before == .admin { adminsLost.add(row) }
        }
        if isLoss {
            removals.add(row)
            if isOwn { own.add(row) }
        }
    }

    private static func words(for operation: Operation, before: AccountType?) -> String {
        switch operation {
        case .invite(_, let type): "invite as \(type)"
        case .changeRole(_, let type): "\(before.map { "\($0) " } ?? "")to \(type)"
        case .disable: "disable\(before.map { ", \($0)" } ?? "")"
        }
    }
}

extension EmailAddress {
    /// Whether it is of one of the domains, in lower case, or of a domain below one.
    public func isInside(_ domains: [String]) -> Bool {
        let host = domain
        return domains.contains { host == $0 || host.hasSuffix("." + $0) }
    }
}
