import Foundation
import Synchronization

/// The files and folders of this process that must not remain when a signal ends it: temporary ones, and evidence that is not
/// complete.
public enum Unfinished {
    private static let existing = Mutex<Set<String>>([])

    /// Creates a folder that only this user can read.
    ///
    /// - Parameter shown: the path in the error.
    /// - Throws: ``WriteFailure`` with the operating system's reason.
    public static func createFolder(_ path: String, shownAs shown: String) throws(WriteFailure) {
        _ = try create(path, shownAs: shown) { mkdir(path, 0o700) }
    }

    /// Creates a file or a folder, and remembers it.
    ///
    /// - Parameters:
    ///   - shown: the path in the error.
    ///   - make: the system call, whose result is negative if it fails.
    /// - Returns: the result of the call.
    /// - Throws: ``WriteFailure`` with the operating system's reason.
    static func create(_ path: String, shownAs shown: String, _ make: () -> Int32) throws(WriteFailure) -> Int32 {
        // While the lock is held, as it is when the process ends, nothing appears.
        let (result, problem) = existing.withLock { existing -> (Int32, WriteFailure?) in
            let result = make()
            guard result >= 0 else { return (result, .last(shown)) }
            existing.insert(path)
            return (result, nil)
        }
        if let problem { throw problem }
        return result
    }

    /// Deletes a folder.
    public static func deleteFolder(_ path: String) {
        try? FileManager.default.removeItem(atPath: path)
        forget(path)
    }

    /// Forgets what is complete, or deleted.
    public static func forget(_ path: String) { existing.withLock { _ = $0.remove(path) } }

    /// Deletes all of it. The process is about to end.
    ///
    /// - Parameter end: ends the process. Until it does, other threads cannot create anything here, nor report that theirs
    ///   is gone.
    public static func deleteAll(then end: () -> Void) {
        existing.withLock { existing in
            let folders = existing.filter { unlink($0) != 0 }
            // Under another name, nothing is added to a folder any more while it is deleted.
            for moved in folders.flatMap(movedAway) { remove(moved) }
            for path in folders where unlink(path) != 0 { try? FileManager.default.removeItem(atPath: path) }
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
