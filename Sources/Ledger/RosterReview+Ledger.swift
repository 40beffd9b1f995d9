import Domain
import Foundation
import GRDB
import Populations

extension RosterReview {
    /// Compares a snapshot with the last review.
    ///
    /// - Parameter privileged: the privileged account types, which are sorted first.
    public init(
        of snapshot: Snapshot, since previous: ReviewRecord?, in ledger: Ledger, privileged: PrivilegedTypes = .standard
    ) throws(LedgerError) {
        self = try ledger.read { db in
            let reviews = try Int64.fetchAll(
                db, sql: "SELECT snapshot FROM reviews WHERE workspace = ?", arguments: [snapshot.workspace])
            let rows = try Row.fetchAll(
                db, sql: "SELECT number, takenAt FROM snapshots WHERE workspace = ?", arguments: [snapshot.workspace])
            let times = Dictionary(
                uniqueKeysWithValues: try rows.map { row in
                    try (row.value("number", as: Int64.self), row.date(required: "takenAt"))
                })
            return try RosterReview(
                of: snapshot, since: previous, reviews: reviews, times: times, privileged: privileged
            ) { kind in StateBlocks(workspace: snapshot.workspace, kind: kind, db: db) }
        }
    }
}
