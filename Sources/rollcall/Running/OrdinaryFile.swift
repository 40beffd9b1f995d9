import Foundation
import Reports

/// Files on a disk. A pipe or a device of that name could keep whoever opens it waiting for ever, and is none.
enum OrdinaryFile {
    /// Whether a path leads to one.
    static func isOne(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// Its bytes; nil where there is none that can be read.
    static func bytes(at path: String) -> Data? { isOne(path) ? FileManager.default.contents(atPath: path) : nil }

    /// Its SHA-256; nil where there is none that can be read.
    static func sha256(at path: String) -> String? { isOne(path) ? try? SHA256Text.ofFile(path) : nil }
}
