import Domain
import Mustache

/// Escapes text for HTML, between tags or in a quoted attribute.
///
/// It works on Unicode scalars. The escaping of Mustache works on characters and misses a quote followed by a combining
/// accent, which still ends an attribute.
struct HTMLEscaping: MustacheContentType {
    func escapeText(_ text: String) -> String {
        String { Self.append(text, to: &$0) }
    }

    /// Appends escaped text.
    static func append(_ text: String, to bytes: inout RowBytes) {
        text.withBytes { text in
            guard text.hasAny(isSpecial(in:)) else { return bytes.append(text) }
            var start = 0
            var place = 0
            while place < text.count {
                guard isSpecial(text[place]), let spelled = spelled(text, place) else {
                    place += 1
                    continue
                }
                bytes.append(text.part(start..<place))
                bytes.append(spelled.text)
                place += spelled.length
                start = place
            }
            bytes.append(text.part(start..<text.count))
        }
    }

    /// Whether a byte is, or begins, a character that may need escaping.
    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x22 || byte == 0x26 || byte == 0x27 || byte == 0x3c || byte == 0x3e || byte == 0x7f
            || byte == 0xc2 || byte == 0xe2
    }

    private static func isSpecial(in bytes: EightBytes) -> Bool {
        bytes.has(below: 0x20) || bytes.has(0x22) || bytes.has(0x26) || bytes.has(0x27) || bytes.has(0x3c)
            || bytes.has(0x3e) || bytes.has(0x7f) || bytes.has(0xc2)
            || bytes.has(0xe2)
    }

    /// The replacement for the scalar at a position, and the scalar's length in bytes; nil if it needs none.
    private static func spelled(
        _ text: UnsafeBufferPointer<UInt8>, _ place: Int
    ) -> (text: StaticString, length: Int)? {
        switch text[place] {
        case 0x26: return ("&amp;", 1)
        case 0x3c: return ("&lt;", 1)
        case 0x3e: return ("&gt;", 1)
        case 0x22: return ("&quot;", 1)
        case 0x27: return ("&#39;", 1)
        case 0x09, 0x0a: return nil
        // Other control characters are not allowed in HTML; U+FFFD shows that there was one.
        case ..<0x20, 0x7f: return ("\u{fffd}", 1)
        case 0xc2: return text[place + 1] < 0xa0 ? ("\u{fffd}", 2) : nil
        case 0xe2: return direction(text[place + 1], text[place + 2]).map { ($0, 3) }
        default: return nil
        }
    }

    /// The visible form of a character that changes the direction of the text around it (UAX 9, section 2), so that an
    /// address cannot look like another one.
    ///
    /// - Parameters:
    ///   - second: the second byte of the character, after E2.
    ///   - third: its last byte.
    private static func direction(_ second: UInt8, _ third: UInt8) -> StaticString? {
        switch (second, third) {
        case (0x80, 0xaa): "\\u{202a}"
        case (0x80, 0xab): "\\u{202b}"
        case (0x80, 0xac): "\\u{202c}"
        case (0x80, 0xad): "\\u{202d}"
        case (0x80, 0xae): "\\u{202e}"
        case (0x81, 0xa6): "\\u{2066}"
        case (0x81, 0xa7): "\\u{2067}"
        case (0x81, 0xa8): "\\u{2068}"
        case (0x81, 0xa9): "\\u{2069}"
        default: nil
        }
    }
}
