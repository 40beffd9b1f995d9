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

    /// JSON that says the same and that a terminal may show: dangerous characters, which can only stand in its strings,
    /// become escapes (RFC 8259 section 7). A line end stays, because it stands between members.
    public static func plainJSON(_ json: String) -> String {
        guard json.unicodeScalars.contains(where: { $0 != "\n" && isDangerous($0) }) else { return json }
        var shown = ""
        for scalar in json.unicodeScalars {
            if scalar == "\n" || !isDangerous(scalar) {
                shown.unicodeScalars.append(scalar)
            } else {
                for unit in String(scalar).utf16 { shown += "\\u" + Hexadecimal.text(unit, digits: 4) }
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
