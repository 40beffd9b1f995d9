import Domain
import Foundation
import Hashing

/// The lock for changing one workspace with one ledger. One process at a time can hold it.
///
/// It is an advisory lock (`flock`) on a file beside the ledger. The kernel releases it when the process ends for any
/// reason, so a dead process never holds it, and the lock does not depend on process numbers, which are reused and
/// differ in containers.
public final class WorkspaceLock: Sendable {
    /// The workspace that is locked.
    public let workspace: String
    /// The descriptor of the lock file; below 0 for a ledger that no other process can open.
    private let descriptor: Int32
    /// The paths of the lock file and the ledger, with their file status when the lock was taken.
    private let places: [(path: String, status: FileStatus)]

    /// The number of attempts, 10 ms apart: a process that reads the holder holds the lock for a moment.
    private static let patience = 20

    fileprivate init(workspace: String, descriptor: Int32, places: [(path: String, status: FileStatus)] = []) {
        self.workspace = workspace
        self.descriptor = descriptor
        self.places = places
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Checks that the lock still excludes other processes. If its file or the ledger was deleted or replaced, another
    /// process can take a lock as well.
    ///
    /// - Throws: ``LedgerError/lockLost(path:)``.
    public func check() throws(LedgerError) {
        for place in places {
            guard let now = FileStatus(path: place.path), now.isSameFile(as: place.status) else {
                throw .lockLost(path: place.path)
            }
        }
    }

    /// Releases the lock explicitly. It is also released with the last reference, but that point is not visible in
    /// code.
    public func release() {
        if descriptor >= 0 { flock(descriptor, LOCK_UN) }
    }

    /// Stores in the lock file which run holds the lock, for the messages of other processes.
    func note(run: Int64) {
        guard descriptor >= 0 else { return }
        let note = Holder(run: run, process: ProcessInfo.processInfo.processIdentifier).text
        // Errors are ignored, because the note is only used in messages.
        _ = ftruncate(descriptor, 0)
        _ = note.withCString { pwrite(descriptor, $0, strlen($0), 0) }
    }

    /// Takes the lock.
    ///
    /// - Parameter ledger: the path of the ledger that the lock belongs to.
    fileprivate static func take(
        _ workspace: String, at path: String, of ledger: String
    ) throws(LedgerError) -> WorkspaceLock {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .cannotOpen(path: path, reason: String(cString: strerror(errno))) }
        do throws(LedgerError) {
            try LedgerFiles.check(descriptor: descriptor, at: path)
        } catch {
            close(descriptor)
            throw error
        }
        for _ in 0..<patience {
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 {
                _ = ftruncate(descriptor, 0)
                guard let own = FileStatus(descriptor: descriptor), let other = FileStatus(path: ledger) else {
                    close(descriptor)
                    throw .lockLost(path: path)
                }
                let lock = WorkspaceLock(
                    workspace: workspace, descriptor: descriptor, places: [(path, own), (ledger, other)])
                // The file may have been replaced between its opening and its lock.
                try lock.check()
                return lock
            }
            let reason = errno
            guard reason == EWOULDBLOCK || reason == EINTR else {
                close(descriptor)
                throw .cannotOpen(path: path, reason: String(cString: strerror(reason)))
            }
            usleep(10_000)
        }
        let holder = Holder(readFrom: descriptor)
        close(descriptor)
        throw .busy(workspace: workspace, run: holder?.run, process: holder?.process)
    }

    /// Which run holds the lock; nil if none does.
    fileprivate static func holder(at path: String) -> Int64? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_SH | LOCK_NB) != 0 else { return nil }
        return Holder(readFrom: descriptor)?.run
    }
}

extension Ledger {
    /// Takes the lock for changing a workspace; see ``WorkspaceLock``.
    ///
    /// - Throws: ``LedgerError/busy(workspace:run:process:)`` if another process holds it.
    public func lock(_ workspace: String) throws(LedgerError) -> WorkspaceLock {
        // No other process can open the ledger of a dry run.
        if path.isEmpty { return WorkspaceLock(workspace: workspace, descriptor: -1) }
        return try WorkspaceLock.take(workspace, at: lockPath(workspace), of: realPath)
    }

    /// Whether a process is executing the run.
    func isAtWork(on run: Int64, in workspace: String) -> Bool {
        path.isEmpty || WorkspaceLock.holder(at: lockPath(workspace)) == run
    }

    /// The lock file of a workspace, beside the ledger. Its name contains a hash, because the name of a workspace may
    /// contain any character.
    private func lockPath(_ workspace: String) -> String {
        let hash = SHA256Text.of(Data(workspace.utf8)).prefix(16)
        return "\(realPath)-\(hash).lock"
    }
}

/// The content of a lock file.
private struct Holder {
    var run: Int64
    var process: Int64

    var text: String { "run \(run) process \(process)\n" }

    init(run: Int64, process: pid_t) {
        self.run = run
        self.process = Int64(process)
    }

    init?(readFrom descriptor: Int32) {
        var bytes = [UInt8](repeating: 0, count: 100)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        let words = String(decoding: bytes.prefix(count), as: UTF8.self).split(whereSeparator: \.isWhitespace)
        guard words.count == 4, let run = Int64(words[1]), let process = Int64(words[3]) else { return nil }
        self.run = run
        self.process = process
    }
}
