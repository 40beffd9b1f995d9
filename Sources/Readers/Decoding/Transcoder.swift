#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Converts one encoding to UTF-8 with glibc's iconv; the only place that uses its pointers.
///
/// A class, because it owns an iconv descriptor.
final class Transcoder {
    /// Why a conversion stopped.
    enum Stop {
        /// All of the input is converted.
        case done
        /// The output is full.
        case full
        /// The input ends in the middle of a character; the rest must follow.
        case partial
        /// The next bytes are not valid in the encoding.
        case invalid
    }

    private let descriptor: iconv_t

    /// nil if iconv does not know the encoding.
    init?(from name: String) {
        guard let opened = iconv_open("UTF-8", name), opened != iconv_t(bitPattern: -1) else { return nil }
        descriptor = opened
    }

    deinit {
        iconv_close(descriptor)
    }

    /// Converts as much as fits.
    ///
    /// In some encodings a letter is held back until it is clear whether an accent follows; an empty input flushes it.
    ///
    /// - Returns: the number of bytes consumed and produced, and why the conversion stopped.
    func convert(
        _ input: [UInt8], into output: UnsafeMutableRawBufferPointer
    ) -> (consumed: Int, produced: Int, stop: Stop) {
        input.withUnsafeBytes { source in
            // The signature of iconv would allow writing to the input, but iconv does not do it.
            var from = UnsafeMutableRawPointer(mutating: source.baseAddress)?.assumingMemoryBound(to: CChar.self)
            // iconv needs a null pointer for the end; the pointer of an empty array may be different.
            if source.isEmpty { from = nil }
            var fromLeft = source.count
            var to = output.baseAddress?.assumingMemoryBound(to: CChar.self)
            var toLeft = output.count
            let result = iconv(descriptor, &from, &fromLeft, &to, &toLeft)
            let stop: Stop =
                if result != -1 {
                    .done
                } else {
                    switch errno {
                    case E2BIG: .full
                    case EINVAL: .partial
                    default: .invalid
                    }
                }
            return (source.count - fromLeft, output.count - toLeft, stop)
        }
    }

    /// The text of bytes that are complete; nil if they are not whole characters.
    func text(of bytes: [UInt8]) -> String? {
        // A character of UTF-8 has at most four bytes.
        var text = [UInt8](repeating: 0, count: 4 * bytes.count + 16)
        let (_, count, stop) = text.withUnsafeMutableBytes { convert(bytes, into: $0) }
        // Resets the state of the descriptor.
        let (_, rest, _) = text.withUnsafeMutableBytes { room in
            convert([], into: UnsafeMutableRawBufferPointer(rebasing: room[count...]))
        }
        guard case .done = stop else { return nil }
        return String(decoding: text[..<(count + rest)], as: UTF8.self)
    }

    /// Whether each byte is one character.
    var isSingleByte: Bool {
        (UInt8(0x80)...0xff).allSatisfy { byte in
            withUnsafeTemporaryAllocation(byteCount: 16, alignment: 1) { room in
                defer { _ = convert([], into: room) }
                if case .partial = convert([byte], into: room).stop { return false }
                return true
            }
        }
    }
}
