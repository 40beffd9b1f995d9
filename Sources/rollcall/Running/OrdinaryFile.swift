import Foundation
import Reports

/// Files on a disk. A pipe or a device of that name could keep whoever opens it waiting for ever, and is none.
enum OrdinaryFile {
    /// Whether a path leads to one.
    static func isOne(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// Whether what a path leads to can be read only once: standard input (`-`), a pipe, a device.
    static func isStream(_ path: String) -> Bool {
        var status = stat()
        guard path != "-" else { return true }
        return stat(path, &status) == 0 && ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
    }

    /// Its bytes; nil where there is none that can be read.
    static func bytes(at path: String) -> Data? { isOne(path) ? FileManager.default.contents(atPath: path) : nil }

    /// Its SHA-256; nil where there is none that can be read.
    static func sha256(at path: String) -> String? { isOne(path) ? try? SHA256Text.ofFile(path) : nil }
}
