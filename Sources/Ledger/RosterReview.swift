import Domain
import Foundation
import GRDB

/// One snapshot beside the last review: who is here, what is known about them, and what has changed.
///
/// The rows come one at a time, the privileged first, in the same order each time.
public final class RosterReview: ReviewSource {
    /// The snapshot under review.
    public let snapshot: Snapshot
    /// The review before it.
    public let previous: ReviewRecord?
    private let ledger: Ledger
    private let times: [Int64: Date]

    /// Compares a snapshot with the last review.
    ///
    /// One review is made at a time on one ledger; a second takes the first one's place.
    public init(of snapshot: Snapshot, since previous: ReviewRecord?, in ledger: Ledger) throws(LedgerError) {
        self.snapshot = snapshot
        self.previous = previous
        self.ledger = ledger
        try ledger.write { db in try ReviewTable.build(snapshot, since: previous, in: db) }
        times = try ledger.read { db in
            let rows = try Row.fetchAll(
                db, sql: "SELECT number, takenAt FROM snapshots WHERE workspace = ?", arguments: [snapshot.workspace])
            return Dictionary(
                uniqueKeysWithValues: rows.map { ($0["number"], Date(timeIntervalSince1970: $0["takenAt"])) })
        }
    }

    /// How many accounts of a kind there are, by account type, the privileged types first.
    public func counts(of kind: AccountKind) throws(LedgerError) -> [(type: AccountType, count: Int)] {
        try ledger.read { db in
            try Row.fetchAll(
                db,
                sql: "SELECT accountType, count(*) AS n FROM temp.review WHERE kind = ? GROUP BY 1 ORDER BY typeRank",
                arguments: [kind.rawValue]
            ).map { (AccountType(rawValue: $0["accountType"]), $0["n"]) }
        }
    }

    /// How many invites have each status.
    public func statuses() throws(LedgerError) -> [(status: InviteStatus, count: Int)] {
        try ledger.read { db in
            try Row.fetchAll(
                db, sql: "SELECT status, count(*) AS n FROM temp.review WHERE kind = 'invite' GROUP BY 1 ORDER BY 1"
            ).map { (InviteStatus(rawValue: $0["status"]), $0["n"]) }
        }
    }

    /// Every account of a kind.
    ///
    /// - Throws: ``LedgerError``, or what `body` throws.
    public func accounts(_ kind: AccountKind, _ body: (ReviewedAccount) throws -> Void) throws {
        try ledger.database.read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT r.*, p.accountType AS previousType, p.status AS previousStatus, p.email AS previousEmail,
                        p.name AS previousName
                    FROM temp.review r LEFT JOIN states p ON p.id = r.previousState
                    WHERE r.kind = ? ORDER BY r.id
                    """, arguments: [kind.rawValue])
            while let row = try rows.next() { try body(account(row)) }
        }
    }

    private func account(_ row: Row) -> ReviewedAccount {
        let kind = AccountKind(rawValue: row["kind"]) ?? .user
        let time = { (column: String) in (row[column] as Int64?).flatMap { self.times[$0] } }
        var account = ReviewedAccount(
            kind: kind, uid: row["uid"], email: row["email"], name: row["name"],
            accountType: AccountType(rawValue: row["accountType"]),
            status: kind == .invite ? InviteStatus(rawValue: row["status"]) : nil,
            firstSeen: time("firstSeen") ?? snapshot.takenAt)
        account.occurrence = row["occurrence"]
        account.pendingSince = time("pendingSince")
        account.expiredSince = time("expiredSince")
        account.expiredReviews = row["expiredReviews"] ?? 0
        account.isActiveToo = row["activeToo"] ?? false
        account.sameAs = row["sameAs"]
        guard previous != nil else { return account }
        guard let type: String = row["previousType"] else {
            account.change = .new
            return account
        }
        let status: String = row["previousStatus"]
        if type != account.accountType.rawValue { account.previousType = AccountType(rawValue: type) }
        if kind == .invite, status != account.status?.rawValue {
            account.previousStatus = InviteStatus(rawValue: status)
        }
        let isSame =
            account.previousType == nil && account.previousStatus == nil && row["previousEmail"] == account.email
            && row["previousName"] == account.name
        account.change = isSame ? .unchanged : .changed
        return account
    }

    /// How many accounts are new, changed or gone.
    public func changeCounts() throws(LedgerError) -> [AccountChange: Int] {
        var counts: [AccountChange: Int] = [:]
        do {
            try changes { counts[$0.change, default: 0] += 1 }
        } catch {
            throw LedgerError.from(error, path: ledger.path)
        }
        return counts
    }

    /// What is gone, new or changed since the last review; nothing if there was none.
    ///
    /// - Throws: ``LedgerError``, or what `body` throws.
    public func changes(_ body: (RosterChange) throws -> Void) throws {
        guard let previous else { return }
        try ledger.database.read { db in
            let gone = try Row.fetchCursor(
                db,
                sql: """
                    SELECT p.* FROM states p WHERE \(ReviewTable.shown("p")) AND NOT EXISTS (
                        SELECT 1 FROM temp.review r WHERE r.previousState = p.id)
                    ORDER BY p.kind DESC, p.emailKey, p.id
                    """, arguments: ["workspace": snapshot.workspace, "number": previous.snapshot])
            while let row = try gone.next() { try body(RosterChange(gone: row)) }
        }
        for change in [AccountChange.new, .changed] {
            for kind in [AccountKind.user, .invite] {
                try accounts(kind) { account in
                    if account.change == change { try body(RosterChange(change, account)) }
                }
            }
        }
    }
}

extension RosterChange {
    fileprivate init(gone row: Row) {
        let kind = AccountKind(rawValue: row["kind"]) ?? .user
        self.init(
            change: .gone, kind: kind, uid: row["uid"], email: row["email"], name: row["name"],
            typeBefore: AccountType(rawValue: row["accountType"]), typeAfter: nil,
            statusBefore: kind == .invite ? InviteStatus(rawValue: row["status"]) : nil, statusAfter: nil)
    }

    fileprivate init(_ change: AccountChange, _ account: ReviewedAccount) {
        self.init(
            change: change, kind: account.kind, uid: account.uid, email: account.email, name: account.name,
            typeBefore: change == .new ? nil : account.previousType ?? account.accountType,
            typeAfter: account.accountType,
            statusBefore: change == .new ? nil : account.previousStatus ?? account.status, statusAfter: account.status)
    }
}
