/// Puts states together into blocks.
struct BlockWriter {
    /// A block is cut behind the account that makes it this long, in bytes.
    static let size = 64 << 10

    private var blocks: [Block] = []
    private var bytes: [UInt8] = []
    /// Where the block that is being written begins: where it was told to, or with its first account.
    private var start: [UInt8]?

    /// - Parameter start: where the first block begins: nothing in it is less.
    init(from start: [UInt8]) {
        self.start = start
        bytes.reserveCapacity(Self.size + 4096)
    }

    /// Adds a state.
    mutating func add(_ record: StateRecord) {
        if start == nil { start = Array(record.account) }
        record.append(to: &bytes)
    }

    /// Adds states of one account as another block has them.
    mutating func add(_ records: UnsafeRawBufferPointer, of account: UnsafeRawBufferPointer) {
        if start == nil { start = Array(account) }
        bytes.append(contentsOf: records)
    }

    /// All states of an account are there: a block may end here.
    mutating func endAccount() {
        if bytes.count >= Self.size { cut() }
    }

    /// All blocks that were not taken yet.
    mutating func finish() -> [Block] {
        if !bytes.isEmpty { cut() }
        return take()
    }

    /// The blocks that are full, which are the caller's from then on.
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
