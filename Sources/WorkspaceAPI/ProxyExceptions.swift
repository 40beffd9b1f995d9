/// `NO_PROXY`, handed on to libcurl (`CURLOPT_NOPROXY`), which compares: names, with all names below them; addresses;
/// networks as `10.0.0.0/8`; and `*`.
///
/// Some forms that other programs know are unknown to libcurl, and are translated: an entry with a port, which counts for
/// an endpoint on that port; `*.example.com`; `*` among others; an IPv6 address in brackets or in another spelling.
struct ProxyExceptions {
    private let entries: [Substring]

    /// Takes entries that are separated by commas or white space.
    init(_ text: String) {
        entries = text.lowercased().split { $0 == "," || $0.isWhitespace }
    }

    /// The entries that count for an endpoint on this port, as libcurl reads them.
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
