import Domain

/// A profile of the file, with valid keys and forms.
struct Profile: Equatable, Sendable {
    let name: String
    let file: String
    var settings: [SettingKey: String] = [:]
    var parts: [CredentialVariable: SecretPlace] = [:]

    func origin(of key: String) -> Origin { .profile(name, key: key, file: file) }

    /// The environment variables from which it takes its key and secret.
    var variables: Set<String> {
        Set(parts.values.compactMap { if case .variable(let name, _) = $0 { name } else { nil } })
    }
}

/// The location of a part of the connection.
enum SecretPlace: Equatable, Sendable {
    /// The value itself.
    case here(String, Origin)
    /// An environment variable.
    case variable(String, Origin)
    /// A file, by its absolute path.
    case file(String, Origin)
    /// The output of a command.
    case command(String, Origin)

    var origin: Origin {
        switch self {
        case .here(_, let origin), .variable(_, let origin), .file(_, let origin), .command(_, let origin): origin
        }
    }
}
