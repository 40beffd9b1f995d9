import Foundation

/// A temporary folder that only this user can read. It exists as long as the function that uses it runs.
public struct ScratchFolder: Sendable {
    /// The path.
    public let path: String

    /// - Throws: ``WriteFailure`` if the temporary folder of the system cannot be written to.
    private init() throws(WriteFailure) {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("rollcall-\(UUID().uuidString)").path
        try Unfinished.createFolder(path, shownAs: path)
    }

    private func delete() { Unfinished.deleteFolder(path) }

    /// Refuses to begin work that would fill the disk with the temporary folder.
    ///
    /// - Parameter bytes: how much the work will write there.
    /// - Throws: ``WriteFailure`` if there is less room.
    public static func requireRoom(for bytes: Int) throws(WriteFailure) {
        let path = FileManager.default.temporaryDirectory.path
        let free = (try? FileManager.default.attributesOfFileSystem(forPath: path))?[.systemFreeSize] as? Int
        guard let free, free < bytes else { return }
        throw WriteFailure(
            path: path,
            reason:
                "\(bytes.grouped) bytes are needed for a moment, and \(free.grouped) are free; name another folder with TMPDIR"
        )
    }

    /// Creates a folder, and deletes it with its content when `body` ends.
    ///
    /// - Throws: ``WriteFailure`` if the folder cannot be created, or what `body` throws.
    public static func with<Value>(_ body: (ScratchFolder) throws -> Value) throws -> Value {
        let folder = try ScratchFolder()
        defer { folder.delete() }
        return try body(folder)
    }

    /// Creates a folder, and deletes it with its content when `body` ends.
    ///
    /// - Throws: ``WriteFailure`` if the folder cannot be created, or what `body` throws.
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
