/// The workspaces of the sandbox, which share some people.
///
/// Keys, secrets and workspace tokens are for the first workspace; a company token is for the workspace in its header.
public struct SandboxCompany: Sendable {
    static let first = WorkspaceItem(uid: String(repeating: "a1", count: 32), name: "Acme Analytics")
    static let second = WorkspaceItem(uid: String(repeating: "b2", count: 32), name: "Acme Finance")
    static let workspaces = [first, second]

    /// The workspace for all credentials except a company token.
    public let main: WorkspaceState
    /// The second workspace.
    public let other: WorkspaceState

    /// Creates both workspaces.
    public init(_ seed: WorkspaceSeed) {
        let roster = seed.roster()
        main = WorkspaceState(roster, Self.first, number: 1)
        other = WorkspaceState(seed.otherRoster(sharing: roster), Self.second, number: 2)
    }

    /// The workspace with a uid; the first one for an unknown uid.
    func workspace(_ uid: String) -> WorkspaceState { uid == Self.second.uid ? other : main }

    /// The number of times that an invitation took effect in either workspace, by address.
    var invites: [String: Int] { main.invites.merging(other.invites, uniquingKeysWith: +) }
}
