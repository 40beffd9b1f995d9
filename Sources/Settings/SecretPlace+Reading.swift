import Domain
import Foundation

extension SecretPlace {
    /// How long a command may take: time enough to type a password.
    static let patience = Duration.seconds(60)

    /// Fetches the value: white space around it is dropped.
    ///
    /// - Parameter warnings: what the person should know about a file.
    /// - Throws: why there is none; never a part of it.
    func read(
        in environment: [String: String], patience: Duration = patience, warnings: inout [String]
    ) throws(SettingsFailure) -> String {
        let text: String
        switch self {
        case .here(let value, _): text = value
        case .variable(let name, let origin):
            guard let value = environment[name], !value.isEmpty else {
                throw .reference(origin, problem: "the environment variable \(name) is not set")
            }
            text = value
        case .file(let path, let origin):
            text = try Self.contents(of: path, origin)
            warnings += FilePermissions.warnings(about: path)
        case .command(let command, let origin, let configuration):
            text = try Self.output(of: command, origin, configuration, patience)
        }
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !trimmed.isEmpty else { throw .reference(origin, problem: "there is nothing in it") }
        return trimmed
    }

    private static func contents(of path: String, _ origin: Origin) throws(SettingsFailure) -> String {
        guard let handle = FileHandle(forReadingAtPath: path), let data = try? handle.read(upToCount: 65_537) else {
            throw .reference(origin, problem: "\(path) cannot be read; check that it is a file, and its permissions")
        }
        guard data.count <= 65_536, let text = String(data: data, encoding: .utf8) else {
            throw .reference(origin, problem: "\(path) is too long for a key, or is no UTF-8 text")
        }
        return text
    }

    private static func output(
        of command: String, _ origin: Origin, _ configuration: String, _ patience: Duration
    ) throws(SettingsFailure) -> String {
        // Who can change the file could have commands run in another's name.
        guard !FilePermissions.canBeChangedByOthers(configuration) else {
            throw .reference(
                origin,
                problem: "the file can be changed by other people on this machine, and names a command to run; run: "
                    + "chmod go-w \(configuration)")
        }
        do {
            let bytes = try ShellCommand(text: command, limit: patience).output()
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw SettingsFailure.reference(origin, problem: "what it printed is no UTF-8 text")
            }
            return text
        } catch let failure as ShellCommand.Failure {
            throw .reference(origin, problem: failure.sentence)
        } catch {
            throw .reference(origin, problem: "what it printed is no UTF-8 text")
        }
    }
}

/// What other people on the machine can do with a file.
public enum FilePermissions {
    /// A sentence if others can read it.
    public static func warnings(about path: String) -> [String] {
        guard let mode = mode(of: path), mode & 0o077 != 0 else { return [] }
        return ["\(path) can be read by other people on this machine; run: chmod 600 \(path)"]
    }

    static func canBeChangedByOthers(_ path: String) -> Bool { mode(of: path).map { $0 & 0o022 != 0 } ?? false }

    private static func mode(of path: String) -> UInt32? { FileStatus(path: path)?.permissions }
}
