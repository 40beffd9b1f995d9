import Domain
import Settings
import TerminalIO
import WorkspaceAPI

extension ConnectionSource {
    /// Fetches endpoint and credentials, and shows warnings about their files.
    ///
    /// - Throws: ``CommandFailure`` with the missing part and where to set it, or why a part cannot be used.
    public func found(_ console: Console) async throws -> FoundCredentials {
        try await found(in: fetched(CredentialVariable.allCases, console))
    }

    /// Fetches credentials that may be for a whole company.
    ///
    /// - Throws: as ``found(_:)``.
    public func foundForCompany(_ console: Console) async throws -> FoundCredentials {
        try await found(in: fetched(CredentialVariable.allCases, console), needsWorkspace: false)
    }

    /// The endpoint and the credentials from fetched values.
    ///
    /// - Parameter needsWorkspace: whether a company token needs a workspace.
    public func found(in values: [CredentialVariable: String], needsWorkspace: Bool = true) throws -> FoundCredentials {
        // All at once, so that the user does not get one error after the other.
        let missing = missing(in: values)
        guard missing.isEmpty else { throw failure(lacking: missing) }
        let endpoint = try endpoint(in: values)
        do {
            return FoundCredentials(
                endpoint: endpoint,
                credentials: try Credentials(
                    key: values[.key], secret: values[.secret], workspaceUID: values[.workspaceUID],
                    needsWorkspace: needsWorkspace))
        } catch {
            throw failure(error)
        }
    }

    /// The endpoint and the credentials for one workspace. For a company token without a workspace, the error lists
    /// the workspaces that it reaches, which takes a request.
    ///
    /// - Throws: as ``found(_:)``.
    public func foundForWorkspace(
        in values: [CredentialVariable: String], _ console: Console
    ) async throws -> FoundCredentials {
        let found = try found(in: values, needsWorkspace: false)
        guard found.isForCompany, found.workspaceUID == nil else { return found }
        let place = Terminal.plain(name(of: .workspaceUID), limit: 1000)
        let company: Company
        do {
            company = try await Company(
                found, sandboxName: nil, need: "a list of workspaces needs", timeout: .seconds(30), connections: 1,
                log: RequestLog(detail: .off) { _ in }, console: console)
        } catch let refusal as CommandFailure where refusal.status == .credentialsRefused {
            throw refusal
        } catch {
            // Without the list the message still says what is missing.
            throw failure(.missing(.workspaceUID))
        }
        let lines = company.workspaces.map { workspace in
            "  \(Terminal.plain(workspace.uid))  \(Terminal.plain(workspace.name))"
        }
        throw CommandFailure(
            .nothingSent, code: .credentialsMissing,
            "a company token needs a workspace; set \(place) to one of these uids:\n" + lines.joined(separator: "\n"))
    }

    /// The parts without which there is no connection; a token needs no key.
    private func missing(in values: [CredentialVariable: String]) -> [CredentialVariable] {
        let isToken = values[.secret].map(Credentials.isToken) ?? false
        return [.endpoint, .key, .secret].filter { (values[$0] ?? "").isEmpty && !($0 == .key && isToken) }
    }

    /// Fetches only the given parts of the connection, and shows warnings.
    public func fetched(
        _ wanted: [CredentialVariable], _ console: Console
    ) async throws -> [CredentialVariable: String] {
        let values = try await checkedValues(of: wanted)
        for warning in values.warnings { console.warn(Terminal.plain(warning, limit: 500)) }
        return values.values
    }

    /// Fetches parts of the connection, with warnings about their sources.
    ///
    /// - Throws: ``CommandFailure``.
    public func checkedValues(
        of wanted: [CredentialVariable] = CredentialVariable.allCases
    ) async throws -> Values {
        do throws(SettingsFailure) {
            return try await values(of: wanted)
        } catch {
            throw CommandFailure(.nothingSent, code: error.code, error.sentence)
        }
    }

    /// The endpoint from fetched values.
    public func endpoint(in values: [CredentialVariable: String]) throws -> Endpoint {
        guard let address = values[.endpoint] else {
            // Only the endpoint was fetched; a secret that is somewhere may be a token, which needs no key.
            let others: [CredentialVariable] = origin(of: .secret) == nil ? [.key, .secret] : []
            throw failure(lacking: [.endpoint] + others.filter { origin(of: $0) == nil })
        }
        do {
            return try Endpoint(address)
        } catch {
            throw CommandFailure(.nothingSent, code: .settingsInvalid, "\(name(of: .endpoint)): \(error)")
        }
    }

    private func failure(_ problem: InvalidCredentials) -> CommandFailure {
        let sentence = problem.sentence(naming: Terminal.plain(name(of: problem.variable), limit: 1000))
        guard case .missing = problem else {
            return CommandFailure(.nothingSent, code: .settingsInvalid, sentence)
        }
        return CommandFailure(.nothingSent, code: .credentialsMissing, "\(sentence); \(advice)")
    }

    private func failure(lacking missing: [CredentialVariable]) -> CommandFailure {
        let names = missing.map { Terminal.plain(name(of: $0), limit: 1000) }
        var failure = CommandFailure(
            .nothingSent, code: .credentialsMissing,
            "\(names.listed("and")) \(names.count == 1 ? "is" : "are") not set; \(advice)")
        failure.hints = [
            "To set up a profile: rollcall init", "To check the setup: rollcall doctor",
            "About the sources of credentials: rollcall help credentials",
            "To try rollcall without credentials, add --sandbox",
        ]
        return failure
    }
}
