import Domain

/// The origin of a value.
public enum Origin: Hashable, Sendable {
    /// An option on the command line, for example `--rate`.
    case option(String)
    /// An environment variable.
    case environment(String)
    /// A key of a profile, or a key outside the profiles.
    case profile(String?, key: String, file: String)
    /// The file, which has one profile and does not choose.
    case onlyProfile(file: String)
    /// The credentials file of the vendor's client.
    case credentials(name: String, file: String)
    /// The default of the program.
    case builtIn

    /// The origin in words: `rate of profile acme in /home/ada/.config/rollcall/config.yaml`.
    public var words: String {
        switch self {
        case .option(let name): "option \(name)"
        case .environment(let name): "environment variable \(Terminal.plain(name))"
        case .profile(let profile?, let key, let file):
            "\(key) of profile \(Terminal.plain(profile)) in \(Terminal.plain(file, limit: 1000))"
        case .profile(nil, let key, let file): "\(key) in \(Terminal.plain(file, limit: 1000))"
        case .onlyProfile(let file): "the only profile in \(Terminal.plain(file, limit: 1000))"
        case .credentials(let name, let file): "\(name) in \(Terminal.plain(file, limit: 1000))"
        case .builtIn: "default"
        }
    }

    /// The origin without the file, for a table that names the file elsewhere: `profile acme`.
    public var briefly: String {
        switch self {
        case .option(let name): name
        case .environment(let name): Terminal.plain(name)
        case .profile(let profile?, _, _): "profile \(Terminal.plain(profile))"
        case .profile(nil, _, _), .onlyProfile: "the file"
        case .credentials(_, let file): Terminal.plain(file, limit: 1000)
        case .builtIn: "default"
        }
    }
}

/// The value of a setting, as written.
public struct Setting: Hashable, Sendable {
    /// The text as written; a list is separated by commas, and a path in a profile is absolute.
    public var text: String
    /// The origin of the value.
    public var origin: Origin
}
