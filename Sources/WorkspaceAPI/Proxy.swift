import Foundation

/// An HTTP proxy that tunnels to the API (`CONNECT`), with the credentials it asks for.
public struct Proxy: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Its host.
    public let host: String
    /// Its port, 1 to 65,535.
    public let port: Int
    let user: String?
    let password: String?

    /// The proxy that the environment asks for, if any: `https_proxy` or `HTTPS_PROXY`, unless `no_proxy` or
    /// `NO_PROXY` names the endpoint. This machine is never reached through a proxy.
    ///
    /// The lower-case name wins, as it does for curl.
    /// - Throws: why the proxy's address cannot be used.
    public static func chosen(
        for endpoint: Endpoint, in environment: [String: String]
    ) throws(InvalidProxy) -> Proxy? {
        guard !endpoint.isLoopback else { return nil }
        let setting = ["https_proxy", "HTTPS_PROXY"].lazy.compactMap { name in
            environment[name].map { (name, $0) }
        }.first { !$0.1.isEmpty }
        guard let (variable, address) = setting else { return nil }
        let exceptions = environment["no_proxy"] ?? environment["NO_PROXY"] ?? ""
        if ProxyExceptions(exceptions).contain(host: endpoint.host, port: endpoint.port) { return nil }
        return try Proxy(address, variable: variable)
    }

    /// Takes `http://[user[:password]@]host[:port]`; without a scheme it is `http`, without a port 80.
    init(_ address: String, variable: String) throws(InvalidProxy) {
        let trimmed = address.trimmingCharacters(in: .whitespaces)
        let full = trimmed.contains("://") ? trimmed : "http://" + trimmed
        guard let parts = URLComponents(string: full, encodingInvalidCharacters: false) else {
            throw .notAURL(variable: variable)
        }
        guard parts.scheme?.lowercased() == "http" else { throw .scheme(variable: variable) }
        let host = Endpoint.bare(parts.host ?? "")
        let port = parts.port ?? 80
        guard !host.isEmpty, (1...65_535).contains(port) else { throw .notAURL(variable: variable) }
        self.host = host
        self.port = port
        user = parts.user
        password = parts.password
    }

    /// Host and port, never the password.
    public var description: String { "\(host.contains(":") ? "[\(host)]" : host):\(port)" }
    /// The same as ``description``.
    public var debugDescription: String { description }
    /// Nothing to look into.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Why a proxy setting cannot be used. The address is not in it: it may hold a password.
public enum InvalidProxy: Error, Equatable, Sendable, CustomStringConvertible {
    /// Not an address.
    case notAURL(variable: String)
    /// Another kind of proxy than HTTP.
    case scheme(variable: String)

    /// One sentence.
    public var description: String {
        switch self {
        case .notAURL(let variable): "\(variable) is not a proxy's address; it looks like http://proxy.example.com:3128"
        case .scheme(let variable): "\(variable) does not begin with http://, the only kind of proxy that can be used"
        }
    }
}

/// The hosts of `NO_PROXY`: `*`, `host`, `.suffix`, `suffix`, each with an optional `:port`, separated by commas or
/// white space.
struct ProxyExceptions {
    private let entries: [Substring]

    init(_ text: String) {
        entries = text.lowercased().split { $0 == "," || $0.isWhitespace }
    }

    func contain(host: String, port: Int) -> Bool {
        let host = Endpoint.bare(host)
        return entries.contains { entry in
            if entry == "*" { return true }
            let (name, wanted) = Self.split(entry)
            if let wanted, wanted != port { return false }
            let suffix = name.hasPrefix("*.") ? name.dropFirst(2) : name.hasPrefix(".") ? name.dropFirst() : name
            guard !suffix.isEmpty else { return false }
            return host == suffix || host.hasSuffix("." + suffix)
        }
    }

    /// A bare IPv6 address has several colons and no port.
    private static func split(_ entry: Substring) -> (host: Substring, port: Int?) {
        let isBracketed = entry.hasPrefix("[")
        guard let colon = entry.lastIndex(of: ":"), let port = Int(entry[entry.index(after: colon)...]),
            isBracketed ? entry[..<colon].hasSuffix("]") : entry.firstIndex(of: ":") == colon
        else { return (Substring(Endpoint.bare(String(entry))), nil) }
        return (Substring(Endpoint.bare(String(entry[..<colon]))), port)
    }
}
