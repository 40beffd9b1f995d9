/// Makes text from files and from the API safe to show.
public enum Terminal {
    /// One line of plain text: control characters, escape sequences, and invisible characters that reorder or hide text
    /// become `\u{…}`; a text of more than `limit` characters is cut and ends in `…`.
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

    /// The same JSON in a form that is safe to show: dangerous characters, which occur only in strings, become escapes
    /// (RFC 8259 section 7). Line ends stay, because they separate members.
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
        // Cc contains ESC and the C1 controls, Cf the bidirectional overrides and zero-width characters.
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
        default: false
        }
    }
}
