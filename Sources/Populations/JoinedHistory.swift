/// Joins several histories of one workspace, which was stored under several names.
public enum JoinedHistory {
    /// One of the histories.
    public struct Part {
        /// The numbers of its snapshots, which no other part contains.
        public var snapshots: [Int64]
        /// Its states.
        public var blocks: any BlockStore

        /// Creates a part.
        public init(snapshots: [Int64], blocks: any BlockStore) {
            self.snapshots = snapshots
            self.blocks = blocks
        }
    }

    private struct Key: Hashable, Comparable {
        var account: [UInt8]
        var occurrence: Int64

        static func < (left: Key, right: Key) -> Bool {
            left.account == right.account
                ? left.occurrence < right.occurrence : left.account.lexicographicallyPrecedes(right.account)
        }
    }

    /// The blocks of a single history over the snapshots of all parts, as if all listings had been stored in it.
    ///
    /// - Throws: ``DamagedBlock``, or what a store throws.
    public static func blocks(of parts: [Part]) throws -> [Block] {
        var states: [Key: [(part: Int, state: AccountState)]] = [:]
        for (part, history) in parts.enumerated() {
            try history.blocks.forEach { record in
                let state = AccountState(record)
                states[Key(account: state.account, occurrence: state.occurrence), default: []].append((part, state))
            }
        }
        let snapshots = parts.enumerated().flatMap { part, history in
            history.snapshots.map { (number: $0, part: part) }
        }.sorted { $0.number < $1.number }
        var builder = StateBlocksBuilder()
        for (_, account) in states.sorted(by: { $0.key < $1.key }) {
            for state in joined(account, over: snapshots) { try builder.add(state) }
        }
        return builder.finish()
    }

    /// The states of one account over the snapshots of all parts.
    private static func joined(
        _ states: [(part: Int, state: AccountState)], over snapshots: [(number: Int64, part: Int)]
    ) -> [AccountState] {
        var joined: [AccountState] = []
        var current: AccountState?
        for snapshot in snapshots {
            let shown = states.first { $0.part == snapshot.part && $0.state.isShown(at: snapshot.number) }?.state
            if let shown, current?.isSameState(as: shown) == true { continue }
            if var ended = current {
                ended.gone = snapshot.number
                joined.append(ended)
            }
            current = shown
            current?.first = snapshot.number
            current?.gone = 0
        }
        return joined + [current].compactMap(\.self)
    }
}
