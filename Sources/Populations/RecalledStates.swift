import Domain
import Foundation

/// The states of the accounts of a review, put together again from its response and from the stored history: what the
/// ledger had when the review was exported. Nothing can be added to it.
public struct RecalledStates: BlockStore {
    private let blocks: [Block]

    /// Puts the states of one kind of accounts together.
    ///
    /// - Parameters:
    ///   - population: the accounts of the response.
    ///   - snapshot: the number of its snapshot.
    ///   - since: the number of the first snapshot with the current state of every account that is not in `pasts`.
    ///   - pasts: the pasts of the other accounts, and of those that are gone.
    /// - Throws: ``DamagedBlock`` for a past that no ledger can have.
    public init(
        _ population: Population, _ kind: AccountKind, snapshot: Int64, since: Int64, pasts: [AccountPast]
    ) throws(DamagedBlock) {
        let listed = ListedAccounts(population, kind)
        let pasts = pasts.map { (bytes: Array($0.account.utf8), past: $0) }.sorted { one, other in
            Self.order(one, other) < 0
        }
        var writer = BlockWriter(from: [])
        var place = 0
        var last: [UInt8]?
        func end(_ account: [UInt8]) {
            if let last, last != account { writer.endAccount() }
            last = account
        }
        func addListed(_ past: AccountPast?) throws(DamagedBlock) {
            let first = past?.since ?? since
            guard (1...snapshot).contains(first) else { throw DamagedBlock() }
            let record = listed.record(place, first: first)
            writer.add(record)
            place += 1
        }
        for (bytes, past) in pasts {
            var isHere = false
            while place < listed.count {
                let order = bytes.withUnsafeBytes { bytes in
                    StateRecord.order(listed.record(place, first: 1).account, bytes)
                }
                let occurrence = Int(listed.occurrence(place))
                guard order < 0 || (order == 0 && occurrence <= past.occurrence) else { break }
                if order == 0, occurrence == past.occurrence {
                    isHere = true
                    break
                }
                end(Array(listed.record(place, first: 1).account))
                try addListed(nil)
            }
            // An account is either in the response or gone.
            guard isHere == (past.since > 0), past.occurrence > 0, isHere || !past.before.isEmpty else {
                throw DamagedBlock()
            }
            end(bytes)
            try Self.add(past, to: &writer, snapshot: snapshot)
            if isHere { try addListed(past) }
        }
        while place < listed.count {
            end(Array(listed.record(place, first: 1).account))
            try addListed(nil)
        }
        blocks = writer.finish()
    }

    private typealias Keyed = (bytes: [UInt8], past: AccountPast)

    private static func order(_ one: Keyed, _ other: Keyed) -> Int {
        let order = one.bytes.withUnsafeBytes { bytes in
            other.bytes.withUnsafeBytes { StateRecord.order(bytes, $0) }
        }
        return order != 0 ? order : one.past.occurrence - other.past.occurrence
    }

    /// Adds the earlier states, which must follow one another.
    private static func add(
        _ past: AccountPast, to writer: inout BlockWriter, snapshot: Int64
    ) throws(DamagedBlock) {
        var end: Int64 = 1
        let limit = past.since > 0 ? past.since : snapshot
        for state in past.before {
            guard state.first >= end, state.gone > state.first, state.gone <= limit else { throw DamagedBlock() }
            end = state.gone
            AccountState(
                account: Array(past.account.utf8), occurrence: Int64(past.occurrence), first: state.first,
                gone: state.gone, email: state.email, name: state.name, accountType: state.accountType,
                status: state.status
            ).write(to: &writer)
        }
    }

    /// All blocks.
    public func heads() -> [BlockHead] {
        blocks.enumerated().map { BlockHead(id: Int64($0), firstAccount: $1.firstAccount) }
    }

    /// Passes the states of a block to `body`.
    public func withStates(of id: Int64, _ body: (Data) throws -> Void) throws {
        guard blocks.indices.contains(Int(id)) else { throw DamagedBlock() }
        try body(Data(blocks[Int(id)].states))
    }

    /// Fails: the review is over.
    public func replace(_ id: Int64, by blocks: [Block]) throws { throw DamagedBlock() }

    /// Fails: the review is over.
    public func add(_ block: Block) throws { throw DamagedBlock() }
}
