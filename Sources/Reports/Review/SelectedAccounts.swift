import Domain

/// Some of the accounts of a review: those of a part, or those of a supplement.
public struct SelectedAccounts<Source: ReviewSource>: ReviewSource {
    /// What a selection can depend on. A gone account has the account type that it had.
    public typealias Contains = (_ kind: AccountKind, _ uid: String, _ email: String, _ type: AccountType) -> Bool

    /// Accounts in memory, in the order of their source.
    struct Kept {
        var accounts: [AccountKind: [ReviewedAccount]] = [:]
        var changes: [RosterChange] = []
    }

    private enum Selection {
        /// All accounts are read again, and these are passed on.
        case found(Contains)
        case kept(Kept)
    }

    private let whole: Source
    private let selection: Selection

    /// Selects accounts.
    public init(of whole: Source, where contains: @escaping Contains) {
        self.whole = whole
        selection = .found(contains)
    }

    /// Takes accounts that were selected already.
    init(of whole: Source, _ kept: Kept) {
        self.whole = whole
        selection = .kept(kept)
    }

    /// The snapshot under review.
    public var snapshot: Snapshot { whole.snapshot }
    /// The previous review.
    public var previous: ReviewRecord? { whole.previous }

    /// Passes the selected accounts of a kind to `body`.
    public func accounts(_ kind: AccountKind, _ body: (ReviewedAccount) throws -> Void) throws {
        switch selection {
        case .kept(let kept): for account in kept.accounts[kind] ?? [] { try body(account) }
        case .found(let contains):
            try whole.accounts(kind) { account in
                if contains(kind, account.uid, account.email, account.accountType) { try body(account) }
            }
        }
    }

    /// The number of selected accounts of a kind by account type.
    public func counts(of kind: AccountKind) throws -> [(type: AccountType, count: Int)] {
        var counts: [AccountType: Int] = [:]
        try accounts(kind) { counts[$0.accountType, default: 0] += 1 }
        return try whole.counts(of: kind).compactMap { entry in counts[entry.type].map { (entry.type, $0) } }
    }

    /// The number of selected invitations by status.
    public func statuses() throws -> [(status: InviteStatus, count: Int)] {
        var counts: [InviteStatus: Int] = [:]
        try accounts(.invite) { account in
            if let status = account.status { counts[status, default: 0] += 1 }
        }
        return try whole.statuses().compactMap { entry in counts[entry.status].map { (entry.status, $0) } }
    }

    /// The number of changes of each kind.
    public func changeCounts() throws -> [AccountChange: Int] {
        var counts: [AccountChange: Int] = [:]
        try changes { counts[$0.change, default: 0] += 1 }
        return counts
    }

    /// Passes every change of a selected account to `body`.
    public func changes(_ body: (RosterChange) throws -> Void) throws {
        switch selection {
        case .kept(let kept): for change in kept.changes { try body(change) }
        case .found(let contains):
            try whole.changes { change in
                if contains(change.kind, change.uid, change.email, change.accountType) { try body(change) }
            }
        }
    }
}

extension RosterChange {
    /// The account type; that of a gone account is the one that it had.
    var accountType: AccountType { typeAfter ?? typeBefore ?? AccountType(rawValue: "") }
}
