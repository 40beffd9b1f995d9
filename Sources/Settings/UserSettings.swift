import Domain
import Foundation

/// The settings of the environment and the configuration file, with their priorities.
///
/// For a setting, the command line has priority over the environment, the environment over the profile, and the profile
/// over the default. The connection comes from a single source, see ``connection()``.
public struct UserSettings: Sendable {
    /// The path of the configuration file, even if the file does not exist.
    public let file: String
    /// The origin of the path: ``Origin/builtIn``, or `ROLLCALL_CONFIG`.
    public let fileOrigin: Origin
    /// The name of the selected profile; nil if none is selected.
    public var profileName: String? { profile?.name }
    /// The origin of the choice of the profile.
    public let profileOrigin: Origin
    /// The names of all profiles in the file.
    public let profiles: [String]
    /// Whether the file exists.
    public let hasFile: Bool
    private let profile: Profile?
    private let environment: [String: String]
    private let home: String

    /// The environment variable with the path of the configuration file.
    public static let fileVariable = "ROLLCALL_CONFIG"
    /// The environment variable with the name of the profile.
    public static let profileVariable = "ROLLCALL_PROFILE"

    /// Reads the file, and selects the profile.
    ///
    /// - Parameters:
    ///   - environment: the environment of the process; empty values are ignored.
    ///   - home: the home folder, as an absolute path.
    ///   - name: the profile given on the command line.
    /// - Throws: ``SettingsFailure`` with all problems of the file, or if there is no such profile.
    public init(environment: [String: String], home: String, profile name: String? = nil) throws(SettingsFailure) {
        self.environment = environment
        self.home = home
        (file, fileOrigin) = Self.place(environment: environment, home: home)
        hasFile = try Self.isThere(file)
        try Self.refuseMisspelt(environment)
        let configuration: ConfigurationFile
        if hasFile {
            configuration = try ConfigurationFile(path: file, home: home)
        } else if fileOrigin != .builtIn {
            throw .unreadable(file: file, reason: "there is no such file; its path is set in \(Self.fileVariable)")
        } else {
            configuration = ConfigurationFile()
        }
        profiles = configuration.profiles.map(\.name)
        let variable = Self.profileVariable
        let choices: [(name: String?, origin: Origin)] = [
            (name, .option("--profile")), (environment[variable], .environment(variable)),
            (configuration.standard, .profile(nil, key: "profile", file: file)),
        ]
        guard let choice = choices.first(where: { $0.name?.isEmpty == false }), let chosen = choice.name else {
            // One by itself needs no line that chooses it.
            profile = configuration.profiles.count == 1 ? configuration.profiles.first : nil
            profileOrigin = profile == nil ? .builtIn : .onlyProfile(file: file)
            return
        }
        guard let found = configuration.profiles.first(where: { $0.name == chosen }) else {
            throw .noSuchProfile(chosen, askedBy: choice.origin, file: file, profiles: profiles)
        }
        (profile, profileOrigin) = (found, choice.origin)
    }

    /// Whether the file exists.
    ///
    /// - Throws: ``SettingsFailure`` if the path cannot be followed, or a file with a similar name exists: limits that
    ///   are set there must not be ignored silently.
    private static func isThere(_ path: String) throws(SettingsFailure) -> Bool {
        if FileManager.default.fileExists(atPath: path) { return true }
        var entry = ""
        for part in path.split(separator: "/") {
            entry += "/" + part
            guard FileStatus(path: entry, followsLinks: false) != nil else { break }
            guard FileStatus(path: entry)?.kind == .folder else {
                throw .unreadable(
                    file: path, reason: "\(Terminal.plain(entry, limit: 1000)) is not a folder; repair or remove it"
                )
            }
        }
        let other = String(path.dropLast("yaml".count)) + "yml"
        if path.hasSuffix(".yaml"), FileManager.default.fileExists(atPath: other) {
            throw .unreadable(file: path, reason: "\(Terminal.plain(other, limit: 1000)) exists instead; rename it")
        }
        return false
    }

