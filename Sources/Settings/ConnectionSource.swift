import Domain
import Foundation

/// The single source of endpoint, key, secret and workspace.
///
/// They are never combined from different sources: a secret could be sent to the wrong endpoint, or a list of people to
/// the wrong workspace.
public struct ConnectionSource: Sendable {
    /// The source.
    public enum Place: Hashable, Sendable {
        /// The variables `PARADIME_…` in the environment.
        case environment
        /// A profile in a file.
        case profile(String, file: String)
        /// The credentials file of the vendor's client.
        case credentials(file: String)
        /// Nothing was found; with the sources that were searched.
        case nowhere(lookedIn: [String])
    }

    /// The source of all parts.
    public let place: Place
    let parts: [CredentialVariable: SecretPlace]
    let environment: [String: String]
    let warnings: [String]

    /// The values, fetched from their source. Commands are run only for this.
    public struct Values: Sendable {
        /// The values as written; missing values are not included.
        public var values: [CredentialVariable: String] = [:]
        /// Warnings for the user.
        public var warnings: [String] = []
    }

    /// Fetches the values.
    ///
    /// - Parameter wanted: the values to fetch; others are not fetched.
    /// - Throws: ``SettingsFailure`` if a value cannot be fetched.
    public func values(
        of wanted: [CredentialVariable] = CredentialVariable.allCases
    ) async throws(SettingsFailure) -> Values {
        var found = Values(warnings: warnings)
        for variable in wanted {
            guard let part = parts[variable] else { continue }
            found.values[variable] = try await part.read(in: environment, warnings: &found.warnings)
        }
        return found
    }

    /// The origin of a part; nil if it is not set.
    public func origin(of variable: CredentialVariable) -> Origin? { parts[variable]?.origin }

    /// Whether a part exists, as far as that is known without fetching it: an environment variable that is set, a file
    /// that exists; the result of a command is not known.
    public func isThere(_ variable: CredentialVariable) -> Bool {
        switch parts[variable] {
        case .variable(let name, _): return environment[name]?.isEmpty == false
        case .file(let path, _): return FileManager.default.isReadableFile(atPath: path)
        case .command, .here: return true
        case nil: return false
        }
    }

    /// The name of a part in messages; for a missing part, with the keys that can set it.
    public func name(of variable: CredentialVariable) -> String {
        guard case .profile(let profile, let file) = place else { return variable.rawValue }
        let names: [CredentialVariable: String] = [
            .endpoint: "endpoint", .key: "key (or keyEnv, keyFile, keyCommand)",
            .secret: "secretEnv (or secretFile, secretCommand)", .workspaceUID: "workspaceUid",
        ]
        if case .profile(_, let key, _)? = parts[variable]?.origin { return "\(key) of profile \(profile) in \(file)" }
        return "\(names[variable] ?? "") of profile \(profile) in \(file)"
    }

    /// A clause that follows a message about a missing part.
    public var advice: String {
        switch place {
        case .environment:
            let names = CredentialVariable.allCases.filter { parts[$0] != nil }.map(\.rawValue)
            return
                "\(names.listed("and")) \(names.count == 1 ? "is" : "are") set in the environment, and settings from "
                + "different sources are not combined"
        case .profile: return "settings from different sources are not combined"
        case .credentials(let file): return "rollcall looked in \(file), because the environment has no credentials"
        case .nowhere(let places): return "rollcall looked in \(places.joined(separator: " and "))"
        }
    }
}

extension ConnectionSource: CustomReflectable {
    /// A mirror with only the source, because the parts may contain secrets.
    public var customMirror: Mirror { Mirror(self, children: ["place": place]) }
}

extension ConnectionSource.Values: CustomReflectable {
    /// An empty mirror, because the values contain secrets.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
