import Domain
import Foundation
import TerminalIO
import WorkspaceAPI

/// The API of one workspace, with the name that the ledger knows the workspace by.
public struct Connection: Sendable {
    /// Makes the requests.
    public let client: WorkspaceClient
    /// The endpoint's host and path, and the workspace's uid where it is known; `sandbox` for the sandbox.
    public let workspace: String
    /// The endpoint's host; `sandbox` for the sandbox.
    public let host: String
    /// The proxy that is set, if any; whether it is used, libcurl decides by NO_PROXY.
    public let proxy: Proxy?
    /// Where it is told how far a listing is.
    let console: Console

    /// Connects with credentials that were found.
    ///
    /// - Parameters:
    ///   - name: the workspace's name; nil for the one that the endpoint gives it.
    ///   - timeout: how long to wait for an answer.
    ///   - connections: how many requests are on their way at once, 1 or more.
    /// - Throws: ``CommandFailure`` where the certificates, the proxy or the HTTP library cannot be used.
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

    /// Makes sure that a plan or a run is for this workspace. Earlier versions left the query out of a workspace's name:
    /// whether that is this one, nobody but the user knows, so it is asked, even with `--yes`.
    ///
    /// - Parameters:
    ///   - name: the workspace that it was made for, perhaps as an earlier version named it.
    ///   - what: what it is called, `run 3`.
    /// - Throws: ``CommandFailure`` where it is for another workspace, or nobody says that it is for this one.
    public func check(isFor name: String, _ what: String, _ console: Console) throws {
        let name = WorkspaceIdentity.name(formerly: name)
        if name == workspace { return }
        guard WorkspaceIdentity.isWithoutQuery(name, of: workspace) else {
            throw CommandFailure(
                .nothingSent,
                "\(what) belongs to \(Terminal.plain(name)), and these credentials to \(Terminal.plain(workspace)); nothing "
                    + "was sent")
        }
        console.say("An earlier version of rollcall made \(what) for \(Terminal.plain(name)), without a query.")
        if Prompt.ask("Is it for \(Terminal.plain(workspace))?", console: console) == .yes { return }
        throw CommandFailure(
            .nothingSent,
            "\(what) was made for \(Terminal.plain(name)), and whether that is \(Terminal.plain(workspace)) has to be "
                + "confirmed at a terminal; nothing was sent")
    }

    /// Hands the connection over and closes it, whatever happens.
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
