import Domain
import Foundation

/// The accounts of one snapshot beside their history, in the order of a report.
///
/// What a snapshot's blocks hold is read once, into one piece of memory; an account is 64 bytes beside it, and becomes
/// a value with strings when somebody asks for it.
struct ReviewAccounts {
    /// What is known of an account beside its state.
    struct Entry {
        /// Where its state is, among ``records``.
        var state: Int
        /// Where its state in the last review is; -1 if it was not there.
        var previous: Int
        /// The key of its address: the address itself among the ``records``, or where it is spelled otherwise.
        var key: TextArena.Span
        var hasOwnKey: Bool
        var firstSeen: Int32
        var pendingSince: Int32
        var expiredSince: Int32
        var expiredReviews: Int32
        /// The account that seems to be the same person's; -1 if there is none.
        var sameAs: Int32 = -1
        var accountType: UInt16
        var status: UInt16
        var isActiveToo = false
        var change: AccountChange?
    }

    /// Users, then invites; each in the order of the report.
    private(set) var entries: [Entry] = []
    /// How many of them are users.
    private(set) var users = 0
    /// What the last review showed and this snapshot does not: where the states are.
    private(set) var gone: [(kind: AccountKind, state: Int)] = []
    private(set) var types = WordCounts()
    private(set) var statuses = WordCounts()
    private let records: TextArena
    private let keys = TextArena()

    /// - Parameters:
    ///   - count: how many accounts the snapshot shows, to make room for them.
    ///   - privileged: which account types come first.
    init(
        _ history: AccountHistory, count: Int, privileged: PrivilegedTypes, in blocks: (AccountKind) -> StateBlocks
    ) throws {
        records = TextArena()
        entries.reserveCapacity(count)
        for kind in AccountKind.allCases {
            try read(blocks(kind), history)
            if kind == .user { users = entries.count }
        }
        sort(privileged)
        findSamePeople()
    }

    /// How many accounts of a kind there are, by place in ``entries``.
    func places(_ kind: AccountKind) -> Range<Int> { kind == .user ? 0..<users : users..<entries.count }

    /// The state at a place among the records.
    func record(_ state: Int) -> StateRecord? {
        var reader = StateReader(
            records[TextArena.Span(start: state, count: Int32(min(records.count - state, 1 << 30)))])
        return try? reader.next()
    }

    /// The key of an account's address.
    func withKey<Value>(_ entry: Entry, _ body: (UnsafeRawBufferPointer) -> Value) -> Value {
        body(entry.hasOwnKey ? keys[entry.key] : records[entry.key])
    }

    private mutating func read(_ blocks: StateBlocks, _ history: AccountHistory) throws {
        for head in try blocks.heads() {
            try blocks.withStates(of: head.id) { bytes in
                let base = records.count
                _ = records.add(bytes)
                var reader = StateReader(bytes)
                var states: [(record: StateRecord, place: Int)] = []
                var place = base
                while let record = try reader.next() {
                    if let last = states.last, !record.isSameAccount(as: last.record) {
                        take(states, blocks.kind, history, from: bytes, at: base)
                        states.removeAll(keepingCapacity: true)
                    }
                    states.append((record, place))
                    place = base + reader.position
                }
                if !states.isEmpty { take(states, blocks.kind, history, from: bytes, at: base) }
            }
        }
    }

    /// Takes one account, if the snapshot or the last review shows it.
    private mutating func take(
        _ states: [(record: StateRecord, place: Int)], _ kind: AccountKind, _ history: AccountHistory,
        from block: UnsafeRawBufferPointer, at base: Int
    ) {
        let before = history.previous.flatMap { number in states.last { $0.record.isShown(at: number) } }
        guard let now = states.last(where: { $0.record.isShown(at: history.snapshot) }) else {
            if let before { gone.append((kind, before.place)) }
            return
        }
        let times = history.times(of: states.map(\.record), isInvite: kind == .invite)
        let key = key(of: now.record.email, from: block, at: base)
        var entry = Entry(
            state: now.place, previous: before?.place ?? -1, key: key.span, hasOwnKey: key.isOwn,
            firstSeen: times.firstSeen,
            pendingSince: times.pendingSince, expiredSince: times.expiredSince, expiredReviews: times.expiredReviews,
            accountType: types.count(now.record.accountType, kind),
            status: kind == .invite ? statuses.count(now.record.status, kind) : 0)
        if history.previous != nil {
            entry.change = before.map { $0.record.isSameState(as: now.record) ? .unchanged : .changed } ?? .new
        }
        entries.append(entry)
    }

    /// Where the key of an address is: where the address itself is, if that is its key.
    private func key(
        of email: UnsafeRawBufferPointer, from block: UnsafeRawBufferPointer, at base: Int
    ) -> (span: TextArena.Span, isOwn: Bool) {
        let isPlain = email.allSatisfy { $0 > 0x20 && $0 < 0x7f && !(0x41...0x5a).contains($0) }
        if isPlain, let start = email.baseAddress, let first = block.baseAddress {
            return (TextArena.Span(start: base + (start - first), count: Int32(email.count)), false)
        }
        var key: [UInt8] = []
        EmailAddress.appendKey(of: email, to: &key)
        return (key.withUnsafeBytes { keys.add($0) }, true)
    }

    /// Administrators first, then the other privileged types, then the rest, by name.
    private(set) var typeOrder: [Int] = []

