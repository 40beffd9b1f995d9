/// Finds accounts with the same key; takes 8 bytes for each account.
struct SameKeys {
    /// Writes the key of an account to `key`, which is empty; returns false if it has none.
    typealias Spell = (_ account: Int, _ key: inout [UInt8]) -> Bool

    private let count: Int
    private let spell: Spell

    init(count: Int, spell: @escaping Spell) {
        self.count = count
        self.spell = spell
    }

    /// Passes each group of two or more accounts to `body`, in ascending order.
    func forEachGroup(_ body: ([Int]) -> Void) {
        // Half of the hash before the number of the account: after sorting, candidates are neighbours.
        var entries: [UInt64] = []
        entries.reserveCapacity(count)
        var key: [UInt8] = []
        for account in 0..<count {
            key.removeAll(keepingCapacity: true)
            guard spell(account, &key) else { continue }
            var hasher = Hasher()
            key.withUnsafeBytes { hasher.combine(bytes: $0) }
            entries.append(UInt64(truncatingIfNeeded: hasher.finalize()) << 32 | UInt64(account))
        }
        entries.sort()
        var start = 0
        while start < entries.count {
            var end = start + 1
            while end < entries.count, entries[end] >> 32 == entries[start] >> 32 { end += 1 }
            if end - start > 1 { split(entries[start..<end].map { Int($0 & 0xffff_ffff) }, body) }
            start = end
        }
    }

    /// Splits accounts with the same hash by their keys, which are almost always equal.
    private func split(_ candidates: [Int], _ body: ([Int]) -> Void) {
        var left = candidates
        while left.count > 1 {
            var (first, other): ([UInt8], [UInt8]) = ([], [])
            _ = spell(left[0], &first)
            var same: [Int] = []
            var rest: [Int] = []
            for account in left {
                other.removeAll(keepingCapacity: true)
                _ = spell(account, &other)
                if other == first { same.append(account) } else { rest.append(account) }
            }
            if same.count > 1 { body(same) }
            left = rest
        }
    }
}
