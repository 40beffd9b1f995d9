import Domain
import Foundation

/// Finds the endpoint and the credentials: each variable in the environment, then in a profile, then in
/// `~/.paradime/credentials` (FACTS.md). An empty value counts as none.
public struct CredentialSource: Sendable {
    private let environment: [String: String]
    private let profile: [String: String]
    private let file: String

    /// Takes the places to look in.
    ///
    /// - Parameters:
    ///   - environment: the process's environment.
    ///   - profile: variables of a chosen profile, by the same names; none unless one was chosen.
    ///   - homeFolder: the folder that holds `.paradime`, as an absolute path.
    public init(environment: [String: String], profile: [String: String] = [:], homeFolder: String) {
        self.environment = environment
        self.profile = profile
        file = homeFolder + "/.paradime/credentials"
    }

    /// Looks everywhere.
    ///
    /// - Throws: what is missing and where it was looked for, or why a place could not be read.
    public func find() throws(CredentialFailure) -> FoundCredentials {
        let (stored, warnings) = try storedValues()
        let value = { (variable: CredentialVariable) -> String? in
            [environment, profile, stored].lazy.compactMap { $0[variable.rawValue] }.first { !$0.isEmpty }
        }
        guard let address = value(.endpoint) else {
            throw .invalid(.missing(.endpoint), lookedIn: places)
        }
        let credentials: Credentials
        do {
            credentials = try Credentials(
                key: value(.key), secret: value(.secret), workspaceUID: value(.workspaceUID))
        } catch {
            throw .invalid(error, lookedIn: places)
        }
        do {
            return FoundCredentials(endpoint: try Endpoint(address), credentials: credentials, warnings: warnings)
        } catch {
            throw .endpoint(error)
        }
    }

    private var places: [String] {
        ["the environment"] + (profile.isEmpty ? [] : ["the profile"]) + [file]
    }

    private func storedValues() throws(CredentialFailure) -> ([String: String], warnings: [String]) {
        guard FileManager.default.fileExists(atPath: file) else { return ([:], []) }
        guard let data = FileManager.default.contents(atPath: file), let text = String(data: data, encoding: .utf8)
        else { throw .unreadable(file: file) }
        let parsed = Dotenv(text)
        var warnings = parsed.unreadableLines.map { "\(file):\($0): this line is not NAME=value and is passed over" }
        let mode = try? FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        if let mode, mode & 0o077 != 0 {
            warnings.append("\(file) can be read by other people on this machine; run: chmod 600 \(file)")
        }
        return (parsed.values, warnings)
    }
}

/// What ``CredentialSource`` found.
public struct FoundCredentials: Sendable {
    /// Where the API is.
    public let endpoint: Endpoint
    /// What opens it.
    public let credentials: Credentials
    /// Sentences for the person who runs the command: a file that others can read, a line that means nothing.
    public let warnings: [String]

    /// Takes credentials that were found elsewhere.
    public init(endpoint: Endpoint, credentials: Credentials, warnings: [String] = []) {
        self.endpoint = endpoint
        self.credentials = credentials
        self.warnings = warnings
    }

    /// The name by which a workspace is told from others: the endpoint, and for a company token the workspace's uid.
    public var workspaceName: String {
        endpoint.description + (credentials.workspaceUID.map { "#" + $0 } ?? "")
    }
}

/// Why there are no credentials to use.
public enum CredentialFailure: Error, Equatable, Sendable, CustomStringConvertible {
    /// A variable is missing or cannot be sent.
    case invalid(InvalidCredentials, lookedIn: [String])
    /// The endpoint's address cannot be used.
    case endpoint(InvalidEndpoint)
    /// The file is there and cannot be read as UTF-8 text.
    case unreadable(file: String)

    /// One sentence, without any value.
    public var description: String {
        switch self {
        case .invalid(.missing(let variable), let places):
            "\(InvalidCredentials.missing(variable)); looked in \(places.joined(separator: " and "))"
        case .invalid(let problem, _): problem.description
        case .endpoint(let problem): "\(CredentialVariable.endpoint.rawValue): \(problem)"
        case .unreadable(let file): "\(file) cannot be read as text; check its permissions and its encoding (UTF-8)"
        }
    }
}
