import Domain
import Foundation
import TerminalIO
import WorkspaceAPI

/// All workspaces that a company token gives access to.
public struct Company {
    /// In the API's order.
    public let workspaces: [Workspace]
    /// The endpoint's host; `sandbox` for the sandbox.
    public let host: String
    /// The workspace in the credentials, which is used for rows without a workspace; nil if there is none.
    public let fallback: String?
    private let found: FoundCredentials
    private let sandboxName: String?
    private let timeout: Duration
    private let connections: Int
    private let log: RequestLog
    private let console: Console

    /// Lists the workspaces.
    ///
    /// - Parameters:
    ///   - sandboxName: the name of the sandbox; nil for a real company.
    ///   - need: what needs the company token; follows *these credentials are for one workspace;*.
    /// - Throws: ``CommandFailure`` if the credentials are for one workspace only, or the list is not usable.
    public init(
        _ found: FoundCredentials, sandboxName: String?, need: String, timeout: Duration, connections: Int,
        log: RequestLog,
        console: Console
    ) async throws {
        guard found.isForCompany else {
            throw CommandFailure(
                .nothingSent,
                "these credentials are for one workspace; \(need) a company token, which begins with prdm_cmp_")
        }
        self.found = found
        self.sandboxName = sandboxName
        self.timeout = timeout
        self.connections = connections
        self.log = log
        self.console = console
        host = sandboxName ?? found.endpoint.host
        fallback = found.workspaceUID
        let listing = try Connection(found, timeout: timeout, connections: 1, log: log, console: console)
        workspaces = try await listing.use { connection in
            do {
                return try await console.during(StageCounter("Listing workspaces")) {
                    try await connection.client.listWorkspaces()
                }
            } catch let failure as ListingFailure {
                throw CommandFailure(failure)
            }
        }
        guard !workspaces.isEmpty else {
            throw CommandFailure(.nothingSent, "these credentials give access to no workspace")
        }
    }

    /// Connects to one of them, passes the connection to `body`, and closes it.
    public func connect<Value>(
        to workspace: Workspace, _ body: (Connection) async throws -> Value
    ) async throws -> Value {
        guard let credentials = try? found.workspace(workspace.uid) else {
            throw CommandFailure(
                .nothingSent, "the uid of workspace \(Terminal.plain(workspace.name)) cannot be sent in a header")
        }
        return try await Connection(
            credentials, named: sandboxName.map { "\($0)#\(workspace.uid)" }, timeout: timeout,
            connections: connections, log: log, console: console
        ).use(body)
    }
}
