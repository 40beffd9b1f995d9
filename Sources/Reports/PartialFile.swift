import Domain
import Foundation

/// Why a report could not be written.
public struct WriteFailure: Error, Hashable, Sendable {
    /// Where it should have gone.
    public var path: String
    /// The operating system's reason.
    public var reason: String

    /// What happened and what to do.
    public var sentence: String {
        "cannot write \(Terminal.plain(path, limit: 1000)): \(reason)"
    }

    /// The operating system's last error.
    static func last(_ path: String) -> WriteFailure {
        WriteFailure(path: path, reason: String(cString: strerror(errno)))
    }
}

/// The place of a file that appears only when it is complete: written aside in the same folder, synced, renamed.
///
/// Until ``commit()`` a file of the same name stays as it was; a process that dies leaves at most a hidden file beside.
final class PartialFile {
    /// Where the file will appear.
    let path: String
    /// Where it is until then; made empty, for its owner only.
    let partial: String
    private var isCommitted = false

    /// Takes a place.
    ///
    /// - Throws: the operating system's reason why there can be no file.
    convenience init(path: String) throws(WriteFailure) {
        let partial = PartialName.claim(path)
        let descriptor = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .last(path) }
        close(descriptor)
        CrashPoint.pass("file begun")
        self.init(path: path, partial: partial)
    }

    init(path: String, partial: String) {
        self.path = path
        self.partial = partial
    }

    deinit {
        if !isCommitted { unlink(partial) }
    }

    /// Makes the file appear under its name, durably.
    func commit() throws(WriteFailure) {
        CrashPoint.pass("file written, not synced yet")
        try sync(partial)
        CrashPoint.pass("file synced, not in its place yet")
        defer { CrashPoint.pass("file in its place") }
        guard rename(partial, path) == 0 else { throw .last(path) }
        isCommitted = true
        // Without this the rename itself may be lost with the power; where a folder cannot be synced, nothing is lost
        // that was there before.
        try? sync(URL(fileURLWithPath: path).deletingLastPathComponent().path)
    }

    private func sync(_ name: String) throws(WriteFailure) {
        let descriptor = open(name, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .last(path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .last(path) }
    }
}

/// The hidden names of what is not complete yet: `.people.results.csv.4711.partial`, with the process that writes it.
enum PartialName {
    /// The name beside `path` for this process. What processes left there that died in the middle is taken away, and
    /// what seems to be this one's own as well: in a container a process may have the number of the one before it.
    static func claim(_ path: String) -> String {
        let url = URL(fileURLWithPath: path)
        let folder = url.deletingLastPathComponent()
        let begin = ".\(url.lastPathComponent)."
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] {
            guard name.hasPrefix(begin), name.hasSuffix(".partial"),
                let process = pid_t(name.dropFirst(begin.count).dropLast(".partial".count)),
                process == getpid() || (kill(process, 0) != 0 && errno == ESRCH)
            else { continue }
            try? FileManager.default.removeItem(at: folder.appendingPathComponent(name))
        }
        return folder.appendingPathComponent("\(begin)\(getpid()).partial").path
    }
}
