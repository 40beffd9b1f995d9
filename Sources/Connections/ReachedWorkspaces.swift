import Domain
import Foundation
import TerminalIO
import WorkspaceAPI

/// The workspaces that credentials reach, with how many accounts each has.
public struct ReachedWorkspaces: Sendable {
    /// A workspace.
    public struct Entry: Sendable {
        /// The workspace's uid; nil for credentials of one workspace, whose uid the API does not tell.
        public let uid: String?
        /// The name that the API gives, or else the endpoint's.
        public let name: String
        /// How many active users there are; nil if they were not counted.
        public let users: Int?
        /// How many invitations there are; nil if they were not counted.
        public let invites: Int?

        /// `Acme Finance (ws_1): 20 active users, 3 invitations`
        public var line: String {
            let counts = users.map { ": \($0.counted("active user")), \((invites ?? 0).counted("invitation"))" } ?? ""
            return name + (uid.map { " (\($0))" } ?? "") + counts
        }
    }

    /// In the API's order.
    public let workspaces: [Entry]
    /// Whether the credentials are a company token, for which a workspace has to be chosen.
    public let isCompany: Bool

    /// Accounts are counted in so many workspaces, one request each.
    private static let counted = 50

    /// Requests the workspaces, and the user list of each.
    ///
    /// - Throws: ``CommandFailure``.
    public static func find(with found: FoundCredentials, _ console: Console) async throws -> ReachedWorkspaces {
        let log = RequestLog(detail: .off) { _ in }
        guard found.isForCompany else {
            let connection = try Connection(found, timeout: timeout, connections: 1, log: log, console: console)
            let probe: Probe = try await connection.use { try await Self.probe($0, console) }
            let entry = Entry(uid: nil, name: connection.workspace, users: probe.users, invites: probe.invites)
            return ReachedWorkspaces(workspaces: [entry], isCompany: false)
        }
        let company = try await Company(
            found, sandboxName: nil, need: "a list of workspaces needs", timeout: timeout, connections: 1, log: log,
            console: console)
        var entries: [Entry] = []
        for (place, workspace) in company.workspaces.enumerated() {
            var found: Probe?
            if place < counted {
                found = try await company.connect(to: workspace) { connection -> Probe in
                    try await probe(connection, console)
                }
            }
            entries.append(
                Entry(uid: workspace.uid, name: workspace.name, users: found?.users, invites: found?.invites))
        }
        return ReachedWorkspaces(workspaces: entries, isCompany: true)
    }

    private static let timeout = Duration.seconds(30)

    private static func probe(_ connection: Connection, _ console: Console) async throws -> Probe {
        try await console.during(StageCounter("Listing users")) {
            do throws(ListingFailure) {
                return try await connection.client.probe()
            } catch {
                throw CommandFailure(error)
            }
        }
    }
}
