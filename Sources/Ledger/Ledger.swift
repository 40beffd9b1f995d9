import Domain
import Foundation
import GRDB

/// One SQLite file that stores every run and the outcome of every row.
///
/// It is in WAL mode with `synchronous = FULL`: changes survive a power failure once the call has returned, and other
/// processes can read while a run writes. Only its owner can read the file (mode 0600), because it contains addresses.
///
/// ```swift
/// let ledger = try Ledger.open(at: path)
/// let plan = try ledger.beginPlan(header, at: Date())
/// ```
public final class Ledger: Sendable {
    /// The path of the file, as given.
    public let path: String
    /// The path without symbolic links. The lock is beside the real file, so that every path to the ledger leads to the
    /// same lock.
    let realPath: String
    let database: DatabaseQueue
    private let clocks: Clocks

    init(path: String, database: DatabaseQueue, clocks: Clocks = Clocks()) {
        self.path = path
        realPath =
            realpath(path, nil).map { real in
                defer { free(real) }
                return String(cString: real)
            } ?? path
        self.database = database
        self.clocks = clocks
    }

    /// The clocks of a ledger, and whether its writes are awaited.
    public struct Clocks: Sendable {
        /// The monotonic clock of the machine.
        public var moment: @Sendable () -> MachineMoment = { .now() }
        /// The wall clock.
        public var wallClock: @Sendable () -> Date = { Date() }
        /// Whether a write blocks its caller instead of being awaited. A simulation needs this, because its order must
        /// not depend on the speed of the disk.
        public var blocks = false

        /// The clocks of this machine.
        public init() {}
    }

    func moment() -> MachineMoment { clocks.moment() }
    func wallClock() -> Date { clocks.wallClock() }

    /// Runs `body` in one durable transaction without blocking the caller's thread.
    func writeWaiting<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        if clocks.blocks { return try Self.blocking { try database.write(body) } }
        return try await database.write(body)
    }

    /// Selects the blocking overload of a call that also has an asynchronous one.
    private static func blocking<Value>(_ body: () throws -> Value) rethrows -> Value { try body() }

    /// Opens the ledger. Creates the file and its folder if they are missing, and migrates the file to this version.
    ///
    /// - Throws: ``LedgerError`` if other users can change the file or its folders, or if it cannot be opened or is not
    ///   a ledger.
    public static func open(at path: String) throws(LedgerError) -> Ledger {
        // Checked first, so that no folder is created where other users can write.
        let file = try LedgerFiles.check(path)
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw .cannotOpen(path: path, reason: "its folder \(Terminal.plain(folder)) cannot be created")
        }
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
            throw .cannotOpen(path: path, reason: "it is a folder")
        }
        if let code = problem(making: file) { throw .cannotOpen(path: path, reason: String(cString: strerror(code))) }
        // Checked again, because folders have been created since.
        try LedgerFiles.check(path)
        return try make(path: path, durable: true)
    }

    /// A ledger in a temporary file, for a dry run. It is deleted when it is closed, and never synced to the disk.
    public static func temporary(clocks: Clocks = Clocks()) throws(LedgerError) -> Ledger {
        // For an empty name, SQLite creates a private temporary file (sqlite.org/inmemorydb.html) and writes to it only
        // what does not fit in its cache.
        try make(path: "", durable: false, clocks: clocks)
    }

    /// A copy in a temporary file, for a dry run of stored rows. It is deleted when it is closed.
    public func temporaryCopy() throws(LedgerError) -> Ledger {
        let copy = try Self.temporary(clocks: clocks)
        do { try database.backup(to: copy.database) } catch { throw .from(error, path: path) }
        return copy
    }

    private static func make(path: String, durable: Bool, clocks: Clocks = Clocks()) throws(LedgerError) -> Ledger {
        do {
            var configuration = Configuration()
            configuration.label = "ledger"
            configuration.busyMode = .timeout(5)
            if durable { configuration.journalMode = .wal }
            configuration.prepareDatabase { db in
                try db.execute(sql: "PRAGMA synchronous = \(durable ? "FULL" : "OFF")")
                try db.execute(sql: "PRAGMA temp_store = FILE")
                // 2 MB, whatever the size of the plan: rows are read in order, so a larger cache helps little.
                try db.execute(sql: "PRAGMA cache_size = -2000")
                try db.execute(sql: Schema.temporaryTables)
            }
            let database = try DatabaseQueue(path: path, configuration: configuration)
            let migrator = Schema.migrator
            guard try !database.read(migrator.hasBeenSuperseded) else { throw LedgerError.newer(path: path) }
            try migrator.migrate(database)
            return Ledger(path: path, database: database, clocks: clocks)
        } catch {
            throw .from(error, path: path)
        }
    }

    /// Runs `body` in one durable transaction.
    func write<Value>(_ body: (Database) throws -> Value) throws(LedgerError) -> Value {
        do { return try database.write(body) } catch { throw .from(error, path: path) }
    }

    func read<Value>(_ body: (Database) throws -> Value) throws(LedgerError) -> Value {
        do { return try consistently(body) } catch { throw .from(error, path: path) }
    }

    /// Reads in one transaction, so that all values are from the same moment.
    ///
    /// `read` of GRDB sets `PRAGMA query_only` before and after, which makes SQLite parse every cached statement again:
    /// a fifth of the time of a simulation.
    private func consistently<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try database.inDatabase { db in
            try db.beginTransaction(.deferred)
            do {
                let value = try body(db)
                try db.commit()
                return value
            } catch {
                try? db.rollback()
                throw error
            }
        }
    }

    /// Reads rows one at a time. Errors of `body` are passed on.
    ///
    /// - Throws: ``LedgerError`` for errors of SQLite and for damage, and all other errors unchanged.
    func readOut(_ body: (Database) throws -> Void) throws {
        do {
            try consistently(body)
        } catch  where error is DatabaseError || error is DamagedValue {
            throw LedgerError.from(error, path: path)
        }
    }
}

/// Creates the file before SQLite opens it, so that other users can never read it. SQLite gives its WAL and
/// shared-memory files the same mode.
///
/// An existing file is not opened: closing it would release the locks that SQLite holds on it in this process
/// (sqlite.org/howtocorrupt.html, 2.2).
///
/// - Returns: `errno` if there is no readable and writable file afterwards; otherwise nil.
private func problem(making path: String) -> Int32? {
    let descriptor = Foundation.open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor < 0 else {
        close(descriptor)
        return nil
    }
    guard errno == EEXIST else { return errno }
    return access(path, R_OK | W_OK) == 0 ? nil : errno
}
