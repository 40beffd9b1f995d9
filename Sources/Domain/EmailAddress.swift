import Foundation

/// A checked address: a local part, an `@`, and a domain that can receive mail.
///
/// The check refuses what a mail server would refuse anyway (RFC 5321 section 4.1.2 and the lengths of 4.5.3.1). It
/// does not implement all of RFC 5322: quoted local parts and address literals are refused, because no list means them.
public struct EmailAddress: Hashable, Sendable, CustomStringConvertible {
    /// The form that mail uses: as written, without surrounding white space, and with the domain in ASCII (IDNA).
    public let text: String
    /// The same for all spellings of one address: lower case, Unicode NFC, the domain in its ASCII form.
    public let key: String

    /// Checks an address.
    ///
    /// - Parameter raw: the cell's text; surrounding white space and zero-width characters are dropped.
    /// - Throws: ``InvalidEmail``, which says what is wrong with it.
    public init(_ raw: String) throws(InvalidEmail) {
        if PlainAddress.isOne(raw) {
            text = raw
            key = Self.lowercased(raw)
            return
        }
        let trimmed = Self.trimmed(raw)
        guard !trimmed.isEmpty else { throw .empty }
        guard trimmed.utf8.count <= 254 else { throw .tooLong }
        guard !trimmed.utf8.contains(where: Self.isSeparator) else { throw .severalAddresses }
        let halves = trimmed.split(separator: "@", omittingEmptySubsequences: false)
        guard halves.count == 2, let local = halves.first, let domain = halves.last else { throw .notAnAddress }
        guard Self.isLocalPart(local) else { throw .notAnAddress }
        guard let host = Self.asciiHost(String(domain)), Self.isHostName(host) else { throw .notADomain }
        // An ASCII address already has that form.
        let isPlain = trimmed.utf8.allSatisfy { $0 < 0x80 }
        text = isPlain ? trimmed : local.precomposedStringWithCanonicalMapping + "@" + host
        key = isPlain ? trimmed.lowercased() : text.lowercased()
    }

    /// The key of an address without its tag: `lena+test@acme.io` → `lena@acme.io`. Mail to both usually reaches one mailbox.
    ///
    /// - Parameter key: as ``key(of:)`` returns it.
    /// - Returns: nil for an address without a tag.
    public static func withoutTag(_ key: String) -> String? {
        guard let at = key.lastIndex(of: "@"), let plus = key[..<at].firstIndex(of: "+"), plus > key.startIndex else {
            return nil
        }
        return String(key[..<plus] + key[at...])
    }

    /// The key of an address from the API, which is kept even if it is not valid.
    public static func key(of raw: String) -> String {
        if raw.utf8.withContiguousStorageIfAvailable(isPlain) == true { return lowercased(raw) }
        if let address = try? EmailAddress(raw) { return address.key }
        return trimmed(raw).lowercased().precomposedStringWithCanonicalMapping
    }

    /// Appends the key of an address from the API, as ``key(of:)`` returns it, in most cases without creating a string.
    public static func appendKey(of raw: UnsafeRawBufferPointer, to bytes: inout [UInt8]) {
        guard isPlain(raw) else {
            bytes.append(contentsOf: key(of: String(decoding: raw, as: UTF8.self)).utf8)
            return
        }
        for byte in raw { bytes.append((0x41...0x5a).contains(byte) ? byte | 0x20 : byte) }
    }

    /// An ASCII text in lower case. Most addresses are in it already, and need no new string.
    private static func lowercased(_ text: String) -> String {
        let hasCapital = text.utf8.withContiguousStorageIfAvailable { $0.contains { (0x41...0x5a).contains($0) } }
        return hasCapital == false ? text : text.lowercased()
    }

    /// Whether the key of a text is the text in lower case: ASCII, with nothing to trim at its ends.
    private static func isPlain(_ raw: some BidirectionalCollection<UInt8>) -> Bool {
        guard let first = raw.first, let last = raw.last, first > 0x20, first < 0x7f, last > 0x20, last < 0x7f else {
            return false
        }
        return raw.allSatisfy { $0 < 0x80 }
    }

    /// The part after the `@`, in lower case and ASCII, for example `acme.io`.
    public var domain: String {
        String(key[key.index(after: key.lastIndex(of: "@") ?? key.startIndex)...])
    }

    /// The address in the form that mail uses.
    public var description: String { text }

    /// Two addresses are the same if their keys are: `Bob@Acme.io` and `bob@acme.io` are one person.
    public static func == (left: EmailAddress, right: EmailAddress) -> Bool { left.key == right.key }

    /// Hashes the key.
    public func hash(into hasher: inout Hasher) { hasher.combine(key) }
}

/// Why a text is not an email address.
public enum InvalidEmail: Error, Equatable, Sendable {
    case empty, tooLong, notAnAddress, notADomain, severalAddresses
    /// It has a character that mail allows but almost no address has.
    case unusual(String)
    /// It is the name of a guest account in Microsoft Entra, not a mailbox: `jan_x.io#EXT#@…`
    case guestName
    /// It has characters that only look like those of an address.
    case compatibility
    /// One of its words has letters of two scripts.
    case mixedScripts(String)

