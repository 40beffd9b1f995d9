import Domain
import Foundation

/// The accounts of a listing in the order of the blocks: by account, then in the order of the listing.
struct ListedAccounts {
    private struct Place {
        /// The first eight bytes of the account, which almost always decide the order.
        var prefix: UInt64
        var index: UInt32
        var occurrence: UInt32
    }

    private let population: Population
    private let kind: AccountKind
    private let texts = TextArena()
    private let types: [TextArena.Span]
    private let statuses: [TextArena.Span]
    /// The keys of the addresses of the invitations.
    private var keys: [TextArena.Span] = []
    private var places: [Place] = []

    init(_ population: Population, _ kind: AccountKind) {
        self.population = population
        self.kind = kind
        types = population.accountTypes.map { [texts] in texts.add($0.rawValue) }
        statuses = kind == .user ? [texts.add("")] : population.statuses.map { [texts] in texts.add($0.rawValue) }
        let count = kind == .user ? population.users : population.invites
        if kind == .invite {
            var key: [UInt8] = []
            keys.reserveCapacity(count)
            for index in 0..<count {
                key.removeAll(keepingCapacity: true)
                population.withInvite(index) { EmailAddress.appendKey(of: $0.email.bytes, to: &key) }
                keys.append(key.withUnsafeBytes { texts.add($0) })
            }
        }
        places.reserveCapacity(count)
        for index in 0..<count {
            places.append(Place(prefix: Prefix.of(account(index)), index: UInt32(index), occurrence: 1))
        }
        sort()
    }

    /// The number of accounts.
    var count: Int { places.count }

    /// 1, or more if the same account occurs again.
    func occurrence(_ place: Int) -> Int64 { Int64(places[place].occurrence) }

    /// An entry as a state that begins with a snapshot. Its texts live as long as this value and the listing.
    func record(_ place: Int, first: Int64) -> StateRecord {
        let place = places[place]
        let index = Int(place.index)
        // The closure captures only what it needs: capturing self would change reference counts for each record.
        let (texts, types, statuses) = (texts, types, statuses)
        let key = kind == .invite ? texts[keys[index]] : nil
        let take = { (account: Population.Account) in
            StateRecord(
                account: key ?? account.uid.bytes, occurrence: Int64(place.occurrence), first: first, gone: 0,
                email: account.email.bytes, name: account.name.bytes, accountType: texts[types[account.accountType]],
                status: texts[statuses[account.status]])
        }
        return kind == .user ? population.withUser(index, take) : population.withInvite(index, take)
    }

    /// The end of the accounts that are less than `limit`, searched from `start` on.
    func end(before limit: [UInt8], from start: Int) -> Int {
        limit.withUnsafeBytes { limit in
            var (low, high) = (start, places.count)
            while low < high {
                let middle = (low + high) / 2
                if StateRecord.isLess(account(Int(places[middle].index)), limit) {
                    low = middle + 1
                } else {
                    high = middle
                }
            }
            return low
        }
    }

    private func account(_ index: Int) -> UnsafeRawBufferPointer {
        kind == .invite ? texts[keys[index]] : population.withUser(index) { $0.uid.bytes }
    }

    private mutating func sort() {
        let account = self.account
        places.sort { one, other in
            if one.prefix != other.prefix { return one.prefix < other.prefix }
            let order = StateRecord.order(account(Int(one.index)), account(Int(other.index)))
            return order != 0 ? order < 0 : one.index < other.index
        }
        for place in places.indices.dropFirst() where places[place].prefix == places[place - 1].prefix {
            let (one, other) = (account(Int(places[place - 1].index)), account(Int(places[place].index)))
            if StateRecord.isEqual(one, other) { places[place].occurrence = places[place - 1].occurrence + 1 }
        }
    }
}
