import Domain
import Foundation

/// The one place that endpoint, key, secret and workspace come from, as a set.
///
/// They are never put together from two places: a secret would go to an endpoint that it does not belong to, or a list
/// of people to the wrong workspace.
public struct ConnectionSource: Sendable {
    /// The place.
    public enum Place: Hashable, Sendable {
        /// The variables `PARADIME_…` in the environment.
        case environment
        /// A profile in a file.
        case profile(String, file: String)
        /// The vendor's own file.
        case credentials(file: String)
        /// Nothing was found; these were looked in.
        case nowhere(lookedIn: [String])
    }

    /// Where everything comes from.
    public let place: Place
    let parts: [CredentialVariable: SecretPlace]
    let environment: [String: String]
    let warnings: [String]

    /// The values, fetched from where they are: a command is run here and nowhere else.
    public struct Values: Sendable {
        /// As they were written; nil for what there is none of.
        public var values: [CredentialVariable: String] = [:]
        /// Sentences for the person who runs the command.
        public var warnings: [String] = []
    }

    /// Fetches the values.
    ///
    /// - Parameter wanted: which; those that are not wanted are not fetched.
    /// - Throws: why one cannot be had.
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

    /// Where a part is written; nil if it is nowhere.
    public func origin(of variable: CredentialVariable) -> Origin? { parts[variable]?.origin }

    /// Whether a part is where it is said to be, as far as that can be told without fetching it: an environment variable
    /// that is set, a file that is there; of a command nothing is known.
    public func isThere(_ variable: CredentialVariable) -> Bool {
        switch parts[variable] {
        case .variable(let name, _): return environment[name]?.isEmpty == false
        case .file(let path, _): return FileManager.default.isReadableFile(atPath: path)
        case .command, .here: return true
        case nil: return false
        }
    }

    /// What a missing or unusable part is called, with what to do about it where it is missing.
    public func name(of variable: CredentialVariable) -> String {
        guard case .profile(let profile, let file) = place else { return variable.rawValue }
        let names: [CredentialVariable: String] = [
            .endpoint: "endpoint", .key: "key (or keyEnv, keyFile, keyCommand)",
            .secret: "secretEnv (or secretFile, secretCommand)", .workspaceUID: "workspaceUid",
        ]
        if case .profile(_, let key, _)? = parts[variable]?.origin { return "\(key) of profile \(profile) in \(file)" }
        return "\(names[variable] ?? "") of profile \(profile) in \(file)"
    }

    /// A sentence that follows one about a missing part.
    public var advice: String {
        switch place {
        case .environment:
            let names = CredentialVariable.allCases.filter { parts[$0] != nil }.map(\.rawValue)
            return
                "\(names.listed("and")) \(names.count == 1 ? "is" : "are") set in the environment, and settings from "
                + "different sources are not combined"
        case .profile: return "settings from different sources are not combined"
        case .credentials(let file): return "looked in \(file), because nothing is in the environment"
        case .nowhere(let places): return "looked in \(places.joined(separator: " and "))"
        }
    }
}

extension ConnectionSource: CustomReflectable {
    /// Nothing to look into: secrets may be among the parts.
    public var customMirror: Mirror { Mirror(self, children: ["place": place]) }
}

extension ConnectionSource.Values: CustomReflectable {
    /// Nothing to look into.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
