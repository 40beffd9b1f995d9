import Domain
import Foundation
import Hashing

/// Reads regular files only. Opening a pipe or a device could block forever.
public enum OrdinaryFile {
    /// Whether there is a regular file at a path.
    public static func isOne(_ path: String) -> Bool { FileStatus(path: path)?.kind == .regular }

    /// Whether a path can be read only once: standard input (`-`), a pipe, a device.
    public static func isStream(_ path: String) -> Bool {
        path == "-" || FileStatus(path: path).map { ![.regular, .folder].contains($0.kind) } ?? false
    }

    /// The content of a file; nil if there is no readable regular file.
    public static func bytes(at path: String) -> Data? {
        isOne(path) ? FileManager.default.contents(atPath: path) : nil
    }

    /// The content of a file; nil if there is no readable regular file, or it has more bytes than `limit`.
    public static func bytes(at path: String, upTo limit: Int) -> Data? {
        guard let size = size(of: path), size <= limit else { return nil }
        return bytes(at: path)
    }

    /// The number of bytes of a file; nil if there is no regular file.
    public static func size(of path: String) -> Int? {
        FileStatus(path: path).flatMap { $0.kind == .regular ? $0.size : nil }
    }

    /// The SHA-256 of a file; nil if there is no readable regular file.
    public static func sha256(at path: String) -> String? { isOne(path) ? try? SHA256Text.ofFile(path) : nil }
}
