import Connections
import Domain
import Foundation
import Settings
import TerminalIO
import WorkspaceAPI

extension Examination {
    /// The longest that anybody waits for the API here.
    private static let patience = Duration.seconds(30)
    /// Clocks that differ by more than this make a mess of evidence.
    private static let clockTolerance = 60.0

    /// From where the connection is written down to what the API answers.
    mutating func examineConnection(_ settings: UserSettings) async {
        let found: FoundCredentials?
        if connection.sandbox {
            note(.ok, "connection", "the sandbox, inside this process; it needs no credentials")
            found = nil
        } else {
            guard let credentials = await findCredentials(settings) else { return }
            found = credentials
        }
        await ask(found, settings)
    }

    /// Where each part comes from, whether it is there, and who can read it.
    private mutating func findCredentials(_ settings: UserSettings) async -> FoundCredentials? {
        do {
            let source = try asCommandFailure { try settings.connection() }
            if case .nowhere(let places) = source.place {
                note(
                    .failed(.nothingSent), "connection", "none was found; looked in \(places.joined(separator: ", "))",
                    "rollcall config init, or set PARADIME_API_ENDPOINT, _KEY and _SECRET; or try --sandbox")
                return nil
            }
            let origins = CredentialVariable.allCases.compactMap { variable in
                source.origin(of: variable).map { "\(variable.noun) from \($0.words)" }
            }
            note(.ok, "connection", origins.joined(separator: "; "))
            let values = try await source.checkedValues()
            let found = try source.found(in: values.values)
            note(.ok, "credentials", "\(found.credentials), for \(found.workspaceName)")
            for warning in values.warnings { note(.warning, "credentials", warning) }
            if values.warnings.isEmpty { note(.ok, "permissions", "no file with a secret can be read by others") }
            return found
        } catch {
            note(.failed(.nothingSent), "credentials", Self.sentence(error).replacing("\n", with: ". "))
            return nil
        }
    }

    /// One request, and everything that can be learnt from it.
    private mutating func ask(_ found: FoundCredentials?, _ settings: UserSettings) async {
        if found?.endpoint.isEncrypted == true,
            let problem = TrustedCertificates(environment: ProcessInfo.processInfo.environment).problem
        {
            return note(.failed(.nothingSent), "certificates", problem)
        }
        let set = settings.value(.timeout, given: nil) { Double($0) }.map(Duration.seconds)
        do {
            let answer = try await connection.connect(
                found, timeout: min(set ?? Self.patience, Self.patience), console: console
            ) { connection in (result: await connection.probed(), route: connection.route) }
            judge(answer.result, answer.route, isEncrypted: found?.endpoint.isEncrypted == true)
        } catch {
            note(.failed(.nothingSent), "network", Self.sentence(error))
        }
    }

    private mutating func judge(_ result: Result<Probe, ListingFailure>, _ route: Route, isEncrypted: Bool) {
        let way = route.way
        let reached = isEncrypted ? "the name was found, the certificate is trusted" : "no TLS on this machine"
        switch result {
        case .failure(.unreachable(let reason)), .failure(.throttled(let reason, _)):
            note(
                .failed(.unreachable), "endpoint", "\(reason); \(route.setting)",
                "check the address, the network and HTTPS_PROXY; rollcall users --log-level trace says more")
        case .failure(.credentialsRefused(let reason)):
            note(.ok, "endpoint", "it answers \(way); \(reached)")
            note(
                .failed(.credentialsRefused), "access", "the credentials were refused: \(reason)",
                "see in the workspace's settings whether the key is still there, and copy it again")
        case .failure(.unusable(let reason)):
            note(
                .failed(.nothingSent), "endpoint", "it answers \(way), but not as the API does: \(reason)",
                "compare the address with the one in the workspace's settings")
        case .success(let probe):
            note(.ok, "endpoint", "it answers \(way) after \(probe.took.words); \(reached)")
            note(
                .ok, "access",
                "the list of users can be read: \(probe.users.counted("active user")), \(probe.invites.counted("invite"))"
            )
            note(
                .note, "access",
                "whether these credentials may also change something, the API tells nobody before it is asked to; "
                    + "nothing was changed to find out")
            compareClocks(probe)
        }
    }

    private mutating func compareClocks(_ probe: Probe) {
        guard let time = probe.serverTime else {
            return note(.note, "clock", "the answer has no date to compare this machine's clock with")
        }
        let difference = probe.receivedAt.timeIntervalSince(time)
        let seconds = Int(abs(difference).rounded())
        guard Double(seconds) > Self.clockTolerance else {
            return note(.ok, "clock", "it agrees with the API's")
        }
        note(
            .warning, "clock",
            "this machine is \(seconds.counted("second")) \(difference > 0 ? "ahead of" : "behind") the API",
            "set it, because times in results and evidence are this machine's")
    }
}

extension Connection {
    /// Asks once; a failure is a finding like another.
    fileprivate func probed() async -> Result<Probe, ListingFailure> {
        do throws(ListingFailure) {
            return .success(try await client.probe())
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
    /// Whether a request left through it; nil if none left.
    let usedProxy: Bool?

    /// What is set; nobody knows more about a request that did not leave.
    var setting: String { proxy?.setting ?? "no proxy is used" }

    /// The way that a request took.
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
