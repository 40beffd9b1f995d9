import Foundation

/// The names of people who prepare, review and approve.
public enum PersonName {
    /// The same for all spellings of one name: lower case, single blanks, Unicode NFC.
    public static func key(of name: String) -> String {
        EmailAddress.trimmed(name).lowercased().precomposedStringWithCanonicalMapping
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
