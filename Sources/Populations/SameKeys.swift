/// Finds accounts that have a key in common, among a million of them, with 8 bytes for each.
struct SameKeys {
    /// Spells the key of an account into `key`, which is empty; returns false if it has none.
    typealias Spell = (_ account: Int, _ key: inout [UInt8]) -> Bool

    private let count: Int
    private let spell: Spell

    init(count: Int, spell: @escaping Spell) {
        self.count = count
        self.spell = spell
    }

    /// Hands over each group of two accounts or more, in ascending order.
    func forEachGroup(_ body: ([Int]) -> Void) {
        // Half of the hash in front of the account: sorted, what may be equal stands together.
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

    /// Accounts of one hash almost always have one key.
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
