import Domain

/// The order of a report: privileged accounts first, expired invitations first, then by type and address.
struct ReviewOrder {
    /// Indices of the types: administrators first, then the other privileged types, then the rest, by name.
    let types: [Int]
    private let ranks: [UInt32]
    private let isPrivileged: [Bool]
    private let isExpired: [Bool]

    /// - Parameters:
    ///   - types: the account types that occur; entries contain their indices.
    ///   - statuses: the statuses of invitations that occur; entries contain their indices.
    init(_ types: [String], _ statuses: [String], _ privileged: PrivilegedTypes) {
        let names = types.map(AccountType.init(rawValue:))
        let isPrivileged = names.map(privileged.contains)
        let rank = { (type: Int) in (names[type] == .admin ? 0 : isPrivileged[type] ? 1 : 2, names[type].rawValue) }
        self.types = names.indices.sorted { rank($0) < rank($1) }
        var ranks = Array(repeating: UInt32(0), count: names.count)
        for (rank, type) in self.types.enumerated() { ranks[type] = UInt32(rank) }
        self.ranks = ranks
        self.isPrivileged = isPrivileged
        isExpired = statuses.map { InviteStatus(rawValue: $0).isExpired }
    }

    /// A key that almost always decides the order without reading the address.
    private struct Key {
        var group: UInt32
        var index: UInt32
        /// The first sixteen bytes of the key of the address.
        var first, second: UInt64
    }

    /// The entries of a kind in the order of a report.
    func sorted(_ kind: AccountKind, of accounts: ReviewAccounts) -> [ReviewAccounts.Entry] {
        let entries = accounts.entries
        var order = accounts.places(kind).map { index in
            let entry = entries[index]
            return accounts.withKey(entry) {
                Key(
                    group: group(of: entry, kind), index: UInt32(index), first: Prefix.of($0),
                    second: Prefix.of($0, from: 8))
            }
        }
        // The closure reads memory that does not move, and changes no reference counts.
        entries.withUnsafeBufferPointer { entries in
            let (records, keys) = (accounts.records, accounts.keys)
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
        return order.map { entries[Int($0.index)] }
    }

    private func group(of entry: ReviewAccounts.Entry, _ kind: AccountKind) -> UInt32 {
        let isExpired = kind == .invite && isExpired[Int(entry.status)]
        let type = Int(entry.accountType)
        return (isPrivileged[type] ? 0 : 1 << 21) + (isExpired ? 0 : 1 << 20) + ranks[type]
    }
}
