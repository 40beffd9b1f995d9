import Foundation

/// A temporary folder that only this user can read; deleted with the last reference.
public final class ScratchFolder: Sendable {
    /// The path.
    public let path: String

    /// Creates the folder.
    ///
    /// - Throws: Foundation's error if the temporary folder of the system cannot be written to.
    public init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("rollcall-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of a file in the folder, which need not exist.
    public func place(_ name: String) -> String { path + "/" + name }

    /// Writes a file.
    ///
    /// - Returns: its path.
    public func add(_ name: String, _ bytes: Data) throws -> String {
        try bytes.write(to: URL(fileURLWithPath: place(name)))
        return place(name)
    }
}
