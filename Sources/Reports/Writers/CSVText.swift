import Domain

/// Writes fields of a CSV file (RFC 4180) that are safe to open in a spreadsheet.
enum CSVText {
    /// Appends a field: in quotes if needed, and guarded if a spreadsheet would read it as a formula
    /// (``FormulaGuard``). NUL becomes U+FFFD (``FileText``).
    static func append(_ text: String, to bytes: inout RowBytes) {
        text.withBytes { text in
            let isGuarded = FormulaGuard.isNeeded(by: text)
            // Line breaks, quotes, commas and NUL are all below the hyphen, so one comparison is enough for most texts.
            let needsQuotes =
                text.hasAny { $0.has(below: 0x2d) }
                && text.hasAny { $0.has(0x22) || $0.has(0x2c) || $0.has(0x0a) || $0.has(0x0d) || $0.has(0) }
            guard needsQuotes else {
                if isGuarded { bytes.append(FormulaGuard.byte) }
                bytes.append(text)
                return
            }
            bytes.append(0x22)
            if isGuarded { bytes.append(FormulaGuard.byte) }
            var start = 0
            for (place, byte) in text.enumerated() where byte == 0x22 || byte == 0 {
                bytes.append(text.part(start..<place))
                // CSV readers do not accept NUL, and that of this program rejects the file.
                bytes.append(byte == 0 ? "\u{fffd}" : "\"\"")
                start = place + 1
            }
            bytes.append(text.part(start..<text.count))
            bytes.append(0x22)
        }
    }

    /// Appends a cell. Text is quoted and guarded; other values are written unchanged.
    static func append(_ cell: Cell, to bytes: inout RowBytes) {
        switch cell {
        case .text(let text): append(text, to: &bytes)
        case .number(let number): bytes.append(decimal: number)
        case .time(let time): Timestamp.append(time, to: &bytes)
        case .flag(let flag): bytes.append(flag ? "yes" : "no")
        case .remark, .empty: break
        }
    }
}
