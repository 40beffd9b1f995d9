import Connections
import Domain
import Foundation
import Reports
import Settings
import TerminalIO
import WorkspaceAPI

extension Examination {
    /// The longest wait for a response.
    private static let patience = Duration.seconds(30)
    /// Clocks that differ by more seconds than this make the times in evidence unreliable.
    private static let clockTolerance = 60.0

    /// Checks the connection, from its settings to the response of the API.
    mutating func examineConnection(_ settings: UserSettings) async {
        let found: FoundCredentials?
        if connection.sandbox {
            note(.ok, "connection", "the sandbox, in this process; it needs no credentials")
            found = nil
        } else {
            guard let credentials = await findCredentials(settings) else { return }
            found = credentials
        }
        await ask(found, settings)
    }

    /// Checks the sources of endpoint and credentials, and who can read them.
    private mutating func findCredentials(_ settings: UserSettings) async -> FoundCredentials? {
        var place = ConnectionSource.Place.environment
        do {
            let source = try asCommandFailure { try settings.connection() }
            if case .nowhere(let places) = source.place {
                note(
                    .failed(.nothingSent), "connection", "not set up; looked in \(places.joined(separator: ", "))",
                    settings.profileName == nil && !settings.profiles.isEmpty
                        ? "rollcall doctor --profile \(settings.profiles[0])" : "rollcall init")
                return nil
            }
            let origins = CredentialVariable.allCases.compactMap { variable in
                source.origin(of: variable).map { "\(variable.noun) from \($0.words)" }
            }
            note(.ok, "connection", origins.joined(separator: "; "))
            place = source.place
            let values = try await source.checkedValues()
            let found = try await source.foundForWorkspace(in: values.values, console)
            note(.ok, "credentials", "\(found.credentials), for \(found.workspaceName)")
            for warning in values.warnings { note(.warning, "credentials", warning) }
            if values.warnings.isEmpty { note(.ok, "permissions", "only you can read the files with secrets") }
            return found
        } catch {
            let isMissing = (error as? CommandFailure)?.code == .credentialsMissing
            note(
                .failed(.nothingSent), "credentials", Self.sentence(error).replacing("\n", with: ". "),
                isMissing ? Self.advice(on: place) : nil)
            return nil
        }
    }

    /// What to do about missing credentials.
    private static func advice(on place: ConnectionSource.Place) -> String {
        switch place {
        case .profile(let name, _): "rollcall init --profile \(ShellWord.quoted(name)) --overwrite"
        case .environment, .nowhere: "set the missing variables, or unset all of them and run 'rollcall init'"
        case .credentials(let file): "correct \(file), or run 'rollcall init'"
        }
    }

    /// Sends one request, and reports everything that it shows.
    private mutating func ask(_ found: FoundCredentials?, _ settings: UserSettings) async {
        if found?.endpoint.isEncrypted == true,
            let problem = TrustedCertificates(environment: ProcessInfo.processInfo.environment).problem
        {
            return note(.failed(.nothingSent), "certificates", problem)
        }
        let set = settings.value(.timeout, given: nil) { Double($0) }.map(Duration.seconds)
        let wantsActivity = settings.value(.activity, given: nil, else: true, YesNo.read)
        do {
            let answer = try await connection.connect(
                found, timeout: min(set ?? Self.patience, Self.patience), console: console
            ) { connection in
                let result = await connection.probed()
                let isListed = if case .success = result { true } else { false }
                let log = isListed && wantsActivity ? await connection.auditLogProbed() : nil
                return (result: result, log: log, route: connection.route)
            }
            judge(answer.result, answer.route, isEncrypted: found?.endpoint.isEncrypted == true)
            if case .success = answer.result { judge(log: answer.log) }
        } catch {
            note(.failed(.nothingSent), "network", Self.sentence(error))
        }
    }

