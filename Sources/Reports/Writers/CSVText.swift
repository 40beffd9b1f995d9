/// Text as a field of a CSV file (RFC 4180), safe to open in a spreadsheet.
public enum CSVText {
    /// Quoted where it has to be, and guarded: a field that a spreadsheet would run as a formula begins with `'`.
    /// The reader takes the guard off again.
    public static func field(_ text: String) -> String {
        var needsQuotes = false
        // The first that is not an apostrophe: text that looks guarded already is guarded once more, so that taking
        // one guard off gives back exactly what was written.
        var first: UInt8?
        for byte in text.utf8 {
            if first == nil && byte != 0x27 { first = byte }
            if byte == 0x22 || byte == 0x2c || byte == 0x0a || byte == 0x0d { needsQuotes = true }
        }
        let guarded = first.map(startsFormula) == true ? "'" + text : text
        guard needsQuotes else { return guarded }
        return "\"" + guarded.replacing("\"", with: "\"\"") + "\""
    }

    /// `=`, `+`, `-`, `@`, tab and carriage return (OWASP, *CSV injection*).
    private static func startsFormula(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x3d, 0x2b, 0x2d, 0x40, 0x09, 0x0d: true
        default: false
        }
    }
}
