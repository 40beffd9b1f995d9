/// `NO_PROXY` in the form for libcurl (`CURLOPT_NOPROXY`), which compares names including subdomains, addresses,
/// networks such as `10.0.0.0/8`, and `*`.
///
/// Forms that other programs accept but libcurl does not are translated: an entry with a port, which applies to an
/// endpoint on that port; `*.example.com`; `*` among others; an IPv6 address in brackets or in another spelling.
struct ProxyExceptions {
    private let entries: [Substring]

    /// Reads entries that are separated by commas or white space.
    init(_ text: String) {
        entries = text.lowercased().split { $0 == "," || $0.isWhitespace }
    }

    /// The entries for an endpoint on this port, in the form for libcurl.
    func forCurl(port: Int) -> String {
        if entries.contains("*") { return "*" }
        return entries.compactMap { Self.translated($0, port) }.joined(separator: ",")
    }

    private static func translated(_ entry: Substring, _ port: Int) -> String? {
        let (host, wanted) = split(entry)
        if let wanted, wanted != port { return nil }
        if host.contains(":") {
            let address = host.hasPrefix("[") ? String(host) : "[\(host)]"
            return HostName.canonical(address) ?? String(host)
        }
        return String(host.hasPrefix("*.") ? host.dropFirst(2) : host)
    }

    /// A bare IPv6 address has several colons and no port.
    private static func split(_ entry: Substring) -> (host: Substring, port: Int?) {
        let isBracketed = entry.hasPrefix("[")
        guard let colon = entry.lastIndex(of: ":"), let port = Int(entry[entry.index(after: colon)...]),
            isBracketed ? entry[..<colon].hasSuffix("]") : entry.firstIndex(of: ":") == colon
        else { return (entry, nil) }
        return (entry[..<colon], port)
    }
}
