import Domain

/// The credentials for the API: a key with its secret, or a bearer token (docs/api.md).
///
/// Printing, interpolating or dumping it shows only its kind.
public struct Credentials: Sendable, Equatable {
    private enum Form: Sendable, Equatable {
        case keyAndSecret(key: String, secret: String)
        case workspaceToken(String)
        /// Without a workspace, it can only list workspaces.
        case companyToken(String, workspace: String?)
    }

    private let form: Form

    /// Creates credentials from the values of the variables, without surrounding white space.
    ///
    /// - Parameters:
    ///   - key: `PARADIME_API_KEY`; not needed and not sent if the secret is a token.
    ///   - secret: `PARADIME_API_SECRET`; a token if it begins with `prdm_wsp_` or `prdm_cmp_`.
    ///   - workspaceUID: `PARADIME_WORKSPACE_UID`; needed only by a company token (`prdm_cmp_`).
    ///   - needsWorkspace: whether a company token without a workspace is refused.
    /// - Throws: which value is missing or cannot be in a header; never the value.
    public init(
        key: String?, secret: String?, workspaceUID: String? = nil, needsWorkspace: Bool = true
    ) throws(InvalidCredentials) {
        let secret = try Self.checked(secret, .secret)
        if secret.hasPrefix("prdm_wsp_") {
            form = .workspaceToken(secret)
        } else if secret.hasPrefix("prdm_cmp_") {
            let isGiven = !Self.trimmed(workspaceUID ?? "").isEmpty
            let workspace = needsWorkspace || isGiven ? try Self.checked(workspaceUID, .workspaceUID) : nil
            form = .companyToken(secret, workspace: workspace)
        } else {
            form = .keyAndSecret(key: try Self.checked(key, .key), secret: secret)
        }
    }

    /// Whether a secret is a token, which needs no key.
    public static func isToken(_ secret: String) -> Bool {
        ["prdm_wsp_", "prdm_cmp_"].contains { trimmed(secret).hasPrefix($0) }
    }

    private static func checked(
        _ raw: String?, _ variable: CredentialVariable
    ) throws(InvalidCredentials) -> String {
        let value = trimmed(raw ?? "")
        guard !value.isEmpty else { throw .missing(variable) }
        // Printable ASCII, which every server and proxy accepts in a header (RFC 9110 section 5.5).
        guard value.utf8.allSatisfy({ (0x20...0x7e).contains($0) }) else { throw .unsendable(variable) }
        return value
    }

    private static func trimmed(_ raw: String) -> String {
        let isBlank = { (character: Character) in character == " " || character == "\t" }
        let start = raw.drop(while: isBlank)
        return String(start.reversed().drop(while: isBlank).reversed())
    }

    /// The headers with the credentials.
    var headers: [(name: String, value: String)] {
        switch form {
        case .keyAndSecret(let key, let secret): [("X-API-KEY", key), ("X-API-SECRET", secret)]
        case .workspaceToken(let token): [("Authorization", "Bearer \(token)")]
        case .companyToken(let token, let workspace):
            [("Authorization", "Bearer \(token)")] + (workspace.map { [("X-Paradime-Workspace", $0)] } ?? [])
        }
    }

    /// Whether they give access to all workspaces of a company.
    var isForCompany: Bool {
        if case .companyToken = form { true } else { false }
    }

    /// The same token for another workspace; nil if it is for one workspace only.
    func workspace(_ uid: String) throws(InvalidCredentials) -> Credentials? {
        guard case .companyToken(let token, _) = form else { return nil }
        return try Credentials(key: nil, secret: token, workspaceUID: uid)
    }

    /// The workspace that a company token is used for; not secret.
    var workspaceUID: String? {
        if case .companyToken(_, let workspace) = form { workspace } else { nil }
    }

    /// What identifies them: the key or, without one, the token. The secret of a key is no part of it.
    var identity: (text: String, isSecret: Bool) {
        switch form {
        case .keyAndSecret(let key, _): (key, false)
        case .workspaceToken(let token), .companyToken(let token, _): (token, true)
        }
    }

    /// The values that must never be shown. The uid of a workspace is not secret.
    var secrets: [String] {
        switch form {
        case .keyAndSecret(let key, let secret): [secret, key]
        case .workspaceToken(let token), .companyToken(let token, _): [token]
        }
    }
}

/// Why values are not valid credentials. Does not contain the values.
public enum InvalidCredentials: Error, Equatable, Sendable, CustomStringConvertible {
    /// It is missing or empty.
    case missing(CredentialVariable)
    /// It contains a character that cannot be sent in a header.
    case unsendable(CredentialVariable)

    /// The invalid part.
    public var variable: CredentialVariable {
        switch self {
        case .missing(let variable), .unsendable(let variable): variable
        }
    }

    /// One sentence, without the value.
    public var description: String { sentence(naming: variable.rawValue) }

    /// One sentence, without the value.
    ///
    /// - Parameter name: the name of the part in its source.
    public func sentence(naming name: String) -> String {
        switch self {
        case .missing(.workspaceUID): "\(name) is not set; a company token needs it"
        case .missing: "\(name) is not set"
        case .unsendable:
            "\(name) contains a line break, a control character or a character outside ASCII, "
                + "which cannot be sent in a header; copy it again"
        }
    }
}

extension Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The kind of credentials, without their value.
    public var description: String {
        switch form {
        case .keyAndSecret: "API key and secret"
        case .workspaceToken: "workspace token"
        case .companyToken: "company token"
        }
    }

    /// The same as ``description``.
    public var debugDescription: String { description }

    /// An empty mirror, because `dump` and test reports use it.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
