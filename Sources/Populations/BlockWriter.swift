/// Collects states into blocks.
struct BlockWriter {
    /// A block ends after the account that makes it this long, in bytes.
    static let size = 64 << 10

    private var blocks: [Block] = []
    private var bytes: [UInt8] = []
    /// The first account of the current block; nil until its first state is added, unless it is given.
    private var start: [UInt8]?

    /// - Parameter start: the first account of the first block: no account in it is less.
    init(from start: [UInt8]) {
        self.start = start
        bytes.reserveCapacity(Self.size + 4096)
    }

    /// Adds a state.
    mutating func add(_ record: StateRecord) {
        if start == nil { start = Array(record.account) }
        record.append(to: &bytes)
    }

    /// Adds states of one account, copied from another block.
    mutating func add(_ records: UnsafeRawBufferPointer, of account: UnsafeRawBufferPointer) {
        if start == nil { start = Array(account) }
        bytes.append(contentsOf: records)
    }

    /// Marks the end of an account, after which a block may end.
    mutating func endAccount() {
        if bytes.count >= Self.size { cut() }
    }

    /// Ends the last block, and returns all blocks that were not taken yet.
    mutating func finish() -> [Block] {
        if !bytes.isEmpty { cut() }
        return take()
    }

    /// Returns and removes the full blocks.
    mutating func take() -> [Block] {
        defer { blocks = [] }
        return blocks
    }

    private mutating func cut() {
        blocks.append(Block(firstAccount: start ?? [], states: bytes))
        start = nil
        bytes.removeAll(keepingCapacity: true)
    }
}
