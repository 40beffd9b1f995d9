import Foundation

/// A file that appears only when it is complete: written to a temporary file in the same folder, synced, renamed.
///
/// Until ``commit()``, an existing file of the same name does not change; a process that dies leaves at most a hidden
/// file behind. The temporary file is new and has a name that cannot be guessed, so that in a shared folder nobody can
/// redirect the bytes to another file. Write through ``descriptor`` or ``descriptorPath``.
///
/// Foundation's `.atomic` needs all bytes in memory, does not sync the folder, and creates a file that others can read.
public final class PartialFile {
    /// The final path of the file.
    public let path: String
    /// The path of the temporary file; created empty, with access only for its owner.
    public let partial: String
    /// The open temporary file, for reading and writing; closed with the last reference to this object.
    public let descriptor: Int32
    private var isCommitted = false

    /// Creates the temporary file.
    ///
    /// - Throws: ``WriteFailure`` with the operating system's reason.
    public convenience init(path: String) throws(WriteFailure) {
        let partial = PartialName.claim(path)
        let descriptor = try Unfinished.create(partial, shownAs: path) {
            open(partial, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        }
        CrashPoint.pass("file begun")
        self.init(path: path, partial: partial, descriptor: descriptor)
    }

    /// Takes ownership of an open file.
    public init(path: String, partial: String, descriptor: Int32) {
        self.path = path
        self.partial = partial
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
        if !isCommitted { unlink(partial) }
        Unfinished.forget(partial)
    }

    /// A path that opens the same file even if it was renamed, for libraries that do not take a descriptor.
    public var descriptorPath: String {
        #if os(Linux)
            "/proc/self/fd/\(descriptor)"
        #else
            partial
        #endif
    }

    /// Renames the file to ``path``, durably.
    public func commit() throws(WriteFailure) {
        CrashPoint.pass("file written, not synced yet")
        guard fsync(descriptor) == 0 else { throw .last(path) }
        CrashPoint.pass("file synced, not in its place yet")
        defer { CrashPoint.pass("file in its place") }
        guard isStillThere else {
            throw WriteFailure(path: path, reason: "another program replaced the file while it was being written")
        }
        guard rename(partial, path) == 0 else { throw .last(path) }
        isCommitted = true
        // Otherwise a power failure may undo the rename. If the folder cannot be synced, the previous file is still
        // intact.
        PartialName.syncFolder(of: path)
    }

    /// False if another file has taken the place of this one, which is possible in a shared folder.
    private var isStillThere: Bool {
        guard let written = FileStatus(descriptor: descriptor),
            let named = FileStatus(path: partial, followsLinks: false)
        else { return false }
        return written.isSameFile(as: named)
    }
}

/// The hidden names of incomplete files: `.people.results.csv.4711-0f3a….partial`, with the id of the process that
/// writes the file and a random number.
public enum PartialName {
    private static let end = ".partial"

    /// A new name beside `path` for this process. Deletes what dead processes of this user left there, and files that
    /// seem to belong to this process: in a container, a process may have the same id as its predecessor.
    public static func claim(_ path: String) -> String {
        let url = URL(fileURLWithPath: path)
        let folder = url.deletingLastPathComponent()
        let begin = ".\(url.lastPathComponent)."
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] {
            guard name.hasPrefix(begin), name.hasSuffix(end),
                let process = process(in: name.dropFirst(begin.count).dropLast(end.count)),
                process == getpid() || (kill(process, 0) != 0 && errno == ESRCH)
            else { continue }
            let left = folder.appendingPathComponent(name).path
            // Without this check, root would delete files of other users with such names.
            guard FileStatus(path: left, followsLinks: false)?.owner == geteuid() else { continue }
            try? FileManager.default.removeItem(atPath: left)
        }
        let number = String(UInt64.random(in: .min ... .max), radix: 16)
        return folder.appendingPathComponent("\(begin)\(getpid())-\(number)\(end)").path
    }

    /// Syncs the folder of a file, so that a rename is durable; errors are ignored.
    public static func syncFolder(of path: String) { sync(URL(fileURLWithPath: path).deletingLastPathComponent().path) }

    /// Syncs a file or a folder; errors are ignored.
    public static func sync(_ path: String) {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return }
        fsync(file)
        close(file)
    }

    /// `4711-0f3a` → 4711; names from earlier versions have no random number.
    private static func process(in middle: Substring) -> pid_t? {
        middle.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).first.flatMap { pid_t($0) }
    }
}
