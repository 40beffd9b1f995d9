/// Determines how many bytes are valid UTF-8 (Unicode 16, table 3-7: no overlong forms, no surrogates).
enum UTF8Check {
    /// What follows the valid bytes.
    enum Verdict {
        /// Nothing: all bytes are valid.
        case complete
        /// The beginning of a character whose rest may still come.
        case partial
        /// Bytes that are never valid in UTF-8.
        case invalid
    }

    /// The number of bytes at the beginning that form whole characters, what follows them, and whether they are ASCII.
    static func validPrefix(of bytes: UnsafeRawBufferPointer) -> (count: Int, verdict: Verdict, isASCII: Bool) {
        var isASCII = true
        var position = 0
        let end = bytes.count
        while position < end {
            // Lists are mostly ASCII, which is checked eight bytes at a time.
            if position + 8 <= end,
                bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
            {
                position += 8
                continue
            }
            if bytes[position] < 0x80 {
                position += 1
                continue
            }
            let length = characterLength(bytes, at: position)
            if length <= 0 { return (position, length == 0 ? .partial : .invalid, isASCII) }
            isASCII = false
            position += length
        }
        return (position, .complete, isASCII)
    }

    /// The length of a multibyte character; 0 if its end is missing, -1 if it is invalid.
    private static func characterLength(_ bytes: UnsafeRawBufferPointer, at position: Int) -> Int {
        let lead = bytes[position]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xbf
        switch lead {
        case 0xc2...0xdf: length = 2
        case 0xe0...0xef:
            length = 3
            if lead == 0xe0 { second = 0xa0...0xbf }
            if lead == 0xed { second = 0x80...0x9f }
        case 0xf0...0xf4:
            length = 4
            if lead == 0xf0 { second = 0x90...0xbf }
            if lead == 0xf4 { second = 0x80...0x8f }
        default: return -1
        }
        for offset in 1..<length {
            guard position + offset < bytes.count else { return 0 }
            let allowed = offset == 1 ? second : 0x80...0xbf
            guard allowed.contains(bytes[position + offset]) else { return -1 }
        }
        return length
    }
}
