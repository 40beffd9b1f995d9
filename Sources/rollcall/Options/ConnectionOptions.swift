import ArgumentParser
import Connections
import Domain
import Foundation
import Runs
import Sandbox
import Settings
import TerminalIO
import WorkspaceAPI

/// Which workspace a command speaks to.
struct ConnectionOptions: ParsableArguments {
    /// What help calls these options.
    static let title = "Connection"

    @Flag(help: "Use a built-in mock workspace instead of the API.")
    var sandbox = false

    @Flag(help: "Accept an empty user list even if earlier snapshots had users.")
    var allowEmpty = false

    @Option(
        help: ArgumentHelp(
            "Log each request to standard error.", valueName: "level"))
    var logLevel: RequestLog.Detail = .off

    /// The name of the workspace, without asking it.
    func workspaceName(_ settings: UserSettings, _ console: Console) async throws -> String {
        if sandbox { return Self.sandboxName }
        let source = try asCommandFailure { try settings.connection() }
        // Only a company token has a workspace in its name; where there can be none, no secret is fetched.
        guard source.origin(of: .workspaceUID) == nil else { return try await source.found(console).workspaceName }
        return try await source.endpoint(in: source.fetched([.endpoint], console)).workspaceName(uid: nil)
    }

    fileprivate static let sandboxName = Practice.workspace

    /// Connects, passes the connection to `body`, and closes it.
    ///
    /// - Parameter workspace: the name of the workspace that is meant, which a company token is then used for.
    func connect<Value>(
        _ settings: UserSettings, to workspace: String? = nil, timeout: Duration = .seconds(30), connections: Int = 1,
        console: Console, body: (Connection) async throws -> Value
    ) async throws -> Value {
        try await connect(
            sandbox ? nil : found(settings, for: workspace, console), sandboxed: workspace, timeout: timeout,
            connections: connections, console: console, body: body)
    }

    /// Opens as many connections as a run needs, passes them to `body`, and closes them.
    func connect(
        _ settings: UserSettings, to workspace: String?, pace: Pace, console: Console,
        body: (Connection) async throws -> Void
    ) async throws {
        try await connect(
            settings, to: workspace, timeout: .seconds(pace.timeout), connections: pace.concurrency, console: console,
            body: body)
    }

    /// Connects with known credentials, passes the connection to `body`, and closes it.
    ///
    /// - Parameters:
    ///   - found: nil for the sandbox.
    ///   - sandboxed: the name of the workspace that is meant in the sandbox; nil for its first one.
    func connect<Value>(
        _ found: FoundCredentials?, sandboxed: String? = nil, timeout: Duration = .seconds(30), connections: Int = 1,
        console: Console,
        body: (Connection) async throws -> Value
    ) async throws -> Value {
        let log = RequestLog(detail: logLevel) { console.complain($0) }
        if let found {
            return try await Connection(
                found, timeout: timeout, connections: connections, log: log, console: console
            ).use(body)
        }
        return try await SandboxServer.withServer { url, _ in
            let meant = try sandboxed.flatMap { try FoundCredentials.sandbox(at: url, workspace: $0) }
            let connection = try Connection(
                meant ?? .sandbox(at: url), named: meant == nil ? Self.sandboxName : sandboxed, timeout: timeout,
                connections: connections, log: log, console: console)
            return try await connection.use(body)
        }
    }

    /// Connects to all workspaces of a company, passes them to `body`, and closes all connections.
    ///
    /// - Throws: ``CommandFailure`` where the credentials are for one workspace only.
    func connectToCompany<Value>(
        _ settings: UserSettings, need: String = "to review all workspaces, use", pace: Pace? = nil, console: Console,
        body: (Company) async throws -> Value
    ) async throws -> Value {
        let log = RequestLog(detail: logLevel) { console.complain($0) }
        let company = { (found: FoundCredentials, sandboxName: String?) in
            try await Company(
                found, sandboxName: sandboxName, need: need, timeout: .seconds(pace?.timeout ?? 30),
                connections: pace?.concurrency ?? 1, log: log, console: console)
        }
        guard sandbox else {
            let source = try asCommandFailure { try settings.connection() }
            return try await body(company(await source.foundForCompany(console), nil))
        }
        return try await SandboxServer.withServer { url, _ in
            try await body(company(.sandboxCompany(at: url), Self.sandboxName))
        }
    }

    private func found(
        _ settings: UserSettings, for workspace: String?, _ console: Console
    ) async throws -> FoundCredentials {
        let source = try asCommandFailure { try settings.connection() }
        let values = try await source.fetched(CredentialVariable.allCases, console)
        guard let workspace else { return try await source.foundForWorkspace(in: values, console) }
        let found = try source.found(in: values, needsWorkspace: false)
        let start = found.endpoint.workspaceName(uid: nil) + "#"
        if found.isForCompany, workspace.hasPrefix(start),
            let meant = try? found.workspace(String(workspace.dropFirst(start.count)))
        {
            return meant
        }
        return try source.found(in: values)
    }
}

extension FoundCredentials {
    /// What opens the sandbox, which is no secret.
    fileprivate static func sandbox(at url: URL) throws -> FoundCredentials {
        FoundCredentials(
            endpoint: try Endpoint(url.absoluteString),
            credentials: try Credentials(key: "sandbox-key", secret: "sandbox-secret"))
    }

    /// What opens the one of the sandbox's workspaces that has a name such as `sandbox#…`; nil for other names.
    fileprivate static func sandbox(at url: URL, workspace name: String) throws -> FoundCredentials? {
        let start = ConnectionOptions.sandboxName + "#"
        guard name.hasPrefix(start) else { return nil }
        return try sandboxCompany(at: url).workspace(String(name.dropFirst(start.count)))
    }

    /// What opens all of the sandbox's workspaces.
    fileprivate static func sandboxCompany(at url: URL) throws -> FoundCredentials {
        FoundCredentials(
            endpoint: try Endpoint(url.absoluteString),
            credentials: try Credentials(key: nil, secret: "prdm_cmp_sandbox", needsWorkspace: false))
    }
}

extension RequestLog.Detail: ExpressibleByArgument {}
