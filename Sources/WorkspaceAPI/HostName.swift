import Domain

/// Brings hosts into one form, so that this program and libcurl resolve a text to the same machine.
enum HostName {
    /// The host of an address in its canonical form: lower case, an IPv4 address as four numbers, an IPv6 address as in
    /// RFC 5952 and without brackets.
    ///
    /// nil for every other form: libcurl reads `127.1`, `0x7f.0.0.1` and `2130706433` as 127.0.0.1, but other programs
    /// as names; `[::ffff:127.0.0.1]` is an IPv4 address; and `localhost.` may differ from `localhost`.
    static func canonical(_ host: String) -> String? {
        if host.hasPrefix("["), host.hasSuffix("]") {
            return IPv6Address.canonical(String(host.dropFirst().dropLast())).flatMap { $0.contains(".") ? nil : $0 }
        }
        let name = host.lowercased()
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        guard name.utf8.count <= 253, labels.allSatisfy(isLabel) else { return nil }
        // A host that ends in a number is an IPv4 address (WHATWG URL Standard, "ends in a number checker").
        return labels.last.map(isNumber) == true && !isIPv4(labels) ? nil : name
    }

    /// Whether a canonical host is this machine, by name or by address.
    static func isLoopback(_ host: String) -> Bool {
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        return host == "localhost" || host == "::1" || (labels.first == "127" && isIPv4(labels))
    }

    /// Letters, digits, hyphens, and underscores, which internal names contain.
    private static func isLabel(_ label: Substring) -> Bool {
        !label.isEmpty && label.utf8.count <= 63
            && label.utf8.allSatisfy {
                (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2d || $0 == 0x5f
            }
    }

    private static func isNumber(_ label: Substring) -> Bool {
        if label.hasPrefix("0x") { return label.dropFirst(2).allSatisfy(\.isHexDigit) }
        return label.allSatisfy(\.isNumber)
    }

    /// Four numbers of one byte, without leading zeros, which some programs read as octal.
    private static func isIPv4(_ labels: [Substring]) -> Bool {
        labels.count == 4 && labels.allSatisfy { label in UInt8(label).map(String.init) == String(label) }
    }
}
