import Domain
import Foundation

/// `~/.paradime/credentials`, the file of the vendor's client, read in the same way (docs/api.md).
struct CredentialsFile {
    let path: String
    /// The values; empty values are ignored.
    private(set) var values: [CredentialVariable: String] = [:]
    /// Warnings for the user about invalid lines.
    private(set) var warnings: [String] = []

    static func path(in home: String) -> String { home + "/.paradime/credentials" }

    /// Reads the file, if there is one.
    init(in home: String) throws(SettingsFailure) {
        path = Self.path(in: home)
        guard FileManager.default.fileExists(atPath: path) else { return }
        let contents = try SettingsFile.read(
            path, atMost: 65_536, isSecret: true,
            ifTooLong: "it is larger than 64 KB, the limit for a credentials file; check that it is the right file")
        guard let text = String(data: contents.bytes, encoding: .utf8) else {
            throw .unreadable(file: path, reason: "it is not UTF-8 text")
        }
        let parsed = Dotenv(text)
        if let reason = Self.ambiguity(in: parsed) { throw .unreadable(file: path, reason: reason) }
        for variable in CredentialVariable.allCases {
            if let value = parsed.values[variable.rawValue], !value.isEmpty { values[variable] = value }
        }
        warnings = parsed.unreadableLines.map { "\(path):\($0): this line is not NAME=value; it was ignored" }
    }

    /// Why the values are ambiguous; nil if they are not.
    private static func ambiguity(in parsed: Dotenv) -> String? {
        let twice = CredentialVariable.allCases.compactMap { variable in
            parsed.lines[variable.rawValue].flatMap {
                $0.count > 1 ? "\(variable.rawValue) on lines \(words($0))" : nil
            }
        }
        if !twice.isEmpty {
            return "there is more than one value for " + twice.joined(separator: ", and for ") + "; keep one"
        }
        guard let section = parsed.laterSections.first else { return nil }
        return "line \(section) begins a section, but there are values above it; keep only the values of one section"
    }

    private static func words(_ lines: [Int]) -> String {
        lines.dropLast().map(String.init).joined(separator: ", ") + " and \(lines[lines.count - 1])"
    }
}
