import Domain

/// A profile as it stands in the file; everything in it has its right place and shape.
struct Profile: Equatable, Sendable {
    let name: String
    let file: String
    var settings: [SettingKey: String] = [:]
    var parts: [CredentialVariable: SecretPlace] = [:]

    func origin(of key: String) -> Origin { .profile(name, key: key, file: file) }

    /// The environment variables that it takes its own key and secret from.
    var variables: Set<String> {
        Set(parts.values.compactMap { if case .variable(let name, _) = $0 { name } else { nil } })
    }
}

/// Where a part of the connection is.
enum SecretPlace: Equatable, Sendable {
    /// Here it is.
    case here(String, Origin)
    /// An environment variable.
    case variable(String, Origin)
    /// A file, by its whole path.
    case file(String, Origin)
    /// What a command prints.
    case command(String, Origin)

    var origin: Origin {
        switch self {
        case .here(_, let origin), .variable(_, let origin), .file(_, let origin), .command(_, let origin): origin
        }
    }
}
