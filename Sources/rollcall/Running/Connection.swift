import Domain
import Foundation
import WorkspaceAPI

/// The API of one workspace, with the name that the ledger knows the workspace by.
struct Connection {
    let client: WorkspaceClient
    /// The endpoint's host and path, and the workspace's uid where it is known; `sandbox` for the sandbox.
    let workspace: String
    /// The endpoint's host; `sandbox` for the sandbox.
    let host: String
    /// What is between, if anything.
    let proxy: Proxy?
    /// Where it is told how far a listing is.
    let console: Console

    init(
        _ found: FoundCredentials, named name: String? = nil, timeout: Duration, connections: Int, log: RequestLog,
        console: Console
    ) throws {
        self.console = console
        if let problem = HTTPLibrary.problem { throw CommandFailure(.nothingSent, problem) }
        do {
            proxy = try Proxy.chosen(for: found.endpoint, in: ProcessInfo.processInfo.environment)
        } catch {
            throw CommandFailure(.nothingSent, "\(error)")
        }
        client = WorkspaceClient(
            endpoint: found.endpoint, credentials: found.credentials, proxy: proxy, timeout: timeout,
            connections: connections, certificates: ProcessInfo.processInfo.environment["SSL_CERT_FILE"],
            version: programVersion, log: log)
        workspace = name ?? found.workspaceName
        host = name ?? found.endpoint.host
    }

    /// Hands the connection over and closes it, whatever happens.
    func use<Value>(_ body: (Connection) async throws -> Value) async throws -> Value {
        do {
            let value = try await body(self)
            try? await client.shutdown()
            return value
        } catch {
            try? await client.shutdown()
            throw error
        }
    }
}
