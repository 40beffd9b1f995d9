import Domain

/// Why settings cannot be used. Holds no value of a secret.
public enum SettingsFailure: ExplainedError, Equatable, Sendable {
    /// The file is there, or has to be, and cannot be read.
    case unreadable(file: String, reason: String)
    /// Someone else than the user and root can change the file, or can read a secret in it.
    case untrusted(UntrustedFile)
    /// The file cannot be written.
    case unwritable(file: String, reason: String)
    /// The file is not YAML; line and column where the parser knows them, from 1.
    case malformed(file: String, line: Int?, column: Int?, problem: String)
    /// Keys that mean nothing or hold something else than they should; each a sentence.
    case invalid(file: String, problems: [String])
    /// There is no profile of that name.
    case noSuchProfile(String, askedBy: Origin, file: String, profiles: [String])
    /// A profile and the environment both name a workspace, and neither was given on the command line.
    case ambiguous(profile: String, variables: [String])
    /// An environment variable has nearly the name of a setting.
    case misspelt(String, meant: String)
    /// A secret cannot be had from where a profile says that it is.
    case reference(Origin, problem: String)

    /// What happened and what to do; several lines where there are several problems.
    public var sentence: String {
        switch self {
        case .unreadable(let file, let reason): "\(shown(file)) cannot be read: \(reason)"
        case .untrusted(let file): file.sentence
        case .unwritable(let file, let reason): "\(shown(file)) was not written: \(reason)"
        case .malformed(let file, let line, let column, let problem):
            ([shown(file)] + [line, column].compactMap { $0.map(String.init) }).joined(separator: ":")
                + ": this is not YAML: \(Terminal.plain(problem))"
        case .invalid(let file, let problems): problems.map { "\(shown(file)): \($0)" }.joined(separator: "\n")
        case .noSuchProfile(let name, .profile(_, let key, _), let file, let profiles):
            "\(shown(file)): \(key): " + missing(name, file: nil, profiles)
        case .noSuchProfile(let name, let origin, let file, let profiles):
            "\(origin.words): " + missing(name, file: file, profiles)
        case .ambiguous(let profile, let variables):
            "ROLLCALL_PROFILE names the profile \(Terminal.plain(profile)), and \(variables.joined(separator: ", ")) "
                + (variables.count == 1 ? "is" : "are") + " set as well; unset one or the other, or give --profile "
                + Terminal.plain(profile)
        case .misspelt(let name, let meant):
            "there is no setting for the environment variable \(Terminal.plain(name)); did you mean \(meant)? Unset it, or "
                + "correct its name"
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
            ? "there are none\(place); rollcall config init writes an example"
            : "there \(profiles.count == 1 ? "is" : "are") \(names)\(place)"
        return "there is no profile \(Terminal.plain(name)); \(others)"
    }
}
