import Domain

/// Text in the form for a workbook.
public enum XLSXText {
    /// The maximum number of UTF-16 units in a cell (*Excel specifications and limits*).
    static let limit = 32_767

    /// Text for a cell, escaped according to OOXML (ECMA-376 part 1, 22.9.2.19, `ST_Xstring`), so that reading it
    /// returns the same text: control characters become `_x0001_`, and in text that looks like such an escape, the
    /// underscore is escaped. Text that is too long for a cell is cut, with a mark.
    static func cell(_ text: String) -> String {
        String { append(cut(text), to: &$0) { _ in nil } }
    }

    /// Text for places that have no escape (properties, page headers). Characters that XML does not allow become
    /// U+FFFD, because one of them would make the whole part unreadable.
    static func outsideCells(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { plain, scalar in
            let isMissing = isControl(scalar.value) || scalar.value == 0xfffe || scalar.value == 0xffff
            plain.unicodeScalars.append(isMissing ? "\u{fffd}" : scalar)
        }
    }

    /// Appends text between the tags of a sheet: escaped as by ``cell(_:)``, and for XML. The text must fit in a cell.
    static func append(_ text: String, to bytes: inout RowBytes) {
        append(text, to: &bytes, xml)
    }

    /// Appends text of this program, escaped for XML.
    static func append(xml text: String, to bytes: inout RowBytes) {
        for byte in text.utf8 {
            if let spelled = xml(byte) { bytes.append(spelled) } else { bytes.append(byte) }
        }
    }

    /// Whether the text begins or ends with white space, which XML readers would drop.
    static func isPadded(_ text: String) -> Bool {
        let isBlank = { (byte: UInt8?) in byte == 0x20 || byte == 0x09 || byte == 0x0a }
        return isBlank(text.utf8.first) || isBlank(text.utf8.last)
    }

    /// Appends escaped text. `spelled` returns the escape of bytes for which the workbook has none.
    private static func append(_ text: String, to bytes: inout RowBytes, _ spelled: (UInt8) -> StaticString?) {
        text.withBytes { text in
            guard text.hasAny(isSpecial(in:)) else { return bytes.append(text) }
            var start = 0
            for place in 0..<text.count where place >= start && isSpecial(text[place]) {
                let byte = text[place]
                let escape = escape(text, place) ?? spelled(byte)
                guard isControl(byte) || escape != nil else { continue }
                bytes.append(text.part(start..<place))
                if let escape { bytes.append(escape) } else { append(code: byte, to: &bytes) }
                // U+FFFE and U+FFFF are three bytes.
                start = place + (byte == 0xef ? 3 : 1)
            }
            bytes.append(text.part(start..<text.count))
        }
    }

    /// Whether a byte is, or begins, a character that may need escaping.
    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x5f || byte == 0xef || byte == 0x26 || byte == 0x3c || byte == 0x3e
    }

    private static func isSpecial(in bytes: EightBytes) -> Bool {
        bytes.has(below: 0x20) || bytes.has(0x5f) || bytes.has(0xef) || bytes.has(0x26) || bytes.has(0x3c)
            || bytes.has(0x3e)
    }

    private static func xml(_ byte: UInt8) -> StaticString? {
        switch byte {
        case 0x26: "&amp;"
        case 0x3c: "&lt;"
        case 0x3e: "&gt;"
        default: nil
        }
    }

    /// The escape of the workbook for the scalar at a position; nil if it needs none, or is a control character.
    private static func escape(_ text: UnsafeBufferPointer<UInt8>, _ place: Int) -> StaticString? {
        switch text[place] {
        case 0x5f: looksLikeEscape(text[place...]) ? "_x005F_" : nil
        // XML has no U+FFFE and no U+FFFF, escaped or not.
        case 0xef: text[place + 1] == 0xbf && text[place + 2] >= 0xbe ? "\u{fffd}" : nil
        default: nil
        }
    }

    /// Whether this is a control character that XML does not allow.
    private static func isControl(_ code: some FixedWidthInteger) -> Bool {
        code < 0x20 && code != 0x09 && code != 0x0a
    }

    /// Appends the escape of a control character: `_x0001_`.
    private static func append(code byte: UInt8, to bytes: inout RowBytes) {
        let digit = byte & 15
        bytes.append(byte < 0x10 ? "_x000" : "_x001")
        bytes.append(digit < 10 ? 0x30 + digit : 0x37 + digit)
        bytes.append(0x5f)
    }

    /// `_x`, four hexadecimal digits, `_`.
    private static func looksLikeEscape(_ text: some Collection<UInt8>) -> Bool {
        let head = Array(text.prefix(7))
        return head.count == 7 && head[1] == 0x78 && head[6] == 0x5f
            && head[2...5].allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0 | 0x20) }
    }

    /// The text, cut with a mark if it does not fit in a cell with its escapes; the library would omit a longer text.
    /// `verify` compares the result with existing workbooks, so the mark must not change.
    public static func cut(_ text: String) -> String {
        // An escape has at most seven characters, so shorter texts always fit.
        guard text.utf8.count > limit / 7, units(text) > limit else { return text }
        let mark = " … [cut: \(text.count) characters; the JSON report has all of them]"
        let room = limit - mark.utf16.count
        var kept = ""
        var length = 0
        var rest = text[...]
        while let character = rest.first {
            length += units(character, before: rest)
            guard length <= room else { break }
            kept.append(character)
            rest.removeFirst()
        }
        return kept + mark
    }

    /// The number of UTF-16 units in the cell, including escapes.
    private static func units(_ text: String) -> Int {
        var length = 0
        var rest = text[...]
        while let character = rest.first {
            length += units(character, before: rest)
            rest.removeFirst()
        }
        return length
    }

    private static func units(_ character: Character, before rest: Substring) -> Int {
        let escapes = character.unicodeScalars.count { $0.value < 0x20 && $0 != "\t" && $0 != "\n" }
        let underscores = rest.utf8.first == 0x5f && looksLikeEscape(rest.utf8) ? 1 : 0
        return character.utf16.count + (escapes + underscores) * 6
    }
}
