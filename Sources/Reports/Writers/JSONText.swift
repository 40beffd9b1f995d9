/// Values as JSON text (RFC 8259 section 7).
enum JSONText {
    /// A string in quotes. Everything above U+001F but the quote and the backslash stands for itself.
    static func string(_ text: String) -> String {
        var bytes: [UInt8] = [0x22]
        bytes.reserveCapacity(text.utf8.count + 2)
        for byte in text.utf8 {
            switch byte {
            case 0x22: bytes += [0x5c, 0x22]
            case 0x5c: bytes += [0x5c, 0x5c]
            case 0x0a: bytes += [0x5c, 0x6e]
            case 0x0d: bytes += [0x5c, 0x72]
            case 0x09: bytes += [0x5c, 0x74]
            case ..<0x20:
                bytes += Array("\\u00".utf8)
                bytes += [hexadecimal(byte >> 4), hexadecimal(byte & 15)]
            default: bytes.append(byte)
            }
        }
        bytes.append(0x22)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A cell: text and moments as strings, counts as numbers, yes and no as `true` and `false`, nothing as `null`.
    static func value(_ cell: Cell) -> String {
        switch cell {
        case .text(let text): string(text)
        case .number(let number): String(number)
        case .time(let time): string(Timestamp.text(time))
        case .flag(let flag): flag ? "true" : "false"
        case .empty: "null"
        }
    }

    private static func hexadecimal(_ digit: UInt8) -> UInt8 {
        digit < 10 ? 0x30 + digit : 0x57 + digit
    }
}
