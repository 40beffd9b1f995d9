import Domain
import Foundation

/// The file of the ledger, and those that SQLite and ``WorkspaceLock`` keep beside it. They decide what is sent and to
/// whom, so only the user and root may be able to change them.
enum LedgerFiles {
    /// Suffixes of the other files.
    private static let ends = ["-wal", "-shm", "-journal"]

    /// Checks the existing files, and the folders around them.
    ///
    /// SQLite opens the files again by name, which is safe only if no other user can rename or create them. This is why
    /// a sticky folder such as /tmp is refused: others could create a `-wal` or `-journal` file there first.
    ///
    /// - Returns: the path of the ledger, without symbolic links.
    /// - Throws: ``LedgerError/untrusted(_:)``, or ``LedgerError/cannotOpen(path:reason:)`` for a broken symbolic link:
    ///   a new ledger would be empty and not contain the earlier runs.
    @discardableResult
    static func check(_ path: String, trust: FileTrust = .ofThisProcess) throws(LedgerError) -> String {
        let followed: FileTrust.Followed
        do throws(UntrustedFile) {
            followed = try trust.follow(path)
            try check(followed, of: path, trust)
        } catch {
            throw .untrusted(error)
        }
        if followed.status == nil, FileStatus(path: path, followsLinks: false) != nil {
            throw .cannotOpen(
                path: path,
                reason:
                    "it is a symbolic link to \(Terminal.plain(followed.path, limit: 1000)), which does not exist; "
                    + "move the ledger there, or remove the link")
        }
        return followed.path
    }

    private static func check(_ followed: FileTrust.Followed, of path: String, _ trust: FileTrust) throws(UntrustedFile)
    {
        // A folder at the path of the ledger is reported by `Ledger.open`.
        if followed.status?.kind == .folder { return }
        let folder = URL(fileURLWithPath: followed.path).deletingLastPathComponent().path
        if let status = FileStatus(path: folder), let fault = trust.faultAsPlaceForNewFiles(in: status) {
            throw trust.untrusted(fault, status, at: folder, as: path)
        }
        for name in files(of: followed.path, in: folder) {
            let file = folder == "/" ? "/" + name : folder + "/" + name
            guard let status = FileStatus(path: file, followsLinks: false) else { continue }
            try check(status, at: file, of: path, trust)
        }
    }

    /// Checks an open file.
    ///
    /// - Parameters:
    ///   - file: its path, for the message.
    static func check(
        descriptor: Int32, at file: String, trust: FileTrust = .ofThisProcess
    ) throws(LedgerError) {
        guard let status = FileStatus(descriptor: descriptor) else {
            throw .cannotOpen(path: file, reason: String(cString: strerror(errno)))
        }
        do throws(UntrustedFile) { try check(status, at: file, of: file, trust) } catch { throw .untrusted(error) }
    }

    private static func check(
        _ status: FileStatus, at file: String, of path: String, _ trust: FileTrust
    ) throws(UntrustedFile) {
        try trust.check(status, at: file, as: path)
        // The ledger itself may be behind a symbolic link, which has been followed.
        if status.kind != .regular { throw trust.untrusted(.notOrdinary, status, at: file, as: path) }
        if status.links > 1 { throw trust.untrusted(.severalNames, status, at: file, as: path) }
    }

    private static func files(of ledger: String, in folder: String) -> [String] {
        let name = URL(fileURLWithPath: ledger).lastPathComponent
        return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { file in
            guard file.hasPrefix(name) else { return false }
            let end = file.dropFirst(name.count)
            return end.isEmpty || ends.contains(String(end)) || end.hasPrefix("-") && end.hasSuffix(".lock")
        }.sorted()
    }
}
