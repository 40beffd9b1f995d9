import Foundation

/// A temporary folder that only this user can read. It exists as long as the function that uses it runs.
public struct ScratchFolder: Sendable {
    /// The path.
    public let path: String

    /// - Throws: Foundation's error if the temporary folder of the system cannot be written to.
    private init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("rollcall-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }

    private func delete() { try? FileManager.default.removeItem(atPath: path) }

    /// Creates a folder, and deletes it with its content when `body` ends.
    ///
    /// - Throws: Foundation's error if the folder cannot be created, or what `body` throws.
    public static func with<Value>(_ body: (ScratchFolder) throws -> Value) throws -> Value {
        let folder = try ScratchFolder()
        defer { folder.delete() }
        return try body(folder)
    }

    /// Creates a folder, and deletes it with its content when `body` ends.
    ///
    /// - Throws: Foundation's error if the folder cannot be created, or what `body` throws.
    public static func with<Value>(_ body: (ScratchFolder) async throws -> Value) async throws -> Value {
        let folder = try ScratchFolder()
        defer { folder.delete() }
        return try await body(folder)
    }

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
