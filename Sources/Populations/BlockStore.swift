import Foundation

/// Where the states of a workspace's users, or of its invites, are stored: in blocks of some hundreds, in the order of
/// the accounts.
///
/// A snapshot is not copied. Each state of an account is kept once, from the first snapshot that showed it up to the
/// first that no longer did, so that people who do not change cost nothing, and a block in which nothing has changed
/// is not written again. A million accounts are about 2,000 blocks.
///
/// All calls are made within one transaction of the store. What the store throws is thrown on as it is.
public protocol BlockStore {
    /// All blocks without their states, in the order of their first accounts, which are compared byte by byte.
    func heads() throws -> [BlockHead]
    /// Hands over the states of a block, once; they are read while the call lasts.
    ///
    /// - Throws: ``DamagedBlock`` if there is no such block.
    func withStates(of id: Int64, _ body: (Data) throws -> Void) throws
    /// Stores blocks in place of one.
    func replace(_ id: Int64, by blocks: [Block]) throws
    /// Stores one more block.
    func add(_ block: Block) throws
}

/// A stored block without its states.
public struct BlockHead: Hashable, Sendable {
    /// The store's own number of the block.
    public var id: Int64
    /// ``Block/firstAccount``
    public var firstAccount: [UInt8]

    /// A block of the store.
    public init(id: Int64, firstAccount: [UInt8]) {
        self.id = id
        self.firstAccount = firstAccount
    }
}

/// A block to be stored.
public struct Block: Hashable, Sendable {
    /// No account in the block is less, and each account in the blocks before it is; empty for the first block, so that
    /// the blocks cover all accounts that there can be. At most as long as an account's uid or address.
    public var firstAccount: [UInt8]
    /// The states, as docs/populations.md describes them: 64 KB, and as much more as the last account needs.
    public var states: [UInt8]
}

/// The bytes of a block are not what was written, or the block is missing.
public struct DamagedBlock: Error {
    /// For a store that does not have a block.
    public init() {}
}

extension BlockStore {
    /// Hands over the states of a block as bytes to be read with ``StateReader``.
    func withBytes(of head: BlockHead, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        try withStates(of: head.id) { data in try data.withUnsafeBytes(body) }
    }

    /// Every state, in the order of accounts, occurrences and snapshots.
    func forEach(_ body: (StateRecord) throws -> Void) throws {
        for head in try heads() {
            try withBytes(of: head) { bytes in
                var reader = StateReader(bytes)
                while let record = try reader.next() { try body(record) }
            }
        }
    }
}
