import Domain

/// Text as a field of a CSV file (RFC 4180), safe to open in a spreadsheet.
public enum CSVText {
    /// Adds a field: quoted where it has to be, and guarded: a field that a spreadsheet would run as a formula begins
    /// with `'`. The reader takes the guard off again.
    static func append(_ text: String, to bytes: inout RowBytes) {
        text.withBytes { text in
            let isGuarded = isFormula(text)
            // Line ends, quotes and commas are all below the hyphen: most texts need only that one question.
            let needsQuotes =
                text.hasAny { $0.has(below: 0x2d) }
                && text.hasAny { $0.has(0x22) || $0.has(0x2c) || $0.has(0x0a) || $0.has(0x0d) }
            guard needsQuotes else {
                if isGuarded { bytes.append(0x27) }
                bytes.append(text)
                return
            }
            bytes.append(0x22)
            if isGuarded { bytes.append(0x27) }
            var start = 0
            for (place, byte) in text.enumerated() where byte == 0x22 {
                // The quote itself comes with what follows it: so there are two.
                bytes.append(text.part(start..<place + 1))
                start = place
            }
            bytes.append(text.part(start..<text.count))
            bytes.append(0x22)
        }
    }

    /// A field; see ``append(_:to:)``.
    public static func field(_ text: String) -> String {
        String { append(text, to: &$0) }
    }

    /// Whether a field comes with the guard.
    static func isGuarded(_ text: String) -> Bool {
        var isGuarded = false
        text.withBytes { isGuarded = isFormula($0) }
        return isGuarded
    }

    /// Whether the first that is not an apostrophe begins a formula: text that looks guarded already is guarded once
    /// more, so that taking one guard off gives back exactly what was written.
    private static func isFormula(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        text.first { $0 != 0x27 }.map(startsFormula) ?? false
    }

    /// `=`, `+`, `-`, `@`, tab and carriage return (OWASP, *CSV injection*).
    private static func startsFormula(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x3d, 0x2b, 0x2d, 0x40, 0x09, 0x0d: true
        default: false
        }
    }
}

extension CSVText {
    /// Adds a cell: text is quoted and guarded, everything else is as it is.
    static func append(_ cell: Cell, to bytes: inout RowBytes) {
        switch cell {
        case .text(let text): append(text, to: &bytes)
        case .number(let number): bytes.append(decimal: number)
        case .time(let time): Timestamp.append(time, to: &bytes)
        case .flag(let flag): bytes.append(flag ? "yes" : "no")
        case .empty: break
        }
    }
}
