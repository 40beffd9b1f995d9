import Domain

extension JSONText {
    /// Appends a cell: text and times as strings, counts as numbers, flags as `true` and `false`, empty cells and
    /// remarks as `null`.
    static func append(_ cell: Cell, to bytes: inout RowBytes) {
        switch cell {
        case .text(let text): append(text, to: &bytes)
        case .number(let number): bytes.append(decimal: number)
        case .time(let time):
            bytes.append(0x22)
            Timestamp.append(time, to: &bytes)
            bytes.append(0x22)
        case .flag(let flag): bytes.append(flag ? "true" : "false")
        case .remark, .empty: bytes.append("null")
        }
    }

    /// Appends a string in quotes.
    private static func append(_ text: String, to bytes: inout RowBytes) {
        text.withBytes { utf8 in
            guard isPlain(utf8) else {
                var escaped: [UInt8] = []
                append(text, to: &escaped)
                return bytes.append(escaped)
            }
            bytes.append(0x22)
            bytes.append(utf8)
            bytes.append(0x22)
        }
    }

    /// The JSON of a cell; see ``append(_:to:)``.
    static func value(_ cell: Cell) -> String {
        String { append(cell, to: &$0) }
    }
}
