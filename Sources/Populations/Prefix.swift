/// The first bytes of a text as a number, in the same order as the texts.
enum Prefix {
    /// The eight bytes from `start` on, padded with zeros.
    static func of(_ text: UnsafeRawBufferPointer, from start: Int = 0) -> UInt64 {
        if text.count >= start + 8 {
            return UInt64(bigEndian: text.loadUnaligned(fromByteOffset: start, as: UInt64.self))
        }
        var value: UInt64 = 0
        for place in start..<(start + 8) { value = value << 8 | (place < text.count ? UInt64(text[place]) : 0) }
        return value
    }
}
