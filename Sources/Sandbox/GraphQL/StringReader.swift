import Domain

/// Reads the two kinds of string literal (October 2021 spec, section 2.9.4).
struct StringReader {
    let source: DocumentSource
    /// At the opening quote before reading; after the closing quote afterwards.
    var position: Int

    private static let quote = UInt8(ascii: "\"")
    private static let backslash = UInt8(ascii: "\\")

    /// `"…"`: one line, with escapes.
    mutating func string() throws(GraphQLError) -> String {
        position += 1
        var value: [UInt8] = []
        while let byte = peek() {
            switch byte {
            case Self.quote:
                position += 1
                return String(decoding: value, as: UTF8.self)
            case 0x0a, 0x0d:
                throw syntax("Unterminated string.")
            case Self.backslash:
                value += String(try escape()).utf8
            case 0..<0x20 where byte != 0x09:
                throw syntax(
                    "Invalid character within String: U+" + Hexadecimal.text(byte, digits: 4, uppercase: true) + ".")
            default:
                value.append(byte)
                position += 1
            }
        }
        throw syntax("Unterminated string.")
    }

    /// `"""…"""`: several lines, without common indentation and without blank first and last lines.
    mutating func blockString() throws(GraphQLError) -> String {
        position += 3
        var raw: [UInt8] = []
        while let byte = peek() {
            if isTripleQuote(at: position) {
                position += 3
                return Self.dedented(String(decoding: raw, as: UTF8.self))
            }
            if byte == Self.backslash, isTripleQuote(at: position + 1) {
                raw += [Self.quote, Self.quote, Self.quote]
                position += 4
            } else {
                raw.append(byte)
                position += 1
            }
        }
        throw syntax("Unterminated string.")
    }

    private mutating func escape() throws(GraphQLError) -> Unicode.Scalar {
        let start = position
        position += 2
        switch peek(-1) {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            if let scalar = unicodeEscape() { return scalar }
            position = start
            throw syntax("Invalid Unicode escape sequence: \"\(shown(from: start, count: 6))\".")
        default:
            position = start
            throw syntax("Invalid character escape sequence: \"\(shown(from: start, count: 2))\".")
        }
    }

    /// `\u00e9`, `\u{1f600}`, or two `\u` that make a surrogate pair.
    private mutating func unicodeEscape() -> Unicode.Scalar? {
        if peek() == UInt8(ascii: "{") {
            position += 1
            var value: UInt32 = 0
            var count = 0
            while let byte = peek(), let digit = Self.digit(byte), count < 8 {
                value = value << 4 | digit
                count += 1
                position += 1
            }
            guard count > 0, peek() == UInt8(ascii: "}") else { return nil }
            position += 1
            return Unicode.Scalar(value)
        }
        guard let first = fourDigits() else { return nil }
        if (0xd800..<0xdc00).contains(first) {
            guard peek() == Self.backslash, peek(1) == UInt8(ascii: "u") else { return nil }
            position += 2
            guard let second = fourDigits(), (0xdc00..<0xe000).contains(second) else { return nil }
            return Unicode.Scalar(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00))
        }
        return Unicode.Scalar(first)
    }

    private mutating func fourDigits() -> UInt32? {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek(), let digit = Self.digit(byte) else { return nil }
            value = value << 4 | digit
            position += 1
        }
        return value
    }

    /// BlockStringValue() of the spec, section 2.9.4.
    static func dedented(_ raw: String) -> String {
        let unified = raw.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        var lines = unified.split(separator: "\n", omittingEmptySubsequences: false)
        let blank = { (line: Substring) in line.allSatisfy { $0 == " " || $0 == "\t" } }
        let indents = lines.dropFirst().filter { !blank($0) }.map { $0.prefix { $0 == " " || $0 == "\t" }.count }
        if let common = indents.min() {
            for index in lines.indices.dropFirst() { lines[index] = lines[index].dropFirst(common) }
        }
        while let first = lines.first, blank(first) { lines.removeFirst() }
        while let last = lines.last, blank(last) { lines.removeLast() }
        return lines.joined(separator: "\n")
    }

    private func peek(_ distance: Int = 0) -> UInt8? {
        let index = position + distance
        return index < source.bytes.count ? source.bytes[index] : nil
    }

    private func isTripleQuote(at index: Int) -> Bool {
        index + 2 < source.bytes.count && source.bytes[index...(index + 2)].allSatisfy { $0 == Self.quote }
    }

    private func shown(from start: Int, count: Int) -> String {
        String(decoding: source.bytes[start..<min(start + count, source.bytes.count)], as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt32? {
        UInt32(String(UnicodeScalar(byte)), radix: 16)
    }

    private func syntax(_ message: String) -> GraphQLError {
        source.error("Syntax Error: " + message, at: position)
    }
}