    /// A sentence about the text, for example `"bob@" is not an email address`.
    public func sentence(about raw: String) -> String {
        let quoted = "\"\(Terminal.plain(raw, limit: 80))\""
        return switch self {
        case .empty: "the email address is missing"
        case .tooLong: "\(quoted) is longer than 254 bytes, the maximum length of an email address"
        case .notAnAddress: "\(quoted) is not an email address"
        case .notADomain: "\(quoted) is not an email address: the part after the @ is not a domain name"
        case .severalAddresses: "\(quoted) is not one email address; write one address in each row"
        case .guestName:
            "\(quoted) is the name of a guest account in Microsoft Entra, not an address; use the guest's own address "
                + "instead"
        case .unusual(let character) where character.utf8.count > 1:
            "\(quoted) contains \"\(Terminal.plain(character))\", which addresses do not contain; remove it"
        case .unusual(let character):
            "\(quoted) contains \"\(Terminal.plain(character))\", which is rare in addresses; correct it, or use "
                + "--allow-unusual-addresses"
        case .compatibility:
            "\(quoted) contains characters that only look like those of an address; type it again, or use "
                + "--allow-unusual-addresses"
        case .mixedScripts(let word):
            "\(quoted) mixes letters of two scripts in \"\(Terminal.plain(word, limit: 40))\", as a forged address "
                + "does; type it again, or use --allow-unusual-addresses"
        }
    }
}

extension EmailAddress {
    /// A text without surrounding white space, including no-break spaces, zero-width characters and byte order marks.
    public static func trimmed(_ raw: String) -> String {
        let utf8 = raw.utf8
        // The common case: nothing to trim at either end, all ASCII.
        if let first = utf8.first, let last = utf8.last, first > 0x20, first < 0x7f, last > 0x20, last < 0x7f {
            return raw
        }
        let isBlank = { (scalar: Unicode.Scalar) in
            scalar.properties.isWhitespace || scalar.properties.isDefaultIgnorableCodePoint || scalar.value < 0x20
        }
        var scalars = Substring(raw).unicodeScalars
        while let first = scalars.first, isBlank(first) { scalars.removeFirst() }
        while let last = scalars.last, isBlank(last) { scalars.removeLast() }
        return String(scalars)
    }

    /// `,` `;` `<` `>`
    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == 0x2c || byte == 0x3b || byte == 0x3c || byte == 0x3e
    }

    private static func isLocalPart(_ local: Substring) -> Bool {
        guard !local.isEmpty, local.utf8.count <= 64, local.first != ".", local.last != "." else { return false }
        var previousIsDot = false
        for scalar in local.unicodeScalars {
            let isDot = scalar == "."
            if isDot && previousIsDot { return false }
            previousIsDot = isDot
            if let byte = UInt8(exactly: scalar.value), byte < 0x80 {
                if !isTextOfLocalPart(byte) { return false }
            } else if scalar.properties.isWhitespace || scalar.properties.isDefaultIgnorableCodePoint
                || scalar.value <= 0x9f
            {
                return false
            }
        }
        return true
    }

    /// `atext` and the dot (RFC 5322 section 3.2.3).
    private static func isTextOfLocalPart(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
        // . _ - + ! # $ % & ' * / = ? ^ ` { | } ~
        case 0x2e, 0x5f, 0x2d, 0x2b, 0x21, 0x23...0x27, 0x2a, 0x2f, 0x3d, 0x3f, 0x5e, 0x60, 0x7b...0x7e: true
        default: false
        }
    }

    /// A domain in the form of ``domain``, for example `xn--mnchen-3ya.de` for `@München.de.`; nil if it is not a
    /// domain.
    ///
    /// - Parameter text: the domain, optionally with an `@` or a dot before it and a dot after it.
    public static func canonicalDomain(_ text: String) -> String? {
        // The full-width forms are the same characters to IDNA (UTS #46).
        let around = CharacterSet(charactersIn: "@.＠．。｡")
        let name = trimmed(text).trimmingCharacters(in: around)
        guard let host = asciiHost(name), isHostName(host) else { return nil }
        return host.lowercased()
    }

    /// The domain in ASCII, as IDNA spells it; nil if it has no such form.
    private static func asciiHost(_ domain: String) -> String? {
        if domain.utf8.allSatisfy({ $0 < 0x80 }) { return domain }
        var components = URLComponents()
        components.scheme = "https"
        components.host = domain.precomposedStringWithCanonicalMapping.lowercased()
        return components.url?.host(percentEncoded: false).flatMap { host in
            host.utf8.allSatisfy { $0 < 0x80 } ? host : components.encodedHost
        }
    }

    private static func isHostName(_ host: String) -> Bool {
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, host.utf8.count <= 253 else { return false }
        guard let last = labels.last, last.contains(where: \.isLetter) else { return false }
        return labels.allSatisfy { label in
            !label.isEmpty && label.utf8.count <= 63 && label.first != "-" && label.last != "-"
                && label.utf8.allSatisfy { byte in
                    (0x61...0x7a).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x2d
                }
        }
    }
}
