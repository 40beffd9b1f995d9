/// One state of an account by itself: what it was, and from which snapshot to which.
public struct AccountState: Hashable, Sendable {
    /// The uid of a user, the key of an invite's address; UTF-8, by whose bytes accounts are ordered.
    public var account: [UInt8]
    /// 1, and more where a listing shows the same account again.
    public var occurrence: Int64
    /// The first snapshot that showed the state.
    public var first: Int64
    /// The first snapshot that no longer did; 0 while it lasts.
    public var gone: Int64
    /// As the API spells it.
    public var email: String
    /// The display name; empty for an invite.
    public var name: String
    /// As the API spells it.
    public var accountType: String
    /// The status of an invite; empty for a user.
    public var status: String

    /// Takes what is known. Numbers are not negative.
    public init(
        account: [UInt8], occurrence: Int64, first: Int64, gone: Int64, email: String, name: String,
        accountType: String, status: String
    ) {
        self.account = account
        self.occurrence = occurrence
        self.first = first
        self.gone = gone
        self.email = email
        self.name = name
        self.accountType = accountType
        self.status = status
    }
}

extension AccountState {
    init(_ record: StateRecord) {
        self.init(
            account: Array(record.account), occurrence: record.occurrence, first: record.first, gone: record.gone,
            email: record.email.text, name: record.name.text, accountType: record.accountType.text,
            status: record.status.text)
    }

    /// Whether the snapshot shows the state.
    func isShown(at snapshot: Int64) -> Bool { first <= snapshot && (gone == 0 || gone > snapshot) }

    /// Whether the account is as it was.
    func isSameState(as other: AccountState) -> Bool {
        (email, name, accountType, status) == (other.email, other.name, other.accountType, other.status)
    }

    fileprivate func write(to writer: inout BlockWriter) {
        let arena = TextArena()
        let account = account.withUnsafeBytes { arena.add($0) }
        let (email, name, type, status) = (arena.add(email), arena.add(name), arena.add(accountType), arena.add(status))
        writer.add(
            StateRecord(
                account: arena[account], occurrence: occurrence, first: first, gone: gone, email: arena[email],
                name: arena[name], accountType: arena[type], status: arena[status]))
        withExtendedLifetime(arena) {}
    }
}

/// Makes blocks of states that come one by one, where a store changes its form.
public struct StateBlocksBuilder {
    private var writer = BlockWriter(from: [])
    private var account: [UInt8]?

    /// No states yet.
    public init() {}

    /// Adds a state.
    ///
    /// - Parameter state: not before the last one in the order of account, occurrence, first snapshot.
    /// - Throws: ``DamagedBlock`` for a negative number, which no block has.
    public mutating func add(_ state: AccountState) throws(DamagedBlock) {
        guard state.occurrence >= 0, state.first >= 0, state.gone >= 0 else { throw DamagedBlock() }
        if let account, account != state.account { writer.endAccount() }
        account = state.account
        state.write(to: &writer)
    }

    /// The blocks of everything that was added.
    public mutating func finish() -> [Block] { writer.finish() }
}
