import Domain
import Foundation

/// Finds people who seem to have several accounts in a snapshot.
struct SamePeople {
    let accounts: ReviewAccounts

    /// Examines all accounts. A name that more than five accounts share does not identify a person.
    ///
    /// - Returns: accounts, each with another one that seems to belong to the same person; and the invitations whose
    ///   address is that of a user.
    func found() -> (joined: [(account: Int, other: Int)], activeToo: [Int]) {
        var (joined, activeToo): ([(account: Int, other: Int)], [Int]) = ([], [])
        namesakes().forEachGroup { joined += join($0) }
        untagged().forEachGroup { group in
            joined += join(group)
            activeToo += invitesOfUsers(in: group)
        }
        return (joined, activeToo)
    }

    /// Users with the same name.
    private func namesakes() -> SameKeys {
        SameKeys(count: accounts.users) { account, key in
            guard let name = accounts.record(accounts.entries[account].state)?.name else { return false }
            return Self.spell(name: name, into: &key)
        }
    }

    /// Accounts whose addresses differ only in a tag.
    private func untagged() -> SameKeys {
        SameKeys(count: accounts.entries.count) { account, key in
            accounts.withKey(accounts.entries[account]) { Self.spell(withoutTag: $0, into: &key) }
            return true
        }
    }

    /// The invitations in a group of accounts whose address is exactly that of a user.
    private func invitesOfUsers(in group: [Int]) -> [Int] {
        guard group[0] < accounts.users else { return [] }
        let key = { (account: Int) in accounts.withKey(accounts.entries[account]) { Array($0) } }
        let active = Set(group.filter { $0 < accounts.users }.map(key))
        return group.filter { $0 >= accounts.users && active.contains(key($0)) }
    }

    /// Pairs each account with another address: the first of the group, or for the first, the last.
    private func join(_ group: [Int]) -> [(account: Int, other: Int)] {
        let order = { (one: Int, other: Int) in
            accounts.withKey(accounts.entries[one]) { key in
                accounts.withKey(accounts.entries[other]) { StateRecord.order(key, $0) }
            }
        }
        guard group.count <= 5, let least = group.min(by: { order($0, $1) < 0 }),
            let most = group.max(by: { order($0, $1) < 0 }), order(least, most) != 0
        else { return [] }
        return group.map { ($0, order($0, least) == 0 ? most : least) }
    }

    /// Uses names of at least two words, and ignores case.
    private static func spell(name: UnsafeRawBufferPointer, into key: inout [UInt8]) -> Bool {
        let start = name.firstIndex { $0 != 0x20 } ?? name.endIndex
        let end = name.lastIndex { $0 != 0x20 }.map { $0 + 1 } ?? start
        for byte in name[start..<end] { key.append((0x41...0x5a).contains(byte) ? byte | 0x20 : byte) }
        return key.contains(0x20)
    }

    /// An address without its `+tag`.
    private static func spell(withoutTag address: UnsafeRawBufferPointer, into key: inout [UInt8]) {
        // Few addresses have a tag, and memchr is the fastest search for one byte.
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
