import Domain
import Foundation
import Hashing

/// Where a workspace's API is: an `https` address, or an `http` one on this machine.
public struct Endpoint: Hashable, Sendable, CustomStringConvertible {
    /// The whole address, as requests go to it: put together from what was checked, so that libcurl reads the same.
    let url: String
    /// The host in its canonical form: lower case, no port, an IPv6 address without its brackets.
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
        guard let written = parts.encodedHost, !written.isEmpty else { throw .noHost }
        guard let host = HostName.canonical(written) else { throw .host }
        let port = parts.port ?? (scheme == "https" ? 443 : 80)
        guard (1...65_535).contains(port), parts.fragment == nil else { throw .notAURL }
        isLoopback = HostName.isLoopback(host)
        guard scheme == "https" || isLoopback else { throw .notEncrypted(host: host) }
        self.host = host
        self.port = port
        let shownHost = host.contains(":") ? "[\(host)]" : host
        description = "\(scheme)://\(shownHost)\(parts.port.map { ":\($0)" } ?? "")\(parts.percentEncodedPath)"
        url = description + (parts.percentEncodedQuery.map { "?" + $0 } ?? "")
    }

    /// The one name of the workspace behind the address, see `WorkspaceIdentity`.
    ///
    /// - Parameter uid: the workspace's uid, where one address serves several.
    public func workspaceName(uid: String?) -> String {
        WorkspaceIdentity.name(of: url, uid: uid) { SHA256Text.of(Data($0.utf8)) }
    }
}

/// Why an address cannot be the API's.
public enum InvalidEndpoint: Error, Equatable, Sendable, CustomStringConvertible {
    case notAURL, scheme, noHost, host, containsCredentials
    /// Plain `http` to another machine.
    case notEncrypted(host: String)

    /// One sentence. The address is not in it: it may hold a password.
    public var description: String {
        switch self {
        case .notAURL: "the endpoint is not a URL; it looks like https://api.example.com/api/v1/abc/graphql"
        case .scheme: "the endpoint does not begin with https://"
        case .noHost: "the endpoint names no host"
        case .host:
            "the endpoint's host can be read in more than one way; write a name as api.example.com, without a dot at its "
                + "end, and an IP address as 192.0.2.1 or [2001:db8::1]"
        case .containsCredentials:
            "the endpoint holds a user name or password; take it out and use PARADIME_API_KEY and PARADIME_API_SECRET"
        case .notEncrypted(let host):
            "the endpoint uses http:// to \(host), which would send the credentials in the clear; use https://"
        }
    }
}
