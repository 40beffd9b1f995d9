import Foundation

/// The names of people who prepare, review and approve.
public enum PersonName {
    /// The same for all spellings of one name: lower case, single blanks, Unicode NFC.
    public static func key(of name: String) -> String {
        if isPlain(name.utf8) { return name.lowercased() }
        let lower = EmailAddress.trimmed(name).lowercased()
        // Below the first combining mark, every text is composed already (UAX #15, quick check), and most names are.
        let isComposed = lower.unicodeScalars.allSatisfy { $0.value < 0x300 }
        return (isComposed ? lower : lower.precomposedStringWithCanonicalMapping)
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Whether the key of a name is the name in lower case: printable ASCII, with single blanks between words. Splitting
    /// such names into words was half of the time of indexing 100,000 people.
    private static func isPlain(_ name: some Collection<UInt8>) -> Bool {
        let blank = UInt8(ascii: " ")
        var last = blank
        for byte in name {
            guard byte > blank || last != blank, byte >= blank, byte < 0x7f else { return false }
            last = byte
        }
        return last != blank
    }

    /// The same for all spellings of one name, and for both orders: `Hopper, Grace` is `grace hopper`.
    public static func keyInOrder(of name: String) -> String {
        let key = key(of: name)
        guard key.utf8.contains(UInt8(ascii: ",")) else { return key }
        let parts = key.split(separator: ",").map { EmailAddress.trimmed(String($0)) }
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } ? parts[1] + " " + parts[0] : key
    }

    /// Whether two names are those of one person.
    public static func areSame(_ name: String, _ other: String) -> Bool { key(of: name) == key(of: other) }
}
