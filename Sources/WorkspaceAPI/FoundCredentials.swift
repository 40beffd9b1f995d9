/// The endpoint of a workspace with its credentials.
public struct FoundCredentials: Sendable {
    /// The address of the API.
    public let endpoint: Endpoint
    /// The credentials for it.
    public let credentials: Credentials

    /// Creates a pair of endpoint and credentials.
    public init(endpoint: Endpoint, credentials: Credentials) {
        self.endpoint = endpoint
        self.credentials = credentials
    }

    /// Whether they give access to all workspaces of a company.
    public var isForCompany: Bool { credentials.isForCompany }

    /// The uid of the workspace that a company token is used for; nil for other credentials.
    public var workspaceUID: String? { credentials.workspaceUID }

    /// The same company token for another workspace; nil if the credentials are for one workspace only.
    ///
    /// - Throws: ``InvalidCredentials`` if the uid cannot be sent.
    public func workspace(_ uid: String) throws(InvalidCredentials) -> FoundCredentials? {
        try credentials.workspace(uid).map { FoundCredentials(endpoint: endpoint, credentials: $0) }
    }

    /// The unique name of the workspace, see `WorkspaceIdentity`; for a company token with the uid of the workspace.
    public var workspaceName: String { endpoint.workspaceName(uid: credentials.workspaceUID) }
}
