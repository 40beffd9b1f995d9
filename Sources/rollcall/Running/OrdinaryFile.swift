import Foundation
import Hashing
import Reports

/// Files on a disk. A pipe or a device of that name could keep whoever opens it waiting for ever, and is none.
enum OrdinaryFile {
    /// Whether a path leads to one.
    static func isOne(_ path: String) -> Bool { kind(of: path) == S_IFREG }

    /// Whether what a path leads to can be read only once: standard input (`-`), a pipe, a device.
    static func isStream(_ path: String) -> Bool {
        path == "-" || kind(of: path).map { ![S_IFREG, S_IFDIR].contains($0) } ?? false
    }

    /// The kind of file that a path leads to (inode(7)); nil if there is none.
    private static func kind(of path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }

    /// Its bytes; nil where there is none that can be read.
    static func bytes(at path: String) -> Data? { isOne(path) ? FileManager.default.contents(atPath: path) : nil }

    /// Its SHA-256; nil where there is none that can be read.
    static func sha256(at path: String) -> String? { isOne(path) ? try? SHA256Text.ofFile(path) : nil }
}
