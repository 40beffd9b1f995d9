import Domain

/// Why settings cannot be used. Does not contain secret values.
public enum SettingsFailure: ExplainedError, Equatable, Sendable {
    /// The file exists, or is required, but cannot be read.
    case unreadable(file: String, reason: String)
    /// Someone other than the user and root can change the file, or read a secret in it.
    case untrusted(UntrustedFile)
    /// The file cannot be written.
    case unwritable(file: String, reason: String)
    /// The file is not valid YAML; line and column if the parser reports them, from 1.
    case malformed(file: String, line: Int?, column: Int?, problem: String)
    /// Unknown keys or invalid values; each a sentence.
    case invalid(file: String, problems: [String])
    /// There is no profile with this name.
    case noSuchProfile(String, askedBy: Origin, file: String, profiles: [String])
    /// Both a profile and the environment contain a connection, and the command line does not choose one.
    case ambiguous(profile: String, variables: [String])
    /// The name of an environment variable is similar to that of a setting.
    case misspelt(String, meant: String)
    /// A secret cannot be fetched from its location.
    case reference(Origin, problem: String)

    /// What happened and what to do; several lines if there are several problems.
    public var sentence: String {
        switch self {
        case .unreadable(let file, let reason): "\(shown(file)) cannot be read: \(reason)"
        case .untrusted(let file): file.sentence
        case .unwritable(let file, let reason): "\(shown(file)) was not written: \(reason)"
        case .malformed(let file, let line, let column, let problem):
            ([shown(file)] + [line, column].compactMap { $0.map(String.init) }).joined(separator: ":")
                + ": this is not valid YAML: \(Terminal.plain(problem))"
        case .invalid(let file, let problems): problems.map { "\(shown(file)): \($0)" }.joined(separator: "\n")
        case .noSuchProfile(let name, .profile(_, let key, _), let file, let profiles):
            "\(shown(file)): \(key): " + missing(name, file: nil, profiles)
        case .noSuchProfile(let name, let origin, let file, let profiles):
            "\(origin.words): " + missing(name, file: file, profiles)
        case .ambiguous(let profile, let variables):
            "ROLLCALL_PROFILE is set to \(Terminal.plain(profile)), but \(variables.joined(separator: ", ")) "
                + (variables.count == 1 ? "is" : "are") + " set as well; unset one or the other, or use --profile "
                + Terminal.plain(profile)
        case .misspelt(let name, let meant):
            "\(Terminal.plain(name)) is not a known environment variable; did you mean \(meant)? Unset it, or correct "
                + "its name"
        case .reference(let origin, let problem): "\(origin.words): \(problem)"
        }
    }

    /// What programs go by.
    public var code: ErrorCode { .settingsInvalid }

    private func shown(_ file: String) -> String { Terminal.plain(file, limit: 1000) }

    private func missing(_ name: String, file: String?, _ profiles: [String]) -> String {
        let place = file.map { " in \(shown($0))" } ?? ""
        let names = profiles.map { Terminal.plain($0) }.joined(separator: ", ")
        let others =
            profiles.isEmpty
            ? "there are no profiles\(place); to write an example, run: rollcall config init"
            : "known profiles\(place): \(names)"
        return "there is no profile \(Terminal.plain(name)); \(others)"
    }
}
