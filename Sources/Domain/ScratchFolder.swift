import Foundation
import Synchronization

/// A temporary folder that only this user can read. It exists as long as the function that uses it runs.
public struct ScratchFolder: Sendable {
    /// The path.
    public let path: String

    /// - Throws: ``WriteFailure`` if the temporary folder of the system cannot be written to.
    private init() throws(WriteFailure) {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("rollcall-\(UUID().uuidString)").path
        self.path = path
        // While the lock is held, as it is when the process ends, no folder appears.
        let problem = Self.existing.withLock { existing -> WriteFailure? in
            guard mkdir(path, 0o700) == 0 else { return .last(path) }
            existing.insert(path)
            return nil
        }
        if let problem { throw problem }
    }

    private func delete() {
        try? FileManager.default.removeItem(atPath: path)
        Self.existing.withLock { [path] in _ = $0.remove(path) }
    }

    /// The folders of this process.
    private static let existing = Mutex<Set<String>>([])

    /// Deletes all folders of this process, which is about to end.
    ///
    /// - Parameter end: ends the process. Until it does, other threads cannot create a folder, nor report that theirs is gone.
    public static func deleteAll(then end: () -> Void) {
        existing.withLock { existing in
            // Under another name, nothing is added to a folder any more while it is deleted.
            for moved in existing.flatMap(Self.movedAway) { remove(moved) }
            for path in existing where unlink(path) != 0 { try? FileManager.default.removeItem(atPath: path) }
            end()
        }
    }

    /// Deletes a folder. A call of another thread that began before it was renamed can still add a file, once for each
    /// thread.
    private static func remove(_ path: String) {
        for _ in 1...100 {
            try? FileManager.default.removeItem(atPath: path)
            guard FileManager.default.fileExists(atPath: path) else { return }
            usleep(10_000)
        }
    }

    /// Renames a folder, and puts a file in its place: threads that still work would create the folder once more.
    ///
    /// - Returns: the new paths.
    private static func movedAway(_ path: String) -> [String] {
        var moved: [String] = []
        // A thread may be faster, but hardly twice.
        for number in 1...100 {
            let name = "\(path)-deleted-\(number)"
            guard rename(path, name) == 0 else { break }
            moved.append(name)
            let place = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            guard place < 0 else {
                close(place)
                break
            }
        }
        return moved
    }

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
