import Foundation
import Synchronization

/// The folders of this process that must not remain when a signal ends it: temporary ones, and evidence that is not complete.
public enum UnfinishedFolders {
    private static let existing = Mutex<Set<String>>([])

    /// Creates a folder that only this user can read, and remembers it.
    ///
    /// - Parameter shown: the path in the error.
    /// - Throws: ``WriteFailure`` with the operating system's reason.
    public static func create(_ path: String, shownAs shown: String) throws(WriteFailure) {
        // While the lock is held, as it is when the process ends, no folder appears.
        let problem = existing.withLock { existing -> WriteFailure? in
            guard mkdir(path, 0o700) == 0 else { return .last(shown) }
            existing.insert(path)
            return nil
        }
        if let problem { throw problem }
    }

    /// Deletes a folder.
    public static func delete(_ path: String) {
        try? FileManager.default.removeItem(atPath: path)
        forget(path)
    }

    /// Forgets a folder that is complete, and has another name.
    public static func forget(_ path: String) { existing.withLock { _ = $0.remove(path) } }

    /// Deletes all folders of this process, which is about to end.
    ///
    /// - Parameter end: ends the process. Until it does, other threads cannot create a folder, nor report that theirs is gone.
    public static func deleteAll(then end: () -> Void) {
        existing.withLock { existing in
            // Under another name, nothing is added to a folder any more while it is deleted.
            for moved in existing.flatMap(movedAway) { remove(moved) }
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
}
