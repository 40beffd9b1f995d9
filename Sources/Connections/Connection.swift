import Domain
import Foundation
import TerminalIO
import WorkspaceAPI

/// The API of one workspace, with the name of the workspace in the ledger.
public struct Connection: Sendable {
    /// Makes the requests.
    public let client: WorkspaceClient
    /// The host and path of the endpoint, and the uid of the workspace if known; `sandbox` for the sandbox.
    public let workspace: String
    /// The host of the endpoint; `sandbox` for the sandbox.
    public let host: String
    /// The configured proxy, if any; libcurl decides by NO_PROXY whether it is used.
    public let proxy: Proxy?
    /// Shows the progress of listings.
    let console: Console

    /// Connects with the given credentials.
    ///
    /// - Parameters:
    ///   - name: the name of the workspace; nil for the name from the endpoint.
    ///   - timeout: the timeout for a response.
    ///   - connections: the maximum number of requests in flight, 1 or more.
    /// - Throws: ``CommandFailure`` if the certificates, the proxy or the HTTP library cannot be used.
    public init(
        _ found: FoundCredentials, named name: String? = nil, timeout: Duration, connections: Int, log: RequestLog,
        console: Console
    ) throws {
        self.console = console
        let environment = ProcessInfo.processInfo.environment
        let certificates = found.endpoint.isEncrypted ? TrustedCertificates(environment: environment) : .system
        if let problem = HTTPLibrary.problem ?? certificates.problem { throw CommandFailure(.nothingSent, problem) }
        do {
            proxy = try Proxy.chosen(for: found.endpoint, in: environment)
        } catch {
            throw CommandFailure(.nothingSent, "\(error)")
        }
        client = WorkspaceClient(
            endpoint: found.endpoint, credentials: found.credentials, proxy: proxy, timeout: timeout,
            connections: connections, certificates: certificates, version: programVersion, log: log)
        workspace = name ?? found.workspaceName
        host = name ?? found.endpoint.host
    }

    /// Checks that a plan or a run is for this workspace. Earlier versions omitted the query from the name of a
    /// workspace, so for such a name the user has to confirm that it is this workspace, even with `--yes`.
    ///
    /// - Parameters:
    ///   - name: the workspace that it was made for, possibly as named by an earlier version.
    ///   - what: the plan or run in messages, `run 3`.
    /// - Throws: ``CommandFailure`` if it is for another workspace, or the user does not confirm it.
    public func check(isFor name: String, _ what: String, _ console: Console) throws {
        let name = WorkspaceIdentity.name(formerly: name)
        if name == workspace { return }
        guard WorkspaceIdentity.isWithoutQuery(name, of: workspace) else {
            throw CommandFailure(
                .nothingSent, code: .wrongWorkspace,
                "\(what) belongs to \(Terminal.plain(name)), but these credentials are for "
                    + "\(Terminal.plain(workspace)); nothing was sent")
        }
        console.say("An earlier version of rollcall made \(what) for \(Terminal.plain(name)), without a query.")
        if Prompt.ask("Is it for \(Terminal.plain(workspace))?", console: console) == .yes { return }
        throw CommandFailure(
            .nothingSent, code: .wrongWorkspace,
            "\(what) was made for \(Terminal.plain(name)); confirm at a terminal that this is "
                + "\(Terminal.plain(workspace)); nothing was sent")
    }

    /// Passes the connection to `body` and closes it in any case.
    public func use<Value>(_ body: (Connection) async throws -> Value) async throws -> Value {
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
