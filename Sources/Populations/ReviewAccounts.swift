import Domain
import Foundation

/// The accounts of one snapshot with their history, in the order of a report.
///
/// The blocks of a snapshot are read once, into one block of memory. An account takes 64 bytes in addition, and is
/// converted to a value with strings on access.
struct ReviewAccounts {
    /// The data about an account besides its state.
    struct Entry {
        /// The offset of its state in ``records``.
        var state: Int
        /// The offset of its state in the previous review; -1 if it did not exist.
        var previous: Int
        /// The key of its address: the address itself in ``records``, or, if it differs, a text in ``keys``.
        var key: TextArena.Span
        var hasOwnKey: Bool
        var firstSeen: Int32
        var pendingSince: Int32
        var expiredSince: Int32
        var expiredReviews: Int32
        /// The account that seems to belong to the same person; -1 if there is none.
        var sameAs: Int32 = -1
        var accountType: UInt16
        var status: UInt16
        var isActiveToo = false
        var change: AccountChange?
        /// The bytes in ``records`` from its first state to the current one; 0 if there is only one.
        var earlier: Int32 = 0
    }

    /// An account of the previous review that is not in the snapshot: the offsets of the state at that review, of its first
    /// state, and of the end of its states.
    struct Gone {
        var kind: AccountKind
        var state: Int
        var states: Range<Int>
    }

    /// Users, then invitations; each in the order of the report.
    private(set) var entries: [Entry] = []
    /// The number of users.
    private(set) var users = 0
    /// Accounts of the previous review that are not in this snapshot.
    private(set) var gone: [Gone] = []
    private(set) var types = WordCounts()
    private(set) var statuses = WordCounts()
    /// Indices in ``types``: administrators first, then the other privileged types, then the rest, by name.
    private(set) var typeOrder: [Int] = []
    /// The blocks, one after the other.
    let records: TextArena
    /// The keys that differ from their addresses.
    let keys = TextArena()

    /// - Parameters:
    ///   - count: the number of accounts in the snapshot, to reserve memory.
    ///   - privileged: the account types that come first.
    init(
        _ history: AccountHistory, count: Int, privileged: PrivilegedTypes, in blocks: (AccountKind) -> any BlockStore
    ) throws {
        records = TextArena()
        // A number from the store: a false one must not take all memory.
        entries.reserveCapacity(min(count, 1 << 20))
        for kind in AccountKind.allCases {
            try read(kind, in: blocks(kind), history)
            if kind == .user { users = entries.count }
        }
        let order = ReviewOrder(types.words, statuses.words, privileged)
        typeOrder = order.types
        for kind in AccountKind.allCases {
            let sorted = order.sorted(kind, of: self)
            for (place, entry) in zip(places(kind), sorted) { entries[place] = entry }
        }
        // The entries are changed only after the search, because changes during the search would copy them.
        let (joined, activeToo) = SamePeople(accounts: self).found()
        for (account, other) in joined { entries[account].sameAs = Int32(other) }
        for account in activeToo { entries[account].isActiveToo = true }
    }

    /// The range in ``entries`` of the accounts of a kind.
    func places(_ kind: AccountKind) -> Range<Int> { kind == .user ? 0..<users : users..<entries.count }

    /// The state at an offset in ``records``.
    func record(_ state: Int) -> StateRecord? {
        var reader = StateReader(
            records[TextArena.Span(start: state, count: Int32(min(records.count - state, 1 << 30)))])
        return try? reader.next()
    }

    /// Passes the key of an account's address to `body`.
    func withKey<Value>(_ entry: Entry, _ body: (UnsafeRawBufferPointer) -> Value) -> Value {
        body(entry.hasOwnKey ? keys[entry.key] : records[entry.key])
    }

    private mutating func read(_ kind: AccountKind, in blocks: any BlockStore, _ history: AccountHistory) throws {
        for head in try blocks.heads() {
            try blocks.withBytes(of: head) { bytes in
                let base = records.count
                _ = records.add(bytes)
                var reader = StateReader(bytes)
                var states: [(record: StateRecord, place: Int)] = []
                var place = base
                while let record = try reader.next() {
                    if let last = states.last, !record.isSameAccount(as: last.record) {
                        try take(states, kind, history, from: bytes, at: base, end: place)
                        states.removeAll(keepingCapacity: true)
                    }
                    states.append((record, place))
                    place = base + reader.position
                }
                if !states.isEmpty { try take(states, kind, history, from: bytes, at: base, end: place) }
            }
        }
    }

    /// Adds one account, if it is in the snapshot or the previous review.
    private mutating func take(
        _ states: [(record: StateRecord, place: Int)], _ kind: AccountKind, _ history: AccountHistory,
        from block: UnsafeRawBufferPointer, at base: Int, end: Int
    ) throws(DamagedBlock) {
        let start = states.first?.place ?? end
        let before = history.previous.flatMap { number in states.last { $0.record.isShown(at: number) } }
        guard let now = states.last(where: { $0.record.isShown(at: history.snapshot) }) else {
            if let before { gone.append(Gone(kind: kind, state: before.place, states: start..<end)) }
            return
        }
        let times = history.times(of: states.map(\.record), isInvite: kind == .invite)
        let key = try key(of: now.record.email, from: block, at: base)
        var entry = Entry(
            state: now.place, previous: before?.place ?? -1, key: key.span, hasOwnKey: key.isOwn,
            firstSeen: times.firstSeen,
            pendingSince: times.pendingSince, expiredSince: times.expiredSince, expiredReviews: times.expiredReviews,
            accountType: try types.count(now.record.accountType, kind),
            status: kind == .invite ? try statuses.count(now.record.status, kind) : 0)
        if history.previous != nil {
            entry.change = before.map { $0.record.isSameState(as: now.record) ? .unchanged : .changed } ?? .new
        }
        // A block has 64 KB, plus the states of one account.
        entry.earlier = Int32(clamping: now.place - start)
        entries.append(entry)
    }

    /// The states before the current one of an account.
    func earlier(_ entry: Entry) -> [StateRecord] { states(in: entry.state - Int(entry.earlier)..<entry.state) }

    /// The states in a range of ``records``, which must begin and end with a state.
    func states(in range: Range<Int>) -> [StateRecord] {
        guard !range.isEmpty else { return [] }
        var reader = StateReader(records[TextArena.Span(start: range.lowerBound, count: Int32(clamping: range.count))])
        var states: [StateRecord] = []
        while let state = try? reader.next() { states.append(state) }
        return states
    }

    /// The position of the key of an address: that of the address itself, if it is its own key.
    private func key(
        of email: UnsafeRawBufferPointer, from block: UnsafeRawBufferPointer, at base: Int
    ) throws(DamagedBlock) -> (span: TextArena.Span, isOwn: Bool) {
        let isPlain = email.allSatisfy { $0 > 0x20 && $0 < 0x7f && !(0x41...0x5a).contains($0) }
        if isPlain, let start = email.baseAddress, let first = block.baseAddress {
            return (TextArena.Span(start: base + (start - first), count: Int32(email.count)), false)
        }
        var key: [UInt8] = []
        EmailAddress.appendKey(of: email, to: &key)
        // A key may be longer than the address that it is of, and no address is nearly as long.
        guard key.count <= Int32.max else { throw DamagedBlock() }
        return (key.withUnsafeBytes { keys.add($0) }, true)
    }
}
