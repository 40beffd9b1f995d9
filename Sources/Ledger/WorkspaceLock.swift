import Domain
import Foundation
import Hashing

/// The right to change one workspace through one ledger: one process at a time has it.
///
/// It is an advisory lock (`flock`) on a file beside the ledger, which the kernel takes back when the process ends,
/// however it ends; so a lock of a dead process is no obstacle, and neither a process number that was given out again
/// nor a container with numbers of its own deceives anybody.
public final class WorkspaceLock: Sendable {
    /// Whose right it is to change this.
    public let workspace: String
    /// Below 0 for a ledger that nobody else can see.
    private let descriptor: Int32
    /// Where the lock's file and the ledger are, and which files they were when the lock was taken.
    private let places: [(path: String, status: FileStatus)]

    /// How long a reader may hold the lock for a look at it.
    private static let patience = 20

    fileprivate init(workspace: String, descriptor: Int32, places: [(path: String, status: FileStatus)] = []) {
        self.workspace = workspace
        self.descriptor = descriptor
        self.places = places
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Makes sure that the lock still keeps others out: whoever deletes or replaces its file, or the ledger's, can take a
    /// lock of his own.
    ///
    /// - Throws: ``LedgerError/lockLost(path:)``.
    public func check() throws(LedgerError) {
        for place in places {
            guard let now = FileStatus(path: place.path), now.isSameFile(as: place.status) else {
                throw .lockLost(path: place.path)
            }
        }
    }

    /// Gives the right back; so does the end of the last reference, which nobody can see in the code.
    public func release() {
        if descriptor >= 0 { flock(descriptor, LOCK_UN) }
    }

    /// Writes down which run holds the lock, for whoever is refused.
    func note(run: Int64) {
        guard descriptor >= 0 else { return }
        let note = Holder(run: run, process: ProcessInfo.processInfo.processIdentifier).text
        // Only ever read by people: a note that cannot be written is no reason to stop.
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
    /// Takes the right to change a workspace; see ``WorkspaceLock``.
    ///
    /// - Throws: ``LedgerError/busy(workspace:run:process:)`` if another process has it.
    public func lock(_ workspace: String) throws(LedgerError) -> WorkspaceLock {
        // Nobody else can see a dry run's ledger.
        if path.isEmpty { return WorkspaceLock(workspace: workspace, descriptor: -1) }
        return try WorkspaceLock.take(workspace, at: lockPath(workspace), of: realPath)
    }

    /// Whether a process is at work on the run.
    func isAtWork(on run: Int64, in workspace: String) -> Bool {
        path.isEmpty || WorkspaceLock.holder(at: lockPath(workspace)) == run
    }

    /// Beside the ledger, a file for each workspace; its name is a hash, because a workspace's may hold anything.
    private func lockPath(_ workspace: String) -> String {
        let hash = SHA256Text.of(Data(workspace.utf8)).prefix(16)
        return "\(realPath)-\(hash).lock"
    }
}

/// What the lock's file says.
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
