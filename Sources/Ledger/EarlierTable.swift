import Domain
import Foundation
import GRDB

/// Rows of other runs in the same workspace whose effect a listing may not show yet: unconfirmed rows, and rows that
/// were answered `ok: true` so recently that a listing may lag behind.
struct EarlierTable {
    private let ledger: Ledger
    private let number: Int64
    private let window: Double

    /// - Parameter window: how long a listing may lag behind a response.
    init(_ ledger: Ledger, _ number: Int64, window: Duration) {
        self.ledger = ledger
        self.number = number
        self.window = window.inSeconds
    }

    /// Fills the temporary table `earlier` with one row for each account. If several runs have the same account, an
    /// unconfirmed row takes precedence over one that succeeded, and a later run over an earlier one.
    func build(in db: Database) throws {
        try db.run("DELETE FROM temp.earlier")
        let recent = try recentClaims(in: db)
        for run in Set(recent.map(\.run)).sorted() {
            let claims = recent.filter { $0.run == run }.map(\.id)
            try db.run(
                "INSERT OR REPLACE INTO temp.earlier SELECT subject, run, 1 FROM rows "
                    + "WHERE run = ? AND state = 'succeeded' AND subject <> '' AND claim BETWEEN ? AND ?",
                [run, claims.min(), claims.max()])
        }
        // Runs that ended without unconfirmed rows are left out, so that old rows are not searched.
        let open = try Int64.fetchAll(
            db,
            sql:
                "SELECT o.number FROM runs o JOIN runs r USING (workspace) WHERE r.number = ? AND o.number <> r.number "
                + "AND o.state <> 'planning' AND (o.openRows IS NULL OR o.openRows > 0) ORDER BY 1",
            arguments: [number])
        for run in open {
            try db.run(
                "INSERT OR REPLACE INTO temp.earlier SELECT subject, run, 0 FROM rows "
                    + "WHERE run = ? AND state IN ('sending', 'unknown') AND subject <> ''", [run])
        }
    }

    /// Claims of other runs in the workspace within the window; the newest first.
    private func recentClaims(in db: Database) throws -> [(id: Int64, run: Int64)] {
        guard window > 0 else { return [] }
        let (now, wallClock) = (ledger.moment(), ledger.wallClock().timeIntervalSince1970)
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: "SELECT c.*, o.workspace = (SELECT workspace FROM runs WHERE number = ?) AS isHere FROM claims c "
                    + "JOIN runs o ON o.number = c.run ORDER BY c.id DESC"), arguments: [number])
        var found: [(id: Int64, run: Int64)] = []
        while let row = try rows.next() {
            // For claims of another machine there is only the wall clock. A claim in the future counts as recent.
            let age =
                try now.secondsSince(boot: row.value("boot"), seconds: row.seconds(required: "uptime"))
                ?? wallClock - row.seconds(required: "claimedAt")
            let limit = try window + ClaimLimits.lease.inSeconds + row.seconds(required: "timeout")
            guard age <= limit else { break }
            let run: Int64 = try row.value("run")
            if try row.value("isHere"), run != number { found.append((try row.value("id"), run)) }
        }
        return found
    }
}
