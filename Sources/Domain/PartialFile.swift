import Foundation

/// The place of a file that appears only when it is complete: written aside in the same folder, synced, renamed.
///
/// Until ``commit()`` a file of the same name stays as it was; a process that dies leaves at most a hidden file beside.
/// The file aside is new and has a name that cannot be guessed, so that in a folder that others can write to nobody can
/// have the bytes go to another file. What writes it should do so through ``descriptor``, or by ``descriptorPath``.
///
/// Foundation's `.atomic` needs all bytes in memory, does not sync the folder, and makes a file that others can read.
public final class PartialFile {
    /// Where the file will appear.
    public let path: String
    /// Where it is until then; made empty, for its owner only.
    public let partial: String
    /// The open file, for reading and writing; closed with the last reference to the place.
    public let descriptor: Int32
    private var isCommitted = false

    /// Takes a place.
    ///
    /// - Throws: the operating system's reason why there can be no file.
    public convenience init(path: String) throws(WriteFailure) {
        let partial = PartialName.claim(path)
        let descriptor = open(partial, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .last(path) }
        CrashPoint.pass("file begun")
        self.init(path: path, partial: partial, descriptor: descriptor)
    }

    /// Takes over an open file.
    public init(path: String, partial: String, descriptor: Int32) {
        self.path = path
        self.partial = partial
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
        if !isCommitted { unlink(partial) }
    }

    /// A path that opens the same file whatever has become of its name, for libraries that take no descriptor.
    public var descriptorPath: String {
        #if os(Linux)
            "/proc/self/fd/\(descriptor)"
        #else
            partial
        #endif
    }

    /// Makes the file appear under its name, durably.
    public func commit() throws(WriteFailure) {
        CrashPoint.pass("file written, not synced yet")
        guard fsync(descriptor) == 0 else { throw .last(path) }
        CrashPoint.pass("file synced, not in its place yet")
        defer { CrashPoint.pass("file in its place") }
        guard isStillThere else {
            throw WriteFailure(path: path, reason: "the file was replaced by another while it was written")
        }
        guard rename(partial, path) == 0 else { throw .last(path) }
        isCommitted = true
        // Without this the rename itself may be lost with the power; where a folder cannot be synced, nothing is lost
        // that was there before.
        PartialName.syncFolder(of: path)
    }

    /// In a folder that others can write to, another file may have been put in this one's place.
    private var isStillThere: Bool {
        guard let written = FileStatus(descriptor: descriptor),
            let named = FileStatus(path: partial, followsLinks: false)
        else { return false }
        return written.isSameFile(as: named)
    }
}

/// The hidden names of what is not complete yet: `.people.results.csv.4711-0f3a….partial`, with the process that writes
/// it and a random number.
public enum PartialName {
    private static let end = ".partial"

    /// A new name beside `path` for this process. What processes of this user left there that died in the middle is
    /// taken away, and what seems to be this one's own as well: in a container a process may have the number of the one
    /// before it.
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
            // Root would otherwise delete whatever others put under such a name.
            guard FileStatus(path: left, followsLinks: false)?.owner == geteuid() else { continue }
            try? FileManager.default.removeItem(atPath: left)
        }
        let number = String(UInt64.random(in: .min ... .max), radix: 16)
        return folder.appendingPathComponent("\(begin)\(getpid())-\(number)\(end)").path
    }

    /// Makes the names in the folder around a file durable, as far as that can be done.
    public static func syncFolder(of path: String) {
        let folder = open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    /// `4711-0f3a` → 4711; names of earlier versions have no random number.
    private static func process(in middle: Substring) -> pid_t? {
        middle.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).first.flatMap { pid_t($0) }
    }
}
