import Domain
import Foundation

/// What the environment and the configuration file say, and which of them says it first.
///
/// A setting is taken from the command line, then from the environment, then from the profile, then from the program.
/// The connection is taken as a whole, see ``connection()``.
public struct UserSettings: Sendable {
    /// The configuration file's path, whether or not there is such a file.
    public let file: String
    /// Who named the path: ``Origin/builtIn``, or `ROLLCALL_CONFIG`.
    public let fileOrigin: Origin
    /// The profile's name; nil if none was chosen.
    public var profileName: String? { profile?.name }
    /// Who chose the profile.
    public let profileOrigin: Origin
    /// The names of all profiles in the file.
    public let profiles: [String]
    /// Whether there is a file.
    public let hasFile: Bool
    private let profile: Profile?
    private let environment: [String: String]
    private let home: String

    /// The environment variable that names the configuration file.
    public static let fileVariable = "ROLLCALL_CONFIG"
    /// The environment variable that names the profile.
    public static let profileVariable = "ROLLCALL_PROFILE"

    /// Reads the file, and chooses the profile.
    ///
    /// - Parameters:
    ///   - environment: the process's environment; an empty value counts as none.
    ///   - home: the home folder, as an absolute path.
    ///   - name: the profile that the command line names.
    /// - Throws: everything that is wrong with the file, or that there is no such profile.
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
            throw .unreadable(file: file, reason: "there is no such file; \(Self.fileVariable) names it")
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

    /// Whether there is a file.
    ///
    /// - Throws: something is there and cannot be followed, or has nearly that name: limits that were set there must not
    ///   vanish without a word.
    private static func isThere(_ path: String) throws(SettingsFailure) -> Bool {
        if FileManager.default.fileExists(atPath: path) { return true }
        var entry = ""
        for part in path.split(separator: "/") {
            entry += "/" + part
            guard FileStatus(path: entry, followsLinks: false) != nil else { break }
            guard FileStatus(path: entry)?.kind == .folder else {
                throw .unreadable(
                    file: path, reason: "\(Terminal.plain(entry, limit: 1000)) does not lead to it; repair or remove it"
                )
            }
        }
        let other = String(path.dropLast("yaml".count)) + "yml"
        if path.hasSuffix(".yaml"), FileManager.default.fileExists(atPath: other) {
            throw .unreadable(file: path, reason: "there is \(Terminal.plain(other, limit: 1000)); rename it")
        }
        return false
    }

    /// Names of variables that are nearly those of settings: `ROLLCALL_DOMAIN` would leave a limit off.
    private static func refuseMisspelt(_ environment: [String: String]) throws(SettingsFailure) {
        let known = SettingKey.allCases.map(\.variable) + [fileVariable, profileVariable]
        for name in environment.keys.sorted() where name.hasPrefix("ROLLCALL_") && !known.contains(name) {
            if let meant = NearestWord.to(name, in: known, within: 3) { throw .misspelt(name, meant: meant) }
        }
    }

    /// Where the configuration file is, or would be: `ROLLCALL_CONFIG`, or `rollcall/config.yaml` in
    /// `$XDG_CONFIG_HOME` or `~/.config`.
    public static func place(environment: [String: String], home: String) -> (path: String, origin: Origin) {
        if let path = environment[fileVariable], !path.isEmpty {
            return (URL(fileURLWithPath: path).path, .environment(fileVariable))
        }
        // The XDG specification says that a relative path is to be ignored.
        let folder = environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home + "/.config"
        return (folder + "/rollcall/config.yaml", .builtIn)
    }

    /// What the environment, or else the profile, says of a setting.
    public subscript(key: SettingKey) -> Setting? { everywhere(key).first }

    /// What the environment says of a setting, and what the profile says of it.
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

    /// The place that the connection comes from: a profile that the command line names; else the environment; else the
    /// profile that is chosen in another way; else `~/.paradime/credentials`.
    ///
    /// A profile without a word about the connection leaves it to the others. A variable that a profile takes its own
    /// key or secret from does not count as a connection in the environment.
    /// - Throws: the profile that `ROLLCALL_PROFILE` names and the environment are both complete places of their own;
    ///   nobody can say which is meant.
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
        let looked = ["the environment"] + (hasFile ? [file] : []) + [credentials.path]
        return ConnectionSource(
            place: parts.isEmpty ? .nowhere(lookedIn: looked) : .credentials(file: credentials.path),
            parts: Dictionary(uniqueKeysWithValues: parts), environment: environment, warnings: credentials.warnings)
    }
}
