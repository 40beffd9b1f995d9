import Domain

/// Where a value came from.
public enum Origin: Hashable, Sendable {
    /// An option on the command line, for example `--rate`.
    case option(String)
    /// An environment variable.
    case environment(String)
    /// A key of a profile, or of the file itself where there is no profile.
    case profile(String?, key: String, file: String)
    /// The file, which has one profile and does not choose.
    case onlyProfile(file: String)
    /// The vendor's own file of credentials.
    case credentials(name: String, file: String)
    /// The program's own value.
    case builtIn

    /// For people: `rate of profile acme in /home/ada/.config/rollcall/config.yaml`.
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

    /// The same without the file, for a table that names it elsewhere: `profile acme`.
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

/// A value of a setting, as it was written.
public struct Setting: Hashable, Sendable {
    /// As it was written; a list has commas between its members, a path of a profile is whole.
    public var text: String
    /// Where it was written.
    public var origin: Origin
}
