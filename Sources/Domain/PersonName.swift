import Foundation

/// The names of people who prepare, review and approve.
public enum PersonName {
    /// The same for all spellings of one name: lower case, single blanks, Unicode NFC.
    public static func key(of name: String) -> String {
        EmailAddress.trimmed(name).lowercased().precomposedStringWithCanonicalMapping
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Whether two names are those of one person.
    public static func areSame(_ name: String, _ other: String) -> Bool { key(of: name) == key(of: other) }
}
