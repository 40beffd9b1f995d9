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
                bytes.append(spelled)
                // U+0080 to U+009F are two bytes.
                place += text[place] == 0xc2 ? 2 : 1
                start = place
            }
            bytes.append(text.part(start..<text.count))
        }
    }

    /// Whether a byte is, or begins, a character that may need escaping.
    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x22 || byte == 0x26 || byte == 0x27 || byte == 0x3c || byte == 0x3e || byte == 0x7f
            || byte == 0xc2
    }

    private static func isSpecial(in bytes: EightBytes) -> Bool {
        bytes.has(below: 0x20) || bytes.has(0x22) || bytes.has(0x26) || bytes.has(0x27) || bytes.has(0x3c)
            || bytes.has(0x3e) || bytes.has(0x7f) || bytes.has(0xc2)
    }

    /// The replacement for the scalar at a position; nil if it needs none.
    private static func spelled(_ text: UnsafeBufferPointer<UInt8>, _ place: Int) -> StaticString? {
        switch text[place] {
        case 0x26: "&amp;"
        case 0x3c: "&lt;"
        case 0x3e: "&gt;"
        case 0x22: "&quot;"
        case 0x27: "&#39;"
        case 0x09, 0x0a: nil
        // Other control characters are not allowed in HTML; U+FFFD shows that there was one.
        case ..<0x20, 0x7f: "\u{fffd}"
        case 0xc2: text[place + 1] < 0xa0 ? "\u{fffd}" : nil
        default: nil
        }
    }
}
