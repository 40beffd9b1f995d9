import Domain
import Foundation
import Hashing

/// Files on a disk. A pipe or a device of that name could keep whoever opens it waiting for ever, and is none.
public enum OrdinaryFile {
    /// Whether a path leads to one.
    public static func isOne(_ path: String) -> Bool { FileStatus(path: path)?.kind == .regular }

    /// Whether what a path leads to can be read only once: standard input (`-`), a pipe, a device.
    public static func isStream(_ path: String) -> Bool {
        path == "-" || FileStatus(path: path).map { ![.regular, .folder].contains($0.kind) } ?? false
    }

    /// Its bytes; nil where there is none that can be read.
    public static func bytes(at path: String) -> Data? {
        isOne(path) ? FileManager.default.contents(atPath: path) : nil
    }

    /// Its SHA-256; nil where there is none that can be read.
    public static func sha256(at path: String) -> String? { isOne(path) ? try? SHA256Text.ofFile(path) : nil }
}
