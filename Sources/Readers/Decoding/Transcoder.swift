#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// glibc's iconv, from one encoding to UTF-8; the only place that touches its pointers.
///
/// A class, because it owns the C library's descriptor.
final class Transcoder {
    /// Why a conversion stopped.
    enum Stop {
        /// All of the input is converted.
        case done
        /// The output is full.
        case full
        /// The input ends in the middle of a character; the rest of it has to come.
        case partial
        /// The next bytes mean nothing in the encoding.
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

    /// Converts what fits.
    ///
    /// In some encodings a letter waits for the accent that may follow it; no input at all means that none follows.
    ///
    /// - Returns: how much of the input was used, how much of the output was filled, and why it stopped.
    func convert(
        _ input: [UInt8], into output: UnsafeMutableRawBufferPointer
    ) -> (consumed: Int, produced: Int, stop: Stop) {
        input.withUnsafeBytes { source in
            // iconv's signature lets it write to its input, and it does not.
            var from = UnsafeMutableRawPointer(mutating: source.baseAddress)?.assumingMemoryBound(to: CChar.self)
            // To iconv only a null pointer is the end, and an empty array may have another.
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

    /// The text of bytes that are all there is; nil if they are not whole characters.
    func text(of bytes: [UInt8]) -> String? {
        // Four bytes are the most that a character of UTF-8 has.
        var text = [UInt8](repeating: 0, count: 4 * bytes.count + 16)
        let (_, count, stop) = text.withUnsafeMutableBytes { convert(bytes, into: $0) }
        // Back to the beginning, whatever the descriptor remembers.
        let (_, rest, _) = text.withUnsafeMutableBytes { room in
            convert([], into: UnsafeMutableRawBufferPointer(rebasing: room[count...]))
        }
        guard case .done = stop else { return nil }
        return String(decoding: text[..<(count + rest)], as: UTF8.self)
    }

    /// Whether each byte is a character, so that none waits for another.
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
