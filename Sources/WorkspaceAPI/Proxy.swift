import Foundation

/// An HTTP proxy that tunnels to the API (`CONNECT`), with its credentials.
public struct Proxy: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Its host.
    public let host: String
    /// Its port, 1 to 65,535.
    public let port: Int
    /// The environment variable with its address, for example `HTTPS_PROXY`.
    public let variable: String
    /// The hosts that are reached without it, in the form that libcurl reads; see ``ProxyExceptions``.
    let exceptions: String
    let user: String?
    let password: String?

    /// The proxy in the environment, if any: `https_proxy` or `HTTPS_PROXY`, or `http_proxy` for `http`. libcurl decides whether `no_proxy` or
    /// `NO_PROXY` excludes the endpoint. This machine is never reached through a proxy.
    ///
    /// The lower-case name has priority, as for curl.
    ///
    /// - Throws: ``InvalidProxy``.
    public static func chosen(
        for endpoint: Endpoint, in environment: [String: String]
    ) throws(InvalidProxy) -> Proxy? {
        guard !endpoint.isLoopback else { return nil }
        // curl does not read HTTP_PROXY, which a web server sets to a header of its client (CVE-2016-5385).
        let names = endpoint.isEncrypted ? ["https_proxy", "HTTPS_PROXY"] : ["http_proxy"]
        let setting = names.lazy.compactMap { name in
            environment[name].map { (name, $0) }
        }.first { !$0.1.isEmpty }
        guard let (variable, address) = setting else { return nil }
        let exceptions = environment["no_proxy"] ?? environment["NO_PROXY"] ?? ""
        return try Proxy(
            address, variable: variable, exceptions: ProxyExceptions(exceptions).forCurl(port: endpoint.port))
    }

    /// Reads `http://[user[:password]@]host[:port]`; the default scheme is `http`, the default port 80.
    init(_ address: String, variable: String, exceptions: String = "") throws(InvalidProxy) {
        let trimmed = address.trimmingCharacters(in: .whitespaces)
        let full = trimmed.contains("://") ? trimmed : "http://" + trimmed
        guard let parts = URLComponents(string: full, encodingInvalidCharacters: false) else {
            throw .notAURL(variable: variable)
        }
        guard parts.scheme?.lowercased() == "http" else { throw .scheme(variable: variable) }
        let host = Self.bare(parts.host ?? "")
        let port = parts.port ?? 80
        guard !host.isEmpty, (1...65_535).contains(port) else { throw .notAURL(variable: variable) }
        // libcurl would end the text at a NUL; other control characters are mistakes.
        guard !((parts.user ?? "") + (parts.password ?? "")).utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) else {
            throw .notAURL(variable: variable)
        }
        self.host = host
        self.port = port
        user = parts.user
        password = parts.password
        self.variable = variable
        self.exceptions = exceptions
    }

    /// In lower case, without brackets and the final dot.
    private static func bare(_ host: String) -> String {
        var host = host.lowercased()[...]
        if host.hasPrefix("[") && host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        if host.hasSuffix(".") { host = host.dropLast() }
        return String(host)
    }

    /// The setting in words: `HTTPS_PROXY is proxy:3128, and NO_PROXY is set`.
    public var setting: String { "\(variable) is \(self)" + (exceptions.isEmpty ? "" : ", and NO_PROXY is set") }

    /// Host and port, never the password.
    public var description: String { "\(host.contains(":") ? "[\(host)]" : host):\(port)" }
    /// The same as ``description``.
    public var debugDescription: String { description }
    /// An empty mirror, because the proxy contains a password.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Why a proxy setting cannot be used. Does not contain the address, which may include a password.
public enum InvalidProxy: Error, Equatable, Sendable, CustomStringConvertible {
    /// Not an address.
    case notAURL(variable: String)
    /// Not an HTTP proxy.
    case scheme(variable: String)

    /// One sentence.
    public var description: String {
        switch self {
        case .notAURL(let variable): "\(variable) is not a proxy address; use the form http://proxy.example.com:3128"
        case .scheme(let variable): "\(variable) does not begin with http://; only HTTP proxies are supported"
        }
    }
}
