/// One state of an account, and the snapshots in which it is valid.
public struct AccountState: Hashable, Sendable {
    /// The uid of a user, or the key of the address of an invitation, in UTF-8; accounts are ordered by these bytes.
    public var account: [UInt8]
    /// 1, or more if a listing contains the same account again.
    public var occurrence: Int64
    /// The first snapshot with this state.
    public var first: Int64
    /// The first snapshot without this state; 0 while it is current.
    public var gone: Int64
    /// In the API's spelling.
    public var email: String
    /// The display name; empty for an invitation.
    public var name: String
    /// In the API's spelling.
    public var accountType: String
    /// The status of an invitation; empty for a user.
    public var status: String

    /// Creates a state. Numbers must not be negative.
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

    /// Whether the snapshot contains the state.
    func isShown(at snapshot: Int64) -> Bool { first <= snapshot && (gone == 0 || gone > snapshot) }

    /// Whether all data of the account is the same.
    func isSameState(as other: AccountState) -> Bool {
        (email, name, accountType, status) == (other.email, other.name, other.accountType, other.status)
    }

    /// Adds the state to blocks.
    func write(to writer: inout BlockWriter) {
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

/// Creates blocks from states that come one by one; for a migration of a store.
public struct StateBlocksBuilder {
    private var writer = BlockWriter(from: [])
    private var account: [UInt8]?

    /// Creates a builder without states.
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

    /// Returns the blocks with all states.
    public mutating func finish() -> [Block] { writer.finish() }
}
