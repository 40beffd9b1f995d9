import Domain
import GRDB
import Populations

/// Why the ledger cannot be used. Nothing is sent that could not be written down first.
public enum LedgerError: ExplainedError, Hashable, Sendable {
    /// The file or its folder cannot be opened or made.
    case cannotOpen(path: String, reason: String)
    /// Someone else than the user and root can change the file, or one that belongs to it.
    case untrusted(UntrustedFile)
    /// Another version of the program has changed the file in a way that this one does not know.
    case newer(path: String)
    /// The file is not a ledger, or is damaged.
    case damaged(path: String, reason: String)
    /// A write failed: a full disk, a locked file.
    case cannotWrite(path: String, reason: String)
    /// Another process is changing the workspace through this ledger; which run it is, where it has come so far.
    case busy(workspace: String, run: Int64?, process: Int64?)
    /// A word in it that this version does not know; what it stands for.
    case unknownKind(String)
    /// The lock's file, or the ledger itself, was deleted or replaced while the lock was held.
    case lockLost(path: String)
    /// There is no such run.
    case noSuchRun(Int64)
    /// The ledger has no runs.
    case noRuns(path: String)
    /// The run of that number is another one than a command named.
    case otherRun(Int64, id: String, found: String, path: String)

    /// What happened and what to do.
    public var sentence: String {
        switch self {
        case .cannotOpen(let path, let reason):
            "cannot open the ledger \(Terminal.plain(path)): \(reason); give another place with --ledger FILE"
        case .untrusted(let file): "the ledger \(file.sentence); or give another place with --ledger FILE"
        case .newer(let path):
            "the ledger \(Terminal.plain(path)) was written by a newer version of rollcall; use that version, or give "
                + "another place with --ledger FILE"
        case .damaged(let path, let reason):
            "\(Terminal.plain(path)) is not a ledger, or is damaged (\(reason)); move it away, or give another place "
                + "with --ledger FILE"
        case .cannotWrite(let path, let reason):
            "cannot write to the ledger \(Terminal.plain(path)): \(reason)"
        case .busy(let workspace, let run, let process):
            (run.map { "run \($0)" } ?? "another run")
                + (process.map { " (process \($0))" } ?? "")
                + " is at work on \(Terminal.plain(workspace)) with this ledger; wait until it has ended"
        case .unknownKind(let what):
            "the ledger holds \(Terminal.plain(what, limit: 100)), which this version of rollcall does not know; use the "
                + "version that wrote it; nothing was sent"
        case .lockLost(let path):
            "\(Terminal.plain(path, limit: 1000)) was deleted or replaced while a run was using it, so that another run could "
                + "begin; let nothing delete files beside the ledger"
        case .noSuchRun(let number):
            "there is no run \(number) in this ledger; list its runs with 'runs' and the same --ledger"
        case .noRuns(let path): "there are no runs in the ledger \(Terminal.plain(path, limit: 1000))"
        case .otherRun(let number, let id, let found, let path):
            "run \(number) of the ledger \(Terminal.plain(path, limit: 1000)) is \(found), and not "
                + "\(number)-\(Terminal.plain(id)): the command was meant for another ledger; nothing was sent"
        }
    }

    /// What programs go by.
    public var code: ErrorCode {
        switch self {
        case .noSuchRun, .noRuns, .otherRun: .notFound
        default: .ledgerUnusable
        }
    }

    /// SQLite's error in this program's words.
    static func from(_ error: any Error, path: String) -> LedgerError {
        if let error = error as? LedgerError { return error }
        if let error = error as? DamagedValue {
            return .damaged(path: path, reason: "\(error.column) holds an impossible value")
        }
        if error is DamagedBlock { return .damaged(path: path, reason: "a block of states is not as it was written") }
        guard let error = error as? DatabaseError else { return .cannotWrite(path: path, reason: "\(error)") }
        let reason = error.message ?? "SQLite error \(error.resultCode.rawValue)"
        return switch error.resultCode {
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: .cannotOpen(path: path, reason: reason)
        case .SQLITE_NOTADB, .SQLITE_CORRUPT: .damaged(path: path, reason: reason)
        default: .cannotWrite(path: path, reason: reason)
        }
    }
}
