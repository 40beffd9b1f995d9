import Domain
import Foundation
import GRDB

/// What other runs in the same workspace did about accounts that a listing may not show yet: rows without a certain
/// answer, and rows that were answered `ok: true` so recently that the listing may lag behind them.
struct EarlierTable {
    private let ledger: Ledger
    private let number: Int64
    private let window: Double

    /// - Parameter window: how long a listing may lag behind an answer.
    init(_ ledger: Ledger, _ number: Int64, window: Duration) {
        self.ledger = ledger
        self.number = number
        self.window = window.inSeconds
    }

    /// Makes the temporary table `earlier`: a line for each account. Where several runs are about one, a row without an
    /// answer counts before one that has succeeded, and a later run before an earlier one.
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
        // Only runs that ended without a rest are certain to have none, so that not every old row is looked at.
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

    /// Claims of other runs in the workspace that are no older than the window, looked for from the newest back.
    private func recentClaims(in db: Database) throws -> [(id: Int64, run: Int64)] {
        guard window > 0 else { return [] }
        let (now, wallClock) = (ledger.moment(), ledger.wallClock().timeIntervalSince1970)
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: "SELECT c.*, o.workspace = (SELECT workspace FROM runs WHERE number = ?) AS isHere FROM claims c "
                    + "JOIN runs o ON o.number = c.run ORDER BY c.id DESC"), arguments: [number])
        var found: [(id: Int64, run: Int64)] = []
        while let row = try rows.next() {
            // On another machine only the time of day is left; what seems to lie ahead counts as recent.
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
