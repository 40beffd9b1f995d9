import Domain
import Foundation

extension SecretPlace {
    /// The maximum time of a command: enough to type a password.
    static let patience = Duration.seconds(60)

    /// Fetches the value, without surrounding white space.
    ///
    /// - Parameter warnings: receives warnings about a file.
    /// - Throws: ``SettingsFailure`` with the reason, without any part of the value.
    func read(
        in environment: [String: String], patience: Duration = patience, warnings: inout [String]
    ) async throws(SettingsFailure) -> String {
        let text: String
        switch self {
        case .here(let value, _): text = value
        case .variable(let name, let origin):
            guard let value = environment[name], !value.isEmpty else {
                throw .reference(origin, problem: "the environment variable \(name) is not set")
            }
            text = value
        case .file(let path, let origin):
            text = try Self.contents(of: path, origin, &warnings)
        case .command(let command, let origin): text = try await Self.output(of: command, origin, patience)
        }
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !trimmed.isEmpty else { throw .reference(origin, problem: "it is empty") }
        return trimmed
    }

    private static func contents(
        of path: String, _ origin: Origin, _ warnings: inout [String]
    ) throws(SettingsFailure) -> String {
        let contents: TrustedFile.Contents
        do throws(TrustedFile.Failure) {
            contents = try TrustedFile.read(path, atMost: ShellCommand.longestSecret, isSecret: true)
        } catch {
            switch error {
            case .untrusted(let file): throw .reference(origin, problem: file.sentence)
            case .unreadable:
                throw .reference(
                    origin, problem: "\(path) cannot be read; check that it is a file, and its permissions")
            case .tooLong: throw .reference(origin, problem: "\(path) is too long for a key")
            }
        }
        guard let text = String(data: contents.bytes, encoding: .utf8) else {
            throw .reference(origin, problem: "\(path) is not UTF-8 text")
        }
        if contents.status.kind == .regular, contents.status.permissions & 0o004 != 0 {
            warnings.append("\(path) holds a secret that every user of this machine can read")
        }
        return text
    }

    private static func output(
        of command: String, _ origin: Origin, _ patience: Duration
    ) async throws(SettingsFailure) -> String {
        do {
            let bytes = try await ShellCommand(text: command, limit: patience).output()
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw SettingsFailure.reference(origin, problem: "its output is not UTF-8 text")
            }
            return text
        } catch let failure as ShellCommand.Failure {
            throw .reference(origin, problem: failure.sentence)
        } catch {
            throw .reference(origin, problem: "its output is not UTF-8 text")
        }
    }
}
