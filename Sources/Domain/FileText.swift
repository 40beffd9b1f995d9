/// Text as every file of a report can hold it.
public enum FileText {
    /// The text with U+FFFD in place of NUL, which CSV does not have, and of U+FFFE and U+FFFF, which XML does not have.
    ///
    /// Texts that differ in nothing else are the same once they have been in a file: so they are compared like this.
    public static func held(_ text: String) -> String {
        // U+FFFE and U+FFFF begin with this byte in UTF-8.
        guard text.utf8.contains(where: { $0 == 0 || $0 == 0xef }) else { return text }
        return text.unicodeScalars.reduce(into: "") { held, scalar in
            let isMissing = scalar.value == 0 || scalar.value == 0xfffe || scalar.value == 0xffff
            held.unicodeScalars.append(isMissing ? "\u{fffd}" : scalar)
        }
    }
}
