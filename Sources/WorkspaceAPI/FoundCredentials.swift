/// Where a workspace's API is, with what opens it.
public struct FoundCredentials: Sendable {
    /// Where the API is.
    public let endpoint: Endpoint
    /// What opens it.
    public let credentials: Credentials

    /// Takes what was found.
    public init(endpoint: Endpoint, credentials: Credentials) {
        self.endpoint = endpoint
        self.credentials = credentials
    }

    /// Whether they open all of a company's workspaces.
    public var isForCompany: Bool { credentials.isForCompany }

    /// The uid of the workspace that a company token is used for; nil for other credentials.
    public var workspaceUID: String? { credentials.workspaceUID }

    /// The same company token for another of its workspaces; nil where the credentials are for one workspace only.
    ///
    /// - Throws: why the uid cannot be sent.
    public func workspace(_ uid: String) throws(InvalidCredentials) -> FoundCredentials? {
        try credentials.workspace(uid).map { FoundCredentials(endpoint: endpoint, credentials: $0) }
    }

    /// The one name of the workspace, see `WorkspaceIdentity`; for a company token with the workspace's uid.
    public var workspaceName: String { endpoint.workspaceName(uid: credentials.workspaceUID) }
}
