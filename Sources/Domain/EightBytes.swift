/// Eight bytes of a text, checked together for bytes that must be escaped.
///
/// Nearly every text needs no escape, but every byte that is written must be checked.
@frozen public struct EightBytes {
    @usableFromInline let word: UInt64
    @usableFromInline static var ones: UInt64 { 0x0101_0101_0101_0101 }
    @usableFromInline static var highBits: UInt64 { 0x8080_8080_8080_8080 }

    @inlinable init(word: UInt64) { self.word = word }

    /// Whether one of them is this byte (Warren, *Hacker's Delight*, 6-1: a byte that is zero borrows from above it).
    @inlinable public func has(_ byte: UInt8) -> Bool {
        let difference = word ^ (Self.ones &* UInt64(byte))
        return (difference &- Self.ones) & ~difference & Self.highBits != 0
    }

    /// Whether one of them is below a limit, at most 128.
    @inlinable public func has(below limit: UInt8) -> Bool {
        (word &- Self.ones &* UInt64(limit)) & ~word & Self.highBits != 0
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether `question` is true for any eight bytes of the text. A text shorter than eight bytes is padded with the
    /// letter `a`.
    @inlinable public func hasAny(_ question: (EightBytes) -> Bool) -> Bool {
        guard count >= 8, let start = baseAddress else {
            var word: UInt64 = 0x6161_6161_6161_6161
            for byte in self { word = word << 8 | UInt64(byte) }
            return question(EightBytes(word: word))
        }
        let bytes = UnsafeRawPointer(start)
        var place = 0
        while place < count - 8 {
            if question(EightBytes(word: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))) { return true }
            place += 8
        }
        // The last eight bytes may overlap the eight before.
        return question(EightBytes(word: bytes.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)))
    }
}
