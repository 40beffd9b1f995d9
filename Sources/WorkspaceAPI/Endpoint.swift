import Domain
import Foundation
import Hashing

/// Where a workspace's API is: an `https` address, or an `http` one on this machine.
public struct Endpoint: Hashable, Sendable, CustomStringConvertible {
    /// The whole address, as requests go to it.
    let url: String
    /// The host as reports name it: lower case, no port, an IPv6 address without its brackets.
    public let host: String
    /// The port, the scheme's own where the address has none; 1 to 65,535.
    public let port: Int
    /// Whether it is reached by TLS.
    public var isEncrypted: Bool { description.hasPrefix("https:") }
    /// Whether the host is this machine, by name or by address.
    public let isLoopback: Bool
    /// Scheme, host, port and path; a query is left out, because some people put keys there.
    public let description: String

    /// Checks and takes an address; white space around it is dropped.
    public init(_ text: String) throws(InvalidEndpoint) {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !trimmed.isEmpty, let parts = URLComponents(string: trimmed, encodingInvalidCharacters: false) else {
            throw .notAURL
        }
        guard let scheme = parts.scheme?.lowercased() else { throw .notAURL }
        guard scheme == "https" || scheme == "http" else { throw .scheme }
        guard parts.user == nil, parts.password == nil else { throw .containsCredentials }
        let host = Self.bare(parts.host ?? "")
        guard !host.isEmpty else { throw .noHost }
        let port = parts.port ?? (scheme == "https" ? 443 : 80)
        guard (1...65_535).contains(port), parts.fragment == nil else { throw .notAURL }
        isLoopback = Self.isLoopback(host)
        guard scheme == "https" || isLoopback else { throw .notEncrypted(host: host) }
        url = trimmed
        self.host = host
        self.port = port
        let shownHost = host.contains(":") ? "[\(host)]" : host
        description = "\(scheme)://\(shownHost)\(parts.port.map { ":\($0)" } ?? "")\(parts.percentEncodedPath)"
    }

    /// The one name of the workspace behind the address, see `WorkspaceIdentity`.
    ///
    /// - Parameter uid: the workspace's uid, where one address serves several.
    public func workspaceName(uid: String?) -> String {
        WorkspaceIdentity.name(of: url, uid: uid) { SHA256Text.of(Data($0.utf8)) }
    }

    /// A host as it is compared: lower case, without brackets and the root's dot.
    static func bare(_ host: String) -> String {
        var host = host.lowercased()[...]
        if host.hasPrefix("[") && host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        if host.hasSuffix(".") { host = host.dropLast() }
        return String(host)
    }

    /// `localhost`, 127.0.0.0/8 written as four numbers, `::1`; `127.0.0.1.example.com` is somebody else's.
    private static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil && !$0.hasPrefix("+") }
    }
}

/// Why an address cannot be the API's.
public enum InvalidEndpoint: Error, Equatable, Sendable, CustomStringConvertible {
    case notAURL, scheme, noHost, containsCredentials
    /// Plain `http` to another machine.
    case notEncrypted(host: String)

    /// One sentence. The address is not in it: it may hold a password.
    public var description: String {
        switch self {
        case .notAURL: "the endpoint is not a URL; it looks like https://api.example.com/api/v1/abc/graphql"
        case .scheme: "the endpoint does not begin with https://"
        case .noHost: "the endpoint names no host"
        case .containsCredentials:
            "the endpoint holds a user name or password; take it out and use PARADIME_API_KEY and PARADIME_API_SECRET"
        case .notEncrypted(let host):
            "the endpoint uses http:// to \(host), which would send the credentials in the clear; use https://"
        }
    }
}
