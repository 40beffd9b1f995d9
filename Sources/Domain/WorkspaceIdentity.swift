import Foundation

/// The unique name of a workspace, for locks, the ledger, plans and reviews, in whatever way its endpoint is written.
///
/// `https://api.example.com:443/a/`, `HTTPS://API.example.com/a` and `https://api.example.com/./a` are one workspace.
/// The values of a query are replaced by the beginning of their SHA-256, because some users put keys there.
public enum WorkspaceIdentity {
    /// The name of the workspace at an address.
    ///
    /// - Parameters:
    ///   - address: an absolute `http` or `https` address.
    ///   - uid: the workspace's uid, where one address serves several workspaces.
    ///   - digest: the SHA-256 of a text, in hexadecimal digits.
    /// - Returns: the address unchanged if it cannot be parsed.
    public static func name(of address: String, uid: String? = nil, digest: (String) -> String) -> String {
        let suffix = uid.map { "#" + $0 } ?? ""
        guard let parts = URLComponents(string: address, encodingInvalidCharacters: false),
            let scheme = parts.scheme?.lowercased(), let written = parts.host, !written.isEmpty
        else { return address + suffix }
        let isStandardPort = parts.port == nil || parts.port == (scheme == "https" ? 443 : 80)
        let port = isStandardPort ? "" : ":\(parts.port ?? 0)"
        let members = parts.percentEncodedQuery.map { query(of: $0, digest: digest) } ?? ""
        return "\(scheme)://\(host(written))\(port)\(path(parts.percentEncodedPath))\(members)\(suffix)"
    }

    /// The current name of a workspace with a name from an earlier version: the address with its port and slashes as
    /// written, without its query, and with `#` and a uid.
    public static func name(formerly text: String) -> String {
        // Names of earlier versions have no query.
        guard text.contains("://"), !text.contains("?") else { return text }
        let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        return name(of: String(parts[0]), uid: parts.count > 1 ? String(parts[1]) : nil) { $0 }
    }

    /// The host in a workspace's name; the name itself where there is none, as for the sandbox.
    public static func host(of name: String) -> String { URLComponents(string: name)?.host ?? name }

    /// A workspace's name without `https://`, for a table.
    public static func short(_ name: String) -> String { name.replacing("https://", with: "") }

    /// Whether two names differ only in the query, which earlier versions omitted.
    public static func isWithoutQuery(_ earlier: String, of name: String) -> Bool {
        guard let start = name.firstIndex(of: "?") else { return false }
        let end = name[start...].firstIndex(of: "#") ?? name.endIndex
        return earlier == name[..<start] + name[end...]
    }

    /// Lower case, without the final dot; an IPv6 address in brackets and its short form. `127.0.0.1` and `::1` become
    /// `localhost`.
    private static func host(_ written: String) -> String {
        var host = written.lowercased()[...]
        if host.hasPrefix("[") && host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        if host.hasSuffix(".") { host = host.dropLast() }
        if host.contains(":"), let short = IPv6Address.canonical(String(host)) {
            return short == "::1" ? "localhost" : "[\(short)]"
        }
        return host == "127.0.0.1" ? "localhost" : String(host)
    }

    /// Without `.` and `..` (RFC 3986, section 5.2.4), as requests are sent, and without slashes at the end.
    private static func path(_ encoded: String) -> String {
        var segments: [Substring] = []
        for segment in plain(encoded).split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
            switch segment {
            case ".": break
            case "..": _ = segments.popLast()
            default: segments.append(segment)
            }
        }
        while segments.last == "" { segments.removeLast() }
        return segments.map { "/" + $0 }.joined()
    }

    /// The members in alphabetical order, each with its name and the beginning of the hash of its value.
    private static func query(of encoded: String, digest: (String) -> String) -> String {
        let members = encoded.split(separator: "&").map { member in
            guard let equals = member.firstIndex(of: "=") else { return "~" + digest(plain(member)).prefix(12) }
            let value = plain(member[member.index(after: equals)...])
            return plain(member[..<equals]) + "=~" + digest(value).prefix(12)
        }
        return members.isEmpty ? "" : "?" + members.sorted().joined(separator: "&")
    }

    /// Percent-encoding in a single form (RFC 3986, section 6.2.2): letters, digits, `-`, `.`, `_` and `~` are not
    /// encoded, and hexadecimal digits are in upper case.
    private static func plain(_ encoded: some StringProtocol) -> String {
        var bytes: [UInt8] = []
        var rest = Array(encoded.utf8)[...]
        while let first = rest.popFirst() {
            guard first == UInt8(ascii: "%"), rest.count >= 2,
                let byte = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            else {
                bytes.append(first)
                continue
            }
            rest = rest.dropFirst(2)
            let isUnreserved =
                byte < 0x80
                && (Character(UnicodeScalar(byte)).isLetter || Character(UnicodeScalar(byte)).isNumber
                    || "-._~".utf8.contains(byte))
            bytes += isUnreserved ? [byte] : Array("%".utf8) + Hexadecimal.text(byte, digits: 2, uppercase: true).utf8
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
