/// A part of what opens the API; the raw value is the environment variable that holds it (docs/api.md).
public enum CredentialVariable: String, Sendable, CaseIterable {
    /// Where the API is.
    case endpoint = "PARADIME_API_ENDPOINT"
    /// The key's public half.
    case key = "PARADIME_API_KEY"
    /// The key's secret half, or a token.
    case secret = "PARADIME_API_SECRET"
    /// Which workspace a company token means.
    case workspaceUID = "PARADIME_WORKSPACE_UID"

    /// Whether its value is never to be shown.
    public var isSecret: Bool { self == .key || self == .secret }
}
