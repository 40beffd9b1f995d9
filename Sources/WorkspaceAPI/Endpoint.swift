import Domain
import Foundation
import Hashing

/// The address of the API of a workspace: `https`, or `http` on this machine.
public struct Endpoint: Hashable, Sendable, CustomStringConvertible {
    /// The whole address for requests, composed of the checked parts, so that libcurl reads it in the same way.
    let url: String
    /// The host in its canonical form: lower case, without port, an IPv6 address without brackets.
    public let host: String
    /// The port, 1 to 65,535; the default port of the scheme if the address has none.
    public let port: Int
    /// The host, with the port if the address names one: `localhost:8080`.
    public let place: String
    /// Whether it uses TLS.
    public var isEncrypted: Bool { description.hasPrefix("https:") }
    /// Whether the host is this machine, by name or by address.
    public let isLoopback: Bool
    /// Scheme, host, port and path; without the query, because some users put keys there.
    public let description: String

    /// Checks an address; surrounding white space is dropped.
    ///
    /// - Parameter allowsPlain: whether to allow `http` to other machines, for requests without credentials.
    public init(_ text: String, allowsPlain: Bool = false) throws(InvalidEndpoint) {
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
        guard scheme == "https" || isLoopback || allowsPlain else { throw .notEncrypted(host: host) }
        self.host = host
        self.port = port
        let shownHost = host.contains(":") ? "[\(host)]" : host
        place = shownHost + (parts.port.map { ":\($0)" } ?? "")
        description = "\(scheme)://\(place)\(parts.percentEncodedPath)"
        url = description + (parts.percentEncodedQuery.map { "?" + $0 } ?? "")
    }

    /// The unique name of the workspace at the address, see `WorkspaceIdentity`.
    ///
    /// - Parameter uid: the uid of the workspace, if the address is for several.
    public func workspaceName(uid: String?) -> String {
        WorkspaceIdentity.name(of: url, uid: uid) { SHA256Text.of(Data($0.utf8)) }
    }
}

/// Why an address cannot be used as the endpoint.
public enum InvalidEndpoint: Error, Equatable, Sendable, CustomStringConvertible {
    case notAURL, scheme, noHost, host, containsCredentials
    /// Plain `http` to another machine.
    case notEncrypted(host: String)

    /// One sentence, without the address, which may contain a password.
    public var description: String {
        switch self {
        case .notAURL: "the endpoint is not a URL; use the form https://api.example.com/api/v1/abc/graphql"
        case .scheme: "the endpoint does not begin with https://"
        case .noHost: "the endpoint has no host"
        case .host:
            "the host of the endpoint is ambiguous; write a name like api.example.com, without a dot at the end, and "
                + "an IP address like 192.0.2.1 or [2001:db8::1]"
        case .containsCredentials:
            "the endpoint contains a user name or password; remove it, and use PARADIME_API_KEY and PARADIME_API_SECRET"
        case .notEncrypted(let host):
            "the endpoint uses http:// to \(host), which would send the credentials unencrypted; use https://"
        }
    }
}
