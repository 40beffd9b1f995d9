/// Text in the form that every format of a report can store.
public enum FileText {
    /// The text with U+FFFD in place of NUL, which CSV cannot contain, and of U+FFFE and U+FFFF, which XML cannot
    /// contain.
    ///
    /// Texts that differ only in these characters are the same in a file, so they must be compared in this form.
    public static func held(_ text: String) -> String {
        // U+FFFE and U+FFFF begin with this byte in UTF-8.
        guard text.utf8.contains(where: { $0 == 0 || $0 == 0xef }) else { return text }
        return text.unicodeScalars.reduce(into: "") { held, scalar in
            let isMissing = scalar.value == 0 || scalar.value == 0xfffe || scalar.value == 0xffff
            held.unicodeScalars.append(isMissing ? "\u{fffd}" : scalar)
        }
    }
}
