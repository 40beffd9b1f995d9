import Domain
import Foundation
import GRDB

/// The program's memory: one SQLite file with every run, every row and what became of it.
///
/// In WAL mode with `synchronous = FULL`: what a call has returned from survives a power cut. Other processes can
/// read while a run writes. The file is only its owner's to read (mode 0600), because it holds addresses.
///
/// ```swift
/// let ledger = try Ledger.open(at: path)
/// let plan = try ledger.beginPlan(header, at: Date())
/// ```
public final class Ledger: Sendable {
    /// Where the file is, as it was given.
    public let path: String
    /// Where it is without symbolic links: a lock beside a link would keep nobody out who comes another way.
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

    /// Where the ledger has the time from, and whether its writes are awaited.
    public struct Clocks: Sendable {
        /// The machine's own clock.
        public var moment: @Sendable () -> MachineMoment = { .now() }
        /// The time of day.
        public var wallClock: @Sendable () -> Date = { Date() }
        /// Whether a write blocks its caller instead of being awaited: a simulation that decides what runs next must not
        /// depend on when a disk is done.
        public var blocks = false

        /// Those of this machine.
        public init() {}
    }

    func moment() -> MachineMoment { clocks.moment() }
    func wallClock() -> Date { clocks.wallClock() }

    /// Runs `body` in one durable transaction without blocking the caller's thread.
    func writeWaiting<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        if clocks.blocks { return try Self.blocking { try database.write(body) } }
        return try await database.write(body)
    }

    /// Chooses the blocking form of a call that has an awaited one.
    private static func blocking<Value>(_ body: () throws -> Value) rethrows -> Value { try body() }

    /// Opens the ledger, makes it and its folder where they are missing, and brings it up to this version.
    ///
    /// - Throws: ``LedgerError``: it or a folder around it can be changed by someone else, it cannot be opened, it is no
    ///   ledger.
    public static func open(at path: String) throws(LedgerError) -> Ledger {
        // Before a folder is made where others could put something into it.
        let file = try LedgerFiles.check(path)
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw .cannotOpen(path: path, reason: "its folder \(Terminal.plain(folder)) cannot be made")
        }
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
            throw .cannotOpen(path: path, reason: "it is a folder")
        }
        if let code = problem(making: file) { throw .cannotOpen(path: path, reason: String(cString: strerror(code))) }
        // Once more, because the folders above have been made since.
        try LedgerFiles.check(path)
        return try make(path: path, durable: true)
    }

    /// A ledger in a temporary file for a dry run: gone when it is closed, and never synced to the disk.
    ///
    /// - Parameter clocks: where it has the time from.
    public static func temporary(clocks: Clocks = Clocks()) throws(LedgerError) -> Ledger {
        // An empty name is SQLite's word for a private file that it deletes (sqlite.org/inmemorydb.html), and only
        // what does not fit in its cache is ever written to it.
        try make(path: "", durable: false, clocks: clocks)
    }

    /// A copy in a temporary file, for a dry run of what is written down here: gone when it is closed.
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
                // 2 MB, whatever the size of the plan: rows are gone through in their order, so more helps little.
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

    /// Reads in one transaction, so that all of it is of one moment.
    ///
    /// GRDB's own `read` sets `PRAGMA query_only` before and after, which makes SQLite parse every kept statement anew:
    /// a fifth of a simulation's time.
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

    /// Reads rows one at a time for somebody who may have errors of their own.
    ///
    /// - Throws: ``LedgerError`` for SQLite's errors and for damage, and every other error as it is.
    func readOut(_ body: (Database) throws -> Void) throws {
        do {
            try consistently(body)
        } catch  where error is DatabaseError || error is DamagedValue {
            throw LedgerError.from(error, path: path)
        }
    }
}

/// Makes the file before SQLite sees it, so that no moment exists in which others can read it. SQLite gives its WAL and
/// shared-memory files the same mode.
///
/// A file that is there is not opened: closing it would release the locks that SQLite holds on it in this process
/// (sqlite.org/howtocorrupt.html, 2.2).
///
/// - Returns: the system's error where there is no file afterwards that can be read and written.
private func problem(making path: String) -> Int32? {
    let descriptor = Foundation.open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor < 0 else {
        close(descriptor)
        return nil
    }
    guard errno == EEXIST else { return errno }
    return access(path, R_OK | W_OK) == 0 ? nil : errno
}
