import Domain
import GRDB
import Populations

/// Why the ledger cannot be used. Nothing is sent that cannot be stored first.
public enum LedgerError: ExplainedError, Hashable, Sendable {
    /// The file or its folder cannot be opened or created.
    case cannotOpen(path: String, reason: String)
    /// Other users than the owner and root can change the file, or one that belongs to it.
    case untrusted(UntrustedFile)
    /// A newer version of the program has migrated the file.
    case newer(path: String)
    /// The file is not a ledger, or is damaged.
    case damaged(path: String, reason: String)
    /// A write failed, for example because the disk is full or the file is locked.
    case cannotWrite(path: String, reason: String)
    /// Another process is changing the workspace with this ledger. The run and the process are nil until it has stored
    /// them.
    case busy(workspace: String, run: Int64?, process: Int64?)
    /// The ledger contains a value that this version does not support.
    case unknownKind(String)
    /// The lock file, or the ledger itself, was deleted or replaced while the lock was held.
    case lockLost(path: String)
    /// There is no such run.
    case noSuchRun(Int64)
    /// The ledger has no runs.
    case noRuns(path: String)
    /// The run with this number has another id than the command named.
    case otherRun(Int64, id: String, found: String, path: String)

    /// What happened, and how to continue.
    public var sentence: String {
        switch self {
        case .cannotOpen(let path, let reason):
            "cannot open the ledger \(Terminal.plain(path)): \(reason); to use another file: --ledger FILE"
        case .untrusted(let file): "the ledger \(file.sentence); or use another file: --ledger FILE"
        case .newer(let path):
            "the ledger \(Terminal.plain(path)) was written by a newer version of rollcall; use that version, or "
                + "another file: --ledger FILE"
        case .damaged(let path, let reason):
            "\(Terminal.plain(path)) is not a ledger, or is damaged (\(reason)); move it to another folder, or use "
                + "another file: --ledger FILE"
        case .cannotWrite(let path, let reason):
            "cannot write to the ledger \(Terminal.plain(path)): \(reason)"
        case .busy(let workspace, let run, let process):
            (run.map { "run \($0)" } ?? "another run")
                + (process.map { " (process \($0))" } ?? "")
                + " is using workspace \(Terminal.plain(workspace)) with this ledger; wait until it ends"
        case .unknownKind(let what):
            "the ledger contains \(Terminal.plain(what, limit: 100)), which this version of rollcall does not support; "
                + "use the version that wrote it; nothing was sent"
        case .lockLost(let path):
            "\(Terminal.plain(path, limit: 1000)) was deleted or replaced while a run was using it, so another run "
                + "could start; make sure that no program deletes files beside the ledger"
        case .noSuchRun(let number):
            "there is no run \(number) in this ledger; to list its runs, use 'rollcall runs' with the same --ledger"
        case .noRuns(let path): "there are no runs in the ledger \(Terminal.plain(path, limit: 1000))"
        case .otherRun(let number, let id, let found, let path):
            "run \(number) of the ledger \(Terminal.plain(path, limit: 1000)) is \(found), not "
                + "\(number)-\(Terminal.plain(id)); the command is for another ledger; nothing was sent"
        }
    }

    /// The code for programs.
    public var code: ErrorCode {
        switch self {
        case .noSuchRun, .noRuns, .otherRun: .notFound
        default: .ledgerUnusable
        }
    }

    /// Converts an error of SQLite or a sign of damage.
    static func from(_ error: any Error, path: String) -> LedgerError {
        if let error = error as? LedgerError { return error }
        if let error = error as? DamagedValue {
            return .damaged(path: path, reason: "\(error.column) holds an impossible value")
        }
        if error is DamagedBlock {
            return .damaged(path: path, reason: "a block of account states has changed or is incomplete")
        }
        guard let error = error as? DatabaseError else { return .cannotWrite(path: path, reason: "\(error)") }
        let reason = error.message ?? "SQLite error \(error.resultCode.rawValue)"
        return switch error.resultCode {
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: .cannotOpen(path: path, reason: reason)
        case .SQLITE_NOTADB, .SQLITE_CORRUPT: .damaged(path: path, reason: reason)
        default: .cannotWrite(path: path, reason: reason)
        }
    }
}