    private mutating func judge(_ result: Result<Probe, ListingFailure>, _ route: Route, isEncrypted: Bool) {
        let way = route.way
        let reached = isEncrypted ? "the certificate is trusted" : "no TLS, on this machine"
        switch result {
        case .failure(.unreachable(let reason)), .failure(.throttled(let reason, _)):
            note(
                .failed(.unreachable), "endpoint", "\(reason); \(route.setting)",
                "check the URL, the network and HTTPS_PROXY")
        case .failure(.credentialsRefused(let reason)):
            note(.ok, "endpoint", "responds \(way); \(reached)")
            note(
                .failed(.credentialsRefused), "access", "the credentials were refused: \(reason)",
                "check in the settings of the workspace that the key exists, and copy it again")
        case .failure(.unusable(let reason)):
            note(
                .failed(.nothingSent), "endpoint", "responds \(way), but not like the API: \(reason)",
                "compare the URL with the one in the settings of the workspace")
        case .success(let probe):
            note(.ok, "endpoint", "responds \(way) after \(probe.took.words); \(reached)")
            note(
                .ok, "access",
                "the user list can be read: \(probe.users.counted("active user")), "
                    + probe.invites.counted("invitation")
            )
            note(
                .note, "access",
                "write permission cannot be tested without making a change")
            compareClocks(probe)
        }
    }

    /// Whether a review can show activity.
    ///
    /// - Parameter result: nil if the audit log was not asked for.
    private mutating func judge(log result: Result<Void, ListingFailure>?) {
        switch result {
        case .success?: note(.ok, "audit log", "can be read; reviews show activity")
        case .failure(let failure)?:
            let absent = AbsentActivity(failure)
            note(.note, "audit log", "\(absent.words): \(absent.reason ?? ""); reviews have no activity")
        case nil:
            note(.note, "audit log", "not asked for, because of the setting activity; reviews have no activity")
        }
    }

    private mutating func compareClocks(_ probe: Probe) {
        guard let time = probe.serverTime else {
            return note(.note, "clock", "not compared, because the response has no date")
        }
        let difference = probe.receivedAt.timeIntervalSince(time)
        let seconds = Int(abs(difference).rounded())
        guard Double(seconds) > Self.clockTolerance else {
            return note(.ok, "clock", "agrees with the clock of the API")
        }
        note(
            .warning, "clock",
            "this machine is \(seconds.counted("second")) \(difference > 0 ? "ahead of" : "behind") the API",
            "set the clock; times in results and evidence come from this machine")
    }
}

extension Connection {
    /// Sends one request; a failure is a finding.
    fileprivate func probed() async -> Result<Probe, ListingFailure> {
        do throws(ListingFailure) {
            return .success(try await client.probe())
        } catch {
            return .failure(error)
        }
    }

    /// Asks for the audit log; a failure is a finding.
    fileprivate func auditLogProbed() async -> Result<Void, ListingFailure> {
        do throws(ListingFailure) {
            return .success(try await client.probeAuditLog())
        } catch {
            return .failure(error)
        }
    }

    fileprivate var route: Route { Route(proxy: proxy, usedProxy: client.usedProxy) }
}

/// How the API was reached.
private struct Route {
    /// The proxy that is set.
    let proxy: Proxy?
    /// Whether a request was sent through it; nil if none was sent.
    let usedProxy: Bool?

    /// The setting; all that is known about a request that was not sent.
    var setting: String { proxy?.setting ?? "no proxy is used" }

    /// The route of a request.
    var way: String {
        guard let proxy else { return "without a proxy" }
        return switch usedProxy {
        case true?: "through the proxy \(proxy)"
        case false?: "without the proxy \(proxy), because of NO_PROXY"
        case nil: "(\(setting))"
        }
    }
}

extension CredentialVariable {
    fileprivate var noun: String {
        switch self {
        case .endpoint: "endpoint"
        case .key: "key"
        case .secret: "secret"
        case .workspaceUID: "workspace"
        }
    }
}

extension Duration {
    /// `35 ms`, `2.1 s`
    fileprivate var words: String {
        let milliseconds = Int(components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000)
        return milliseconds < 1000 ? "\(milliseconds) ms" : "\((Double(milliseconds) / 1000).short(1)) s"
    }
}
