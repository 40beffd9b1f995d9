import Foundation

/// Text as JSON spells it (RFC 8259 section 7).
public enum JSONText {
    /// Appends a string in quotes. Only control characters up to U+001F, the quote and the backslash are escaped.
    public static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(0x22)
        var text = text
        text.withUTF8 { text in
            guard !isPlain(text) else { return bytes.append(contentsOf: text) }
            var start = 0
            for (place, byte) in text.enumerated() where byte < 0x20 || byte == 0x22 || byte == 0x5c {
                bytes.append(contentsOf: text[start..<place])
                append(escaped: byte, to: &bytes)
                start = place + 1
            }
            bytes.append(contentsOf: text[start...])
        }
        bytes.append(0x22)
    }

    /// Whether text in UTF-8 needs no escapes, as is the case for nearly every text.
    public static func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        !text.hasAny { $0.has(below: 0x20) || $0.has(0x22) || $0.has(0x5c) }
    }

    /// A string in quotes.
    public static func string(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 2)
        append(text, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func append(escaped byte: UInt8, to bytes: inout [UInt8]) {
        switch byte {
        case 0x22, 0x5c: bytes += [0x5c, byte]
        case 0x0a: bytes += [0x5c, 0x6e]
        case 0x0d: bytes += [0x5c, 0x72]
        case 0x09: bytes += [0x5c, 0x74]
        default:
            bytes += Array("\\u00".utf8)
            bytes += [Hexadecimal.digit(byte >> 4), Hexadecimal.digit(byte & 15)]
        }
    }
}

extension JSONText {
    /// A value on one line: members in the order of their names, slashes as they are.
    ///
    /// - Throws: `EncodingError` for what JSON cannot hold.
    public static func line(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
