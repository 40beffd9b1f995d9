import Domain
import Foundation
import GRDB

/// The state of a ledger file.
public struct LedgerHealth: Hashable, Sendable {
    /// The number of schema migrations that were applied; 0 for an empty file.
    public var schema: Int
    /// Whether all migrations of this version were applied.
    public var isCurrent: Bool
    /// Damage that SQLite found, at most ten messages; empty for an intact file.
    public var problems: [String]
    /// The size of the file.
    public var bytes: Int
}

extension Ledger {
    /// The version of SQLite, for example `3.40.1`.
    public static var sqliteVersion: String {
        let version = try? DatabaseQueue().read { db in try String.fetchOne(db, sql: "SELECT sqlite_version()") }
        return version.flatMap(\.self) ?? "unknown"
    }

    /// Checks that no other user can change a ledger at this path, whether or not the file exists.
    ///
    /// - Throws: ``LedgerError/untrusted(_:)``
    public static func checkPlace(_ path: String) throws(LedgerError) { _ = try LedgerFiles.check(path) }

    /// Opens a ledger for reading. Nothing is created, changed or migrated.
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

    /// Checks the whole file with `PRAGMA quick_check`, which takes about a second per gigabyte.
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
