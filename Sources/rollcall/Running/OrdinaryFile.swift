import Domain
import Foundation
import Hashing
import Reports

/// Files on a disk. A pipe or a device of that name could keep whoever opens it waiting for ever, and is none.
enum OrdinaryFile {
    /// Whether a path leads to one.
    static func isOne(_ path: String) -> Bool { FileStatus(path: path)?.kind == .regular }

    /// Whether what a path leads to can be read only once: standard input (`-`), a pipe, a device.
    static func isStream(_ path: String) -> Bool {
        path == "-" || FileStatus(path: path).map { ![.regular, .folder].contains($0.kind) } ?? false
    }

    /// Makes sure that nothing has a name that a file is to be written under: an approved plan, a list, evidence.
    ///
    /// - Throws: ``CommandFailure``.
    static func refuseToReplace(_ path: String) throws {
        guard FileStatus(path: path, followsLinks: false) != nil else { return }
        throw CommandFailure(
            .nothingSent,
            "there is a file \(Terminal.plain(path, limit: 1000)) already, and it is not replaced; give another name; nothing "
                + "was written")
    }

    /// Its bytes; nil where there is none that can be read.
    static func bytes(at path: String) -> Data? { isOne(path) ? FileManager.default.contents(atPath: path) : nil }

    /// Its SHA-256; nil where there is none that can be read.
    static func sha256(at path: String) -> String? { isOne(path) ? try? SHA256Text.ofFile(path) : nil }
}
