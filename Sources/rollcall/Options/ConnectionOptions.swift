import ArgumentParser
import Domain
import Foundation
import Sandbox
import Settings
import WorkspaceAPI

/// Which workspace a command speaks to.
struct ConnectionOptions: ParsableArguments {
    /// What help calls these options.
    static let title = "The workspace"

    @Flag(help: "Use a made-up workspace inside this process instead of the real one.")
    var sandbox = false

    @Flag(help: "Believe an empty list of users where there were some before.")
    var allowEmpty = false

    @Option(
        help: ArgumentHelp(
            "What is told of each request on standard error.", valueName: "level"))
    var logLevel: RequestLog.Detail = .off

    /// The name of the workspace, without asking it.
    func workspaceName(_ settings: UserSettings, _ console: Console) throws -> String {
        if sandbox { return Self.sandboxName }
        let source = try inWords { () throws(SettingsFailure) in try settings.connection() }
        // Only a company token has a workspace in its name; where there can be none, no secret is fetched.
        guard source.origin(of: .workspaceUID) == nil else { return try source.found(console).workspaceName }
        return try source.endpoint(in: source.fetched([.endpoint], console)).description
    }

    private static let sandboxName = "sandbox"

    /// Connects, hands the connection over, and closes it.
    func connect<Value>(
        _ settings: UserSettings, timeout: Duration = .seconds(30), connections: Int = 1, console: Console,
        body: (Connection) async throws -> Value
    ) async throws -> Value {
        try await connect(
            sandbox ? nil : found(settings, console), timeout: timeout, connections: connections, console: console,
            body: body)
    }

    /// Connects with credentials that were found already, hands the connection over, and closes it.
    ///
    /// - Parameter found: nil for the sandbox.
    func connect<Value>(
        _ found: FoundCredentials?, timeout: Duration = .seconds(30), connections: Int = 1, console: Console,
        body: (Connection) async throws -> Value
    ) async throws -> Value {
        let log = RequestLog(detail: logLevel) { console.complain($0) }
        if let found {
            return try await Connection(
                found, timeout: timeout, connections: connections, log: log, console: console
            ).use(body)
        }
        return try await SandboxServer.withServer { url, _ in
            let connection = try Connection(
                FoundCredentials.sandbox(at: url), named: Self.sandboxName, timeout: timeout, connections: connections,
                log: log, console: console)
            return try await connection.use(body)
        }
    }

    private func found(_ settings: UserSettings, _ console: Console) throws -> FoundCredentials {
        try inWords { () throws(SettingsFailure) in try settings.connection() }.found(console)
    }
}

extension FoundCredentials {
    /// What opens the sandbox, which is no secret.
    fileprivate static func sandbox(at url: URL) throws -> FoundCredentials {
        FoundCredentials(
            endpoint: try Endpoint(url.absoluteString),
            credentials: try Credentials(key: "sandbox-key", secret: "sandbox-secret"))
    }
}

extension RequestLog.Detail: ExpressibleByArgument {}
