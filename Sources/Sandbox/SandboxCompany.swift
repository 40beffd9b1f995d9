/// The sandbox's workspaces, which share some people.
///
/// Keys, secrets and workspace tokens open the first; a company token opens the one that it names.
public struct SandboxCompany: Sendable {
    static let first = WorkspaceItem(uid: String(repeating: "a1", count: 32), name: "Acme Analytics")
    static let second = WorkspaceItem(uid: String(repeating: "b2", count: 32), name: "Acme Finance")
    static let workspaces = [first, second]

    /// The workspace that everything but a company token opens.
    public let main: WorkspaceState
    /// The other one.
    public let other: WorkspaceState

    /// Makes both workspaces.
    public init(_ seed: WorkspaceSeed) {
        let roster = seed.roster()
        main = WorkspaceState(roster, Self.first, number: 1)
        other = WorkspaceState(seed.otherRoster(sharing: roster), Self.second, number: 2)
    }

    /// The workspace with a uid; the first for any that is not known.
    func workspace(_ uid: String) -> WorkspaceState { uid == Self.second.uid ? other : main }

    /// How often an invite of each address took effect in either of them.
    var invites: [String: Int] { main.invites.merging(other.invites, uniquingKeysWith: +) }
}
