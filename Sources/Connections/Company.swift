import Domain
import Foundation
import TerminalIO
import WorkspaceAPI

/// All workspaces that a company token reaches.
public struct Company {
    /// In the API's order.
    public let workspaces: [Workspace]
    /// The endpoint's host; `sandbox` for the sandbox.
    public let host: String
    /// The workspace that the credentials name besides; a row that names none means this one.
    public let fallback: String?
    private let found: FoundCredentials
    private let sandboxName: String?
    private let timeout: Duration
    private let connections: Int
    private let log: RequestLog
    private let console: Console

    /// Asks which workspaces there are.
    ///
    /// - Parameters:
    ///   - sandboxName: what the sandbox is called; nil for the real one.
    ///   - need: what it takes a company token for, to follow *these credentials are for one workspace*.
    /// - Throws: ``CommandFailure`` where the credentials are for one workspace only, or there is no list to trust.
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
            throw CommandFailure(.nothingSent, "these credentials reach no workspace")
        }
    }

    /// Connects to one of them, hands the connection over, and closes it.
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