    /// The privileged first, the expired first, then by type and address.
    private mutating func sort(_ privileged: PrivilegedTypes) {
        let names = types.words.map(AccountType.init(rawValue:))
        let isPrivileged = names.map(privileged.contains)
        let rank = { (type: Int) in (names[type] == .admin ? 0 : isPrivileged[type] ? 1 : 2, names[type].rawValue) }
        typeOrder = names.indices.sorted { rank($0) < rank($1) }
        var ranks = Array(repeating: UInt32(0), count: names.count)
        for (rank, type) in typeOrder.enumerated() { ranks[type] = UInt32(rank) }
        let expired = statuses.words.map { InviteStatus(rawValue: $0).isExpired }
        struct Key {
            var group: UInt32
            var index: UInt32
            var first, second: UInt64
        }
        for kind in AccountKind.allCases {
            let places = places(kind)
            var order = places.map { index in
                let entry = entries[index]
                let isExpired = kind == .invite && expired[Int(entry.status)]
                let type = Int(entry.accountType)
                let group = (isPrivileged[type] ? 0 : 1 << 21) + (isExpired ? 0 : 1 << 20) + ranks[type]
                return withKey(entry) {
                    Key(group: group, index: UInt32(index), first: Prefix.of($0), second: Prefix.of($0, from: 8))
                }
            }
            // The closure looks at memory that stands still, and counts no references.
            entries.withUnsafeBufferPointer { entries in
                let (records, keys) = (records, keys)
                order.sort { one, other in
                    if one.group != other.group { return one.group < other.group }
                    if one.first != other.first { return one.first < other.first }
                    if one.second != other.second { return one.second < other.second }
                    let (left, right) = (entries[Int(one.index)], entries[Int(other.index)])
                    let order = StateRecord.order(
                        left.hasOwnKey ? keys[left.key] : records[left.key],
                        right.hasOwnKey ? keys[right.key] : records[right.key])
                    return order != 0 ? order < 0 : one.index < other.index
                }
            }
            let sorted = order.map { entries[Int($0.index)] }
            for (place, entry) in zip(places, sorted) { entries[place] = entry }
        }
    }

    /// People who seem to be here twice. A name that more than five accounts share says nothing about a person.
    private mutating func findSamePeople() {
        // Found first and noted afterwards: entries that change while somebody looks at them would be copied.
        var (joined, activeToo): ([(account: Int, other: Int)], [Int]) = ([], [])
        namesakes().forEachGroup { joined += join($0) }
        untagged().forEachGroup { group in
            joined += join(group)
            activeToo += invitesOfUsers(in: group)
        }
        for (account, other) in joined { entries[account].sameAs = Int32(other) }
        for account in activeToo { entries[account].isActiveToo = true }
    }

    /// Users of one name.
    private func namesakes() -> SameKeys {
        SameKeys(count: users) { account, key in
            guard let name = record(entries[account].state)?.name else { return false }
            return Self.spell(name: name, into: &key)
        }
    }

    /// Accounts whose addresses are the same but for a tag.
    private func untagged() -> SameKeys {
        SameKeys(count: entries.count) { account, key in
            withKey(entries[account]) { Self.spell(withoutTag: $0, into: &key) }
            return true
        }
    }

    /// Those among accounts of one address, whatever their tags, that are invites to the very address of a user.
    private func invitesOfUsers(in group: [Int]) -> [Int] {
        guard group[0] < users else { return [] }
        let key = { (account: Int) in withKey(entries[account]) { Array($0) } }
        let active = Set(group.filter { $0 < users }.map(key))
        return group.filter { $0 >= users && active.contains(key($0)) }
    }

    /// Each of them names another address: the first, or if that is its own, the last.
    private func join(_ group: [Int]) -> [(account: Int, other: Int)] {
        let order = { (one: Int, other: Int) in
            withKey(entries[one]) { key in withKey(entries[other]) { StateRecord.order(key, $0) } }
        }
        guard group.count <= 5, let least = group.min(by: { order($0, $1) < 0 }),
            let most = group.max(by: { order($0, $1) < 0 }), order(least, most) != 0
        else { return [] }
        return group.map { ($0, order($0, least) == 0 ? most : least) }
    }

    /// Names of at least two words, whatever their case.
    private static func spell(name: UnsafeRawBufferPointer, into key: inout [UInt8]) -> Bool {
        let start = name.firstIndex { $0 != 0x20 } ?? name.endIndex
        let end = name.lastIndex { $0 != 0x20 }.map { $0 + 1 } ?? start
        for byte in name[start..<end] { key.append((0x41...0x5a).contains(byte) ? byte | 0x20 : byte) }
        return key.contains(0x20)
    }

    /// An address without its `+tag`.
    private static func spell(withoutTag address: UnsafeRawBufferPointer, into key: inout [UInt8]) {
        // Few have a tag, and looking for one byte is what the C library does best.
        guard let start = address.baseAddress, let sign = memchr(start, 0x2b, address.count) else {
            return key.append(contentsOf: address)
        }
        let plus = UnsafeRawPointer(sign) - start
        if let at = address.firstIndex(of: 0x40), plus > 0, plus <= at {
            key.append(contentsOf: address[..<plus])
            key.append(contentsOf: address[at...])
        } else {
            key.append(contentsOf: address)
        }
    }
}

/// Few words that come often, with how often each came for each kind of account.
struct WordCounts {
    private var known = Words()
    private var counts: [[Int]] = []

    /// In the order in which they came.
    var words: [String] { known.values }

    /// How often a word came.
    func count(_ place: Int, of kind: AccountKind) -> Int { counts[place][kind == .user ? 0 : 1] }

    /// Counts a word; returns its place.
    mutating func count(_ text: UnsafeRawBufferPointer, _ kind: AccountKind) -> UInt16 {
        let place = known.place(of: text)
        if place == counts.count { counts.append([0, 0]) }
        counts[place][kind == .user ? 0 : 1] += 1
        // A population has no more than these.
        return UInt16(place)
    }
}
