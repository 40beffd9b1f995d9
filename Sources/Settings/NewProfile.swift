import Domain
import Foundation

/// A profile to write to the configuration file; it says where the secret is, and never contains the secret.
public struct NewProfile: Sendable {
    /// Where a secret is.
    public enum Secret: Sendable {
        /// An environment variable.
        case variable(String)
        /// A file, by its whole path.
        case file(String)
        /// What a command prints.
        case command(String)
    }

    /// Letters, digits, `-` and `_`.
    public var name: String
    /// The address of the API.
    public var endpoint: String
    /// The API key; nil for a token.
    public var key: String?
    /// Where the secret or the token is.
    public var secret: Secret
    /// The workspace that a company token is used for; nil for none.
    public var workspaceUID: String?

    /// Takes what every profile has.
    public init(name: String, endpoint: String, secret: Secret) {
        self.name = name
        self.endpoint = endpoint
        self.secret = secret
    }

    /// Whether a text can be the name of a profile.
    public static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
    }

    /// Where a secret that the program stores itself belongs: `secrets/NAME` beside the configuration file.
    public static func secretPath(for name: String, besides file: String) -> String {
        URL(fileURLWithPath: file).deletingLastPathComponent().path + "/secrets/" + name
    }

    /// The profile as a source of credentials, to try it before it is written.
    ///
    /// - Parameter typed: the secret itself, where it is in no file yet.
    public func source(typed: String?, file: String, environment: [String: String]) -> ConnectionSource {
        // The file does not have the profile yet, so errors name the options.
        var parts: [CredentialVariable: SecretPlace] = [.endpoint: .here(endpoint, .option("--endpoint"))]
        if let key { parts[.key] = .here(key, .option("--key")) }
        if let workspaceUID { parts[.workspaceUID] = .here(workspaceUID, .option("--workspace")) }
        parts[.secret] =
            switch secret {
            case _ where typed != nil: .here(typed ?? "", .option("--secret-file"))
            case .variable(let name): .variable(name, .option("--secret-env"))
            case .file(let path): .file(path, .option("--secret-file"))
            case .command(let command): .command(command, .option("--secret-command"))
            }
        return ConnectionSource(
            place: .profile(name, file: file), parts: parts, environment: environment, warnings: [])
    }

    private var secretKey: ConnectionKey {
        switch secret {
        case .variable: .secretEnv
        case .file: .secretFile
        case .command: .secretCommand
        }
    }

    /// The lines of the profile.
    ///
    /// - Parameter indent: the number of spaces before its name.
    func lines(indent: Int) -> [String] {
        let margin = String(repeating: " ", count: indent)
        return [margin + name + ":"] + values.map { margin + "  " + $0 }
    }

    /// The lines below the name of the profile, without indentation.
    var values: [String] {
        let secretText =
            switch secret {
            case .variable(let text), .file(let text), .command(let text): text
            }
        let values: [(ConnectionKey, String?)] = [
            (.endpoint, endpoint), (.key, key), (secretKey, secretText), (.workspaceUid, workspaceUID),
        ]
        return values.compactMap { key, value in value.map { "\(key.rawValue): " + YAMLText.quoted($0) } }
    }

    /// The parts of a connection that the profile has.
    var parts: Set<CredentialVariable> {
        Set([.endpoint, .secret] + (key == nil ? [] : [.key]) + (workspaceUID == nil ? [] : [.workspaceUID]))
    }

    /// The lines as they can be pasted into a file without profiles.
    public var block: String { (["profiles:"] + lines(indent: 2)).joined(separator: "\n") }
}

/// Text in YAML.
enum YAMLText {
    /// In double quotes, in which only these two characters need an escape (YAML 1.2, section 7.3.1); the text has no
    /// control characters.
    static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
