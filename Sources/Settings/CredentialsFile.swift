import Domain
import Foundation

/// `~/.paradime/credentials`, the vendor's own file, as its own client reads it (docs/api.md).
struct CredentialsFile {
    let path: String
    /// What is in it; an empty value counts as none.
    private(set) var values: [CredentialVariable: String] = [:]
    /// Sentences for the person who runs the command: a line means nothing.
    private(set) var warnings: [String] = []

    static func path(in home: String) -> String { home + "/.paradime/credentials" }

    /// Reads the file, if there is one.
    init(in home: String) throws(SettingsFailure) {
        path = Self.path(in: home)
        guard FileManager.default.fileExists(atPath: path) else { return }
        let contents = try SettingsFile.read(
            path, atMost: 65_536, isSecret: true, ifTooLong: "it is longer than a file of credentials")
        guard let text = String(data: contents.bytes, encoding: .utf8) else {
            throw .unreadable(file: path, reason: "it is not UTF-8 text")
        }
        let parsed = Dotenv(text)
        for variable in CredentialVariable.allCases {
            if let value = parsed.values[variable.rawValue], !value.isEmpty { values[variable] = value }
        }
        warnings = parsed.unreadableLines.map { "\(path):\($0): this line is not NAME=value and is passed over" }
    }
}
