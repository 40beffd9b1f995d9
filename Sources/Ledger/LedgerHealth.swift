import Domain
import Foundation
import GRDB

/// How a ledger is.
public struct LedgerHealth: Hashable, Sendable {
    /// How many of the schema's steps it has; 0 for a file that is no ledger yet.
    public var schema: Int
    /// Whether these are all the steps that this version knows.
    public var isCurrent: Bool
    /// What SQLite finds damaged, at most ten sentences; none in a sound file.
    public var problems: [String]
    /// The file's size.
    public var bytes: Int
}

extension Ledger {
    /// SQLite's version, for example `3.40.1`.
    public static var sqliteVersion: String {
        let version = try? DatabaseQueue().read { db in try String.fetchOne(db, sql: "SELECT sqlite_version()") }
        return version.flatMap(\.self) ?? "unknown"
    }

    /// Looks whether someone else could change a ledger at a place, whether or not there is one.
    ///
    /// - Throws: ``LedgerError/untrusted(_:)``
    public static func checkPlace(_ path: String) throws(LedgerError) { _ = try LedgerFiles.check(path) }

    /// Opens a ledger to look at it: nothing is made, changed or brought up to date.
    public static func openToLook(at path: String) throws(LedgerError) -> Ledger {
        try LedgerFiles.check(path)
        do {
            var configuration = Configuration()
            configuration.label = "ledger, read"
            configuration.readonly = true
            configuration.busyMode = .timeout(5)
            let database = try DatabaseQueue(path: path, configuration: configuration)
            guard try !database.read(Schema.migrator.hasBeenSuperseded) else { throw LedgerError.newer(path: path) }
            return Ledger(path: path, database: database)
        } catch {
            throw .from(error, path: path)
        }
    }

    /// Looks at the whole file: `PRAGMA quick_check`, about a second for each gigabyte.
    public func health() throws(LedgerError) -> LedgerHealth {
        let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber)?.intValue
        return try read { db in
            let steps = try Schema.migrator.appliedMigrations(db).count
            let found = try String.fetchAll(db, sql: "PRAGMA quick_check(10)")
            return LedgerHealth(
                schema: steps, isCurrent: try Schema.migrator.hasCompletedMigrations(db),
                problems: found == ["ok"] ? [] : found, bytes: size ?? 0)
        }
    }
}
