/// Reads the records of a block, in their order: by account, occurrence, first snapshot.
struct StateReader {
    private let bytes: UnsafeRawBufferPointer
    /// The position of the next record.
    private(set) var position: Int

    init(_ bytes: UnsafeRawBufferPointer, at position: Int = 0) {
        self.bytes = bytes
        self.position = position
    }

    /// The next record; nil at the end.
    ///
    /// - Throws: ``DamagedBlock`` for bytes that are not a record.
    mutating func next() throws(DamagedBlock) -> StateRecord? {
        guard position < bytes.count else { return nil }
        let (occurrence, first, gone) = (try number(), try number(), try number())
        let counts = (try number(), try number(), try number(), try number(), try number())
        return StateRecord(
            account: try text(counts.0), occurrence: Int64(occurrence),
            first: Int64(first), gone: Int64(gone), email: try text(counts.1), name: try text(counts.2),
            accountType: try text(counts.3), status: try text(counts.4))
    }

    @inline(__always) private mutating func number() throws(DamagedBlock) -> Int {
        // Almost all numbers are below 128.
        if position < bytes.count, bytes[position] < 0x80 {
            defer { position += 1 }
            return Int(bytes[position])
        }
        return try longNumber()
    }

    private mutating func longNumber() throws(DamagedBlock) -> Int {
        var value = 0
        var shift = 0
        while position < bytes.count, shift < 56 {
            let byte = bytes[position]
            position += 1
            value |= Int(byte & 0x7f) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        throw DamagedBlock()
    }

    private mutating func text(_ count: Int) throws(DamagedBlock) -> UnsafeRawBufferPointer {
        guard count <= bytes.count - position else { throw DamagedBlock() }
        defer { position += count }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<(position + count)])
    }
}
