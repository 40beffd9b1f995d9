import ArgumentParser
import Domain
import Foundation
import Sandbox
import WorkspaceAPI

/// Which workspace a command speaks to.
struct ConnectionOptions: ParsableArguments {
    @Flag(help: "Use a made-up workspace inside this process instead of the real one.")
    var sandbox = false

    @Flag(help: "Believe an empty list of users where there were some before.")
    var allowEmpty = false

    @Option(
        help: ArgumentHelp(
            "What is told of each request on standard error: off, debug or trace.", valueName: "level"))
    var logLevel: RequestLog.Detail = .off

    /// The name of the workspace, without asking it.
    func workspaceName(_ console: Console) throws -> String {
        sandbox ? Self.sandboxName : try found(console).workspaceName
    }

    private static let sandboxName = "sandbox"

    /// Connects, hands the connection over, and closes it.
    func connect<Value>(
        timeout: Duration = .seconds(30), connections: Int = 1, console: Console,
        body: (Connection) async throws -> Value
    ) async throws -> Value {
        let log = RequestLog(detail: logLevel) { console.complain($0) }
        guard sandbox else {
            return try await Connection(
                found(console), timeout: timeout, connections: connections, log: log, console: console
            ).use(body)
        }
        return try await SandboxServer.withServer { url, _ in
            let connection = try Connection(
                FoundCredentials.sandbox(at: url), named: Self.sandboxName, timeout: timeout, connections: connections,
                log: log, console: console)
            return try await connection.use(body)
        }
    }

    private func found(_ console: Console) throws -> FoundCredentials {
        let source = CredentialSource(
            environment: ProcessInfo.processInfo.environment, homeFolder: UserFolders.home)
        do {
            let found = try source.find()
            for warning in found.warnings { console.warn(Terminal.plain(warning, limit: 500)) }
            return found
        } catch {
            throw CommandFailure(.nothingSent, "\(error)\nOr try it without credentials: add --sandbox")
        }
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