    /// Refuses variables with names similar to those of settings: a mistyped `ROLLCALL_DOMAIN` would disable a limit.
    private static func refuseMisspelt(_ environment: [String: String]) throws(SettingsFailure) {
        let known = SettingKey.allCases.map(\.variable) + [fileVariable, profileVariable]
        for name in environment.keys.sorted() where name.hasPrefix("ROLLCALL_") && !known.contains(name) {
            if let meant = NearestWord.to(name, in: known, within: 3) { throw .misspelt(name, meant: meant) }
        }
    }

    /// The path of the configuration file: `ROLLCALL_CONFIG`, or `rollcall/config.yaml` in `$XDG_CONFIG_HOME` or
    /// `~/.config`.
    public static func place(environment: [String: String], home: String) -> (path: String, origin: Origin) {
        if let path = environment[fileVariable], !path.isEmpty {
            return (URL(fileURLWithPath: path).path, .environment(fileVariable))
        }
        // The XDG specification requires that a relative path is ignored.
        let folder = environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home + "/.config"
        return (folder + "/rollcall/config.yaml", .builtIn)
    }

    /// The value of a setting in the environment, or else in the profile.
    public subscript(key: SettingKey) -> Setting? { everywhere(key).first }

    /// The values of a setting in the environment and in the profile.
    public func everywhere(_ key: SettingKey) -> [Setting] {
        var settings: [Setting] = []
        if let text = environment[key.variable], !text.isEmpty {
            settings.append(Setting(text: text, origin: .environment(key.variable)))
        }
        if let profile, let text = profile.settings[key] {
            settings.append(Setting(text: text, origin: profile.origin(of: key.rawValue)))
        }
        return settings
    }

    /// The profile that the connection comes from; nil where it comes from elsewhere.
    public var connectionProfile: String? {
        guard case .profile(let name, _)? = try? connection().place else { return nil }
        return name
    }

    /// The source of the connection: a profile given on the command line; otherwise the environment; otherwise the
    /// profile selected in another way; otherwise `~/.paradime/credentials`.
    ///
    /// A profile without connection settings is skipped. A variable from which a profile takes its own key or secret
    /// does not count as a connection in the environment.
    ///
    /// - Throws: ``SettingsFailure`` if both the profile in `ROLLCALL_PROFILE` and the environment contain a
    ///   connection, which is ambiguous.
    public func connection() throws(SettingsFailure) -> ConnectionSource {
        let taken = profile?.variables ?? []
        let set = CredentialVariable.allCases.filter {
            !taken.contains($0.rawValue) && environment[$0.rawValue]?.isEmpty == false
        }
        if let profile, !profile.parts.isEmpty {
            let place = ConnectionSource(
                place: .profile(profile.name, file: file), parts: profile.parts, environment: environment, warnings: [])
            switch profileOrigin {
            case .option: return place
            case _ where set.isEmpty: return place
            case .environment: throw .ambiguous(profile: profile.name, variables: set.map(\.rawValue))
            default: break
            }
        }
        if !set.isEmpty {
            let parts = set.map { variable in
                (variable, SecretPlace.variable(variable.rawValue, .environment(variable.rawValue)))
            }
            return ConnectionSource(
                place: .environment, parts: Dictionary(uniqueKeysWithValues: parts), environment: environment,
                warnings: [])
        }
        let credentials = try CredentialsFile(in: home)
        let parts = credentials.values.map { variable, value in
            (variable, SecretPlace.here(value, .credentials(name: variable.rawValue, file: credentials.path)))
        }
        let none = profile == nil && !profiles.isEmpty
        let choice =
            none ? " (no profile is selected; select one with --profile: \(profiles.joined(separator: ", ")))" : ""
        let looked = ["the environment"] + (hasFile ? [file + choice] : []) + [credentials.path]
        return ConnectionSource(
            place: parts.isEmpty ? .nowhere(lookedIn: looked) : .credentials(file: credentials.path),
            parts: Dictionary(uniqueKeysWithValues: parts), environment: environment, warnings: credentials.warnings)
    }
}
