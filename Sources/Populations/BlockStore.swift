import Foundation

/// Stores the states of the users, or of the invitations, of a workspace: in blocks of some hundreds, ordered by
/// account.
///
/// Snapshots are not copied. Each state of an account is stored once, with the first snapshot that contains it and the
/// first that no longer does. Accounts that do not change cost nothing, and a block without changes is not written
/// again. A million accounts take about 2,000 blocks.
///
/// All calls are made within one transaction of the store. Errors of the store are rethrown unchanged.
public protocol BlockStore {
    /// All blocks without their states, in the order of their first accounts, compared byte by byte.
    func heads() throws -> [BlockHead]
    /// Passes the states of a block to `body`, once; they are valid only during the call.
    ///
    /// - Throws: ``DamagedBlock`` if there is no such block.
    func withStates(of id: Int64, _ body: (Data) throws -> Void) throws
    /// Replaces a block by others.
    func replace(_ id: Int64, by blocks: [Block]) throws
    /// Adds a block.
    func add(_ block: Block) throws
}

/// A stored block without its states.
public struct BlockHead: Hashable, Sendable {
    /// The number of the block in the store.
    public var id: Int64
    /// ``Block/firstAccount``
    public var firstAccount: [UInt8]

    /// Creates the head of a block.
    public init(id: Int64, firstAccount: [UInt8]) {
        self.id = id
        self.firstAccount = firstAccount
    }
}

/// A block to be stored.
public struct Block: Hashable, Sendable {
    /// No account in the block is less than this, and all accounts in earlier blocks are. Empty for the first block, so
    /// that the blocks cover all possible accounts. At most as long as a uid or address.
    public var firstAccount: [UInt8]
    /// The states in the format of docs/populations.md: 64 KB, plus the rest of the last account.
    public var states: [UInt8]
}

/// The bytes of a block are not valid, or the block is missing.
public struct DamagedBlock: Error {
    /// Creates the error, for a store without a block.
    public init() {}
}

extension BlockStore {
    /// Passes the states of a block to `body`, as bytes for ``StateReader``.
    func withBytes(of head: BlockHead, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        try withStates(of: head.id) { data in try data.withUnsafeBytes(body) }
    }

    /// Passes every state to `body`, in the order of accounts, occurrences and snapshots.
    func forEach(_ body: (StateRecord) throws -> Void) throws {
        for head in try heads() {
            try withBytes(of: head) { bytes in
                var reader = StateReader(bytes)
                while let record = try reader.next() { try body(record) }
            }
        }
    }
}
