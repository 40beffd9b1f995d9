/// Text from files and from the API, made safe to show to a person.
public enum Terminal {
    /// One line of plain text: control characters, escape sequences, and the invisible characters that reorder or
    /// hide text, become `\u{…}`; longer than `limit` characters ends in `…`.
    public static func plain(_ text: String, limit: Int = 200) -> String {
        var shown = ""
        var count = 0
        for scalar in text.unicodeScalars {
            if count == limit { return shown + "…" }
            count += 1
            if isDangerous(scalar) {
                shown += "\\u{" + String(scalar.value, radix: 16) + "}"
            } else {
                shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }

    private static func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        // Cc holds ESC and the C1 controls, Cf the bidirectional overrides and zero-width characters.
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
        default: false
        }
    }
}
