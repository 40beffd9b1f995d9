import Foundation

/// An address from a list, converted to the form that mail uses.
///
/// Characters that certainly do not belong to the address are removed. The rest must look like an address: nobody has
/// `❌yu@acme.io`.
public struct WrittenAddress: Hashable, Sendable {
    /// What was changed to get the address from the cell.
    public enum Change: String, Hashable, Sendable, CaseIterable {
        case textMark = "a spreadsheet's text mark (') taken off"
        case quotes = "quotes taken off"
        case link = "a link taken off"
        case name = "a name taken off"
        case mark = "a mark behind the address taken off"
        case width = "full-width characters replaced"
        case domain = "the domain in its ASCII form"
    }

    /// The address.
    public let address: EmailAddress
    /// The changes in the order in which they were made; empty for almost every cell.
    public let changes: [Change]

    /// Reads the text of a cell.
    ///
    /// - Parameters:
    ///   - raw: the cell's text.
    ///   - allowsUnusual: whether to accept characters that mail allows but almost no address has.
    /// - Throws: ``InvalidEmail``, which says what is wrong with it.
    public init(_ raw: String, allowsUnusual: Bool = false) throws(InvalidEmail) {
        if Self.isPlain(raw.utf8) {
            address = try EmailAddress(raw)
            changes = []
            return
        }
        var peel = Peel(EmailAddress.trimmed(raw))
        peel.peel()
        let found = try EmailAddress(peel.text)
        if !allowsUnusual { try Self.check(peel.text) }
        if peel.text.utf8.contains(where: { $0 >= 0x80 }), !peel.text.hasSuffix("@" + found.domain) {
            peel.changes.append(.domain)
        }
        address = found
        changes = peel.changes
    }

    /// Letters and digits with common punctuation between them: nothing to remove or check.
    private static func isPlain(_ bytes: String.UTF8View) -> Bool {
        let isWord = { (byte: UInt8) in (0x61...0x7a).contains(byte | 0x20) || (0x30...0x39).contains(byte) }
        guard let first = bytes.first, let last = bytes.last, isWord(first), isWord(last) else { return false }
        // . _ + - and the @
        return bytes.allSatisfy {
            isWord($0) || $0 == 0x2e || $0 == 0x5f || $0 == 0x2b || $0 == 0x2d || $0 == 0x40
        }
    }

    /// The characters besides letters and digits that addresses have before the `@`.
    private static let punctuation: Set<Unicode.Scalar> = [".", "_", "+", "-", "'", "&", "="]

    /// Checks that each character is one that addresses have, and that each word is of one script: a Cyrillic `а` among
    /// Latin letters makes it the address of another person.
    private static func check(_ text: String) throws(InvalidEmail) {
        guard let at = text.lastIndex(of: "@") else { throw .notAnAddress }
        if text[..<at].lowercased().hasSuffix("#ext#") { throw .guestName }
        let composed = String(text[..<at]).precomposedStringWithCanonicalMapping
        // Canonical composition keeps the invisible characters, which IDNA drops silently.
        let domain = String(text[text.index(after: at)...]).precomposedStringWithCanonicalMapping
        for half in [composed, domain] {
            for scalar in half.unicodeScalars where !isUsual(scalar) { throw .unusual(String(scalar)) }
            guard half == half.precomposedStringWithCompatibilityMapping else { throw .compatibility }
            let words = half.unicodeScalars.split { !$0.properties.isAlphabetic }
            for word in words where !Script.isOne(word) { throw .mixedScripts(String(String.UnicodeScalarView(word))) }
            guard words.count < 2 || Script.isOne(words.joined()) else { throw .mixedScripts(half) }
            // These look the same as Latin letters, whatever script they are.
            if let word = words.first(where: { Script.looksLatin($0) }) {
                throw .mixedScripts(String(String.UnicodeScalarView(word)))
            }
        }
        if let first = composed.unicodeScalars.first, punctuation.contains(first), first != "_" {
            throw .unusual(String(first))
        }
    }

    private static func isUsual(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        case .decimalNumber: scalar.isASCII
        default: punctuation.contains(scalar)
        }
    }
}

/// Removes what surrounds an address, layer by layer.
private struct Peel {
    var text: String
    var changes: [WrittenAddress.Change] = []

    private static let quotes: [(Character, Character)] = [
        ("\"", "\""), ("'", "'"), ("`", "`"), ("“", "”"), ("„", "“"), ("„", "”"), ("”", "”"), ("‘", "’"), ("‚", "‘"),
        ("’", "’"), ("«", "»"), ("»", "«"), ("‹", "›"), ("「", "」"),
    ]

    init(_ text: String) { self.text = text }

    mutating func peel() {
        narrow()
        // A quoted name with a link in a quoted cell is about the maximum.
        for _ in 0..<6 {
            guard let (inner, change) = layer() else { break }
            text = EmailAddress.trimmed(inner)
            if !changes.contains(change) { changes.append(change) }
        }
    }

    /// Replaces full-width characters, which input methods for East Asian text write, by the normal ones.
    private mutating func narrow() {
        let narrowed = text.unicodeScalars.reduce(into: "") { narrow, scalar in
            switch scalar.value {
            case 0xff01...0xff5e: narrow.unicodeScalars.append(Unicode.Scalar(scalar.value - 0xfee0) ?? scalar)
            case 0x3002, 0xff61: narrow += "."
            default: narrow.unicodeScalars.append(scalar)
            }
        }
        guard narrowed != text else { return }
        text = narrowed
        changes.append(.width)
    }

    /// The text without its outermost layer; nil if it has none.
    private func layer() -> (String, WrittenAddress.Change)? {
        guard let first = text.first, let last = text.last, text.count > 2 else { return nil }
        if Self.quotes.contains(where: { $0 == (first, last) }) {
            return (String(text.dropFirst().dropLast()), .quotes)
        }
        if first == "'" || first == "’" { return (String(text.dropFirst()), .textMark) }
        if let link = link() { return (link, .link) }
        if last == ">", let open = text.lastIndex(of: "<") {
            let inner = text[text.index(after: open)...].dropLast()
            // If the name is another address, the cell contains two addresses.
            let name = text[..<open]
            guard !name.contains("@") || EmailAddress.trimmed(String(name)).lowercased() == inner.lowercased() else {
                return nil
            }
            return (String(inner), .name)
        }
        if last == ";" || last == "," || last == "." { return (String(text.dropLast()), .mark) }
        return nil
    }

    /// `mailto:a@b.io?subject=x`, `[text](mailto:a@b.io)`
    private func link() -> String? {
        if let address = Self.mailAddress(in: text) { return address }
        guard text.hasPrefix("["), text.hasSuffix(")"), let middle = text.range(of: "](") else { return nil }
        let target = String(text[middle.upperBound...].dropLast())
        let shown = text[text.index(after: text.startIndex)..<middle.lowerBound]
        // A link that shows one address and leads to another contains two addresses.
        let leads = Self.mailAddress(in: target) ?? target
        return shown.contains("@") && shown.lowercased() != leads.lowercased() ? nil : target
    }

    /// The address in `mailto:a@b.io?subject=x` (RFC 6068); nil for another text.
    private static func mailAddress(in link: String) -> String? {
        link.lowercased().hasPrefix("mailto:") ? String(link.dropFirst(7).prefix { $0 != "?" }) : nil
    }
}
