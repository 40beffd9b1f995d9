/// A part of the credentials; the raw value is the environment variable that contains it (docs/api.md).
public enum CredentialVariable: String, Sendable, CaseIterable {
    /// The address of the API.
    case endpoint = "PARADIME_API_ENDPOINT"
    /// The public part of the API key.
    case key = "PARADIME_API_KEY"
    /// The secret part of the API key, or a token.
    case secret = "PARADIME_API_SECRET"
    /// The workspace that a company token is used for.
    case workspaceUID = "PARADIME_WORKSPACE_UID"

    /// Whether its value must never be shown.
    public var isSecret: Bool { self == .key || self == .secret }
}
