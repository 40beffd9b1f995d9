/// A common address, checked byte by byte: ASCII, without surrounding characters, and certainly valid.
///
/// ``EmailAddress`` handles every address. This type gives the same result for most of them at a hundredth of the cost,
/// for checks of every account of a workspace.
public enum PlainAddress {
    /// Whether a text is a common address; ``EmailAddress`` decides about all others.
    static func isOne(_ text: String) -> Bool {
        text.utf8.withContiguousStorageIfAvailable { host(of: $0) != nil } ?? false
    }

    /// Whether an address belongs to one of the domains or their subdomains.
    ///
    /// - Parameter domains: in lower case.
    /// - Returns: nil if the address is not a common one; then use ``EmailAddress``.
    public static func isInside(_ address: String, _ domains: [String]) -> Bool? {
        address.utf8.withContiguousStorageIfAvailable { bytes -> Bool? in
            host(of: bytes).map { host in domains.contains { ends(host, with: $0) } }
        } ?? nil
    }

    /// The part of a common address after the `@`; nil if the text is none.
    private static func host(of bytes: UnsafeBufferPointer<UInt8>) -> Slice<UnsafeBufferPointer<UInt8>>? {
        guard bytes.count <= 254, let at = bytes.firstIndex(of: 0x40) else { return nil }
        let host = bytes[(at + 1)...]
        return isLocalPart(bytes[..<at]) && isHostName(host) ? host : nil
    }

    /// Letters, digits and common punctuation, with single dots between them.
    private static func isLocalPart(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard !bytes.isEmpty, bytes.count <= 64 else { return false }
        var previous: UInt8 = 0x2e
        for byte in bytes {
            guard byte == 0x2e ? previous != 0x2e : isLetterOrDigit(byte) || isPunctuation(byte) else { return false }
            previous = byte
        }
        return previous != 0x2e
    }

    /// At least two labels of letters, digits and hyphens within; a letter in the last one.
    private static func isHostName(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        var (labels, length, previous, hasLetter) = (1, 0, UInt8(0x2d), false)
        for byte in bytes {
            if byte == 0x2e {
                guard previous != 0x2d else { return false }
                (labels, length, previous, hasLetter) = (labels + 1, 0, 0x2d, false)
                continue
            }
            guard isLetterOrDigit(byte) || (byte == 0x2d && length > 0), length < 63 else { return false }
            if byte >= 0x41 { hasLetter = true }
            length += 1
            previous = byte
        }
        return labels >= 2 && previous != 0x2d && hasLetter && bytes.count <= 253
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x61...0x7a).contains(byte | 0x20) || (0x30...0x39).contains(byte)
    }

    /// `-` `_` `+` `'`; ``EmailAddress`` decides about other punctuation.
    private static func isPunctuation(_ byte: UInt8) -> Bool {
        byte == 0x2d || byte == 0x5f || byte == 0x2b || byte == 0x27
    }

    /// Whether a host is the domain or one of its subdomains.
    private static func ends(_ host: Slice<UnsafeBufferPointer<UInt8>>, with domain: String) -> Bool {
        let rest = host.count - domain.utf8.count
        guard rest == 0 || (rest > 0 && host[host.startIndex + rest - 1] == 0x2e) else { return false }
        return zip(host.dropFirst(rest), domain.utf8).allSatisfy { byte, expected in
            ((0x41...0x5a).contains(byte) ? byte | 0x20 : byte) == expected
        }
    }
}
