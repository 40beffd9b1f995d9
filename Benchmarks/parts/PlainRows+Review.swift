import Domain
import Foundation
import GRDB

extension PlainRows {
    /// Every account of a kind at a snapshot, the privileged first, with its history and how it differs from an earlier
    /// snapshot.
    func accounts(
        _ kind: AccountKind, of snapshot: Int64, since previous: Int64, where condition: String = "TRUE",
        _ body: (ReviewedAccount) throws -> Void
    ) throws {
        try database.read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT s.account, s.occurrence, s.email, s.name, s.accountType, s.status, s.seen,
                        CASE s.kind WHEN 'invite' THEN (
                            SELECT min(a.first) FROM states a WHERE \(Self.isAccount("a", of: "s")) AND a.first >= s.seen
                                AND a.first <= :snapshot AND upper(a.status) <> 'EXPIRED') END,
                        CASE WHEN upper(s.status) = 'EXPIRED' THEN (
                            SELECT min(a.first) FROM states a WHERE \(Self.isAccount("a", of: "s")) AND a.first >= s.seen
                                AND a.first <= :snapshot AND upper(a.status) = 'EXPIRED') END,
                        p.accountType, p.status, p.email, p.name
                    FROM (
                        SELECT *, (SELECT max(a.first) FROM states a WHERE \(Self.isAccount("a", of: "t"))
                            AND a.first <= t.first AND NOT EXISTS (
                                SELECT 1 FROM states b WHERE \(Self.isAccount("b", of: "t")) AND b.gone = a.first)) AS seen
                        FROM states t WHERE kind = :kind AND \(Self.isShown("t", at: ":snapshot"))
                    ) s
                    LEFT JOIN states p ON \(Self.isAccount("p", of: "s")) AND \(Self.isShown("p", at: ":previous"))
                    WHERE \(condition)
                    ORDER BY CASE WHEN s.accountType = 'ADMIN' THEN 0
                        WHEN s.accountType LIKE '%ADMIN%' OR s.accountType LIKE '%OWNER%' THEN 1 ELSE 2 END,
                        upper(s.status) <> 'EXPIRED', s.accountType, s.emailKey
                    """, arguments: ["kind": kind.rawValue, "snapshot": snapshot, "previous": previous])
            while let row = try rows.next() { try body(ReviewedAccount(row, kind)) }
        }
    }

    /// What is gone, new or changed between two snapshots.
    func changes(of snapshot: Int64, since previous: Int64, _ body: (RosterChange) throws -> Void) throws {
        try database.read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT kind, account, email, name, accountType, status FROM states p
                    WHERE \(Self.isShown("p", at: ":previous")) AND NOT EXISTS (
                        SELECT 1 FROM states s WHERE s.kind = p.kind AND \(Self.isAccount("s", of: "p"))
                            AND \(Self.isShown("s", at: ":snapshot")))
                    ORDER BY kind DESC, emailKey
                    """, arguments: ["snapshot": snapshot, "previous": previous])
            while let row = try rows.next() {
                let isUser = row[0] == AccountKind.user.rawValue
                try body(
                    RosterChange(
                        change: .gone, kind: isUser ? .user : .invite, uid: isUser ? row[1] : "", email: row[2],
                        name: row[3], typeBefore: AccountType(rawValue: row[4]), typeAfter: nil,
                        statusBefore: isUser ? nil : InviteStatus(rawValue: row[5]), statusAfter: nil))
            }
        }
        let isNew = "p.account IS NULL"
        let isChanged = "(p.accountType, p.status, p.email, p.name) <> (s.accountType, s.status, s.email, s.name)"
        for (change, condition) in [(AccountChange.new, isNew), (.changed, isChanged)] {
            for kind in [AccountKind.user, .invite] {
                try accounts(kind, of: snapshot, since: previous, where: condition) { account in
                    try body(
                        RosterChange(
                            change: change, kind: kind, uid: account.uid, email: account.email, name: account.name,
                            typeBefore: account.previousType, typeAfter: account.accountType,
                            statusBefore: account.previousStatus, statusAfter: account.status))
                }
            }
        }
    }

    private static func isShown(_ state: String, at snapshot: String) -> String {
        "\(state).first <= \(snapshot) AND (\(state).gone IS NULL OR \(state).gone > \(snapshot))"
    }

    private static func isAccount(_ state: String, of other: String) -> String {
        "\(state).kind = \(other).kind AND \(state).account = \(other).account AND \(state).occurrence = \(other).occurrence"
    }
}

extension ReviewedAccount {
    fileprivate init(_ row: Row, _ kind: AccountKind) {
        let time = { (number: Int64?) in number.map { SyntheticReview.day.addingTimeInterval(Double($0) * 7e6) } }
        self.init(
            kind: kind, uid: kind == .user ? row[0] : "", email: row[2], name: row[3],
            accountType: AccountType(rawValue: row[4]), status: kind == .user ? nil : InviteStatus(rawValue: row[5]),
            firstSeen: time(row[6]) ?? SyntheticReview.day)
        occurrence = row[1]
        pendingSince = time(row[7])
        expiredSince = time(row[8])
        guard let type: String = row[9] else {
            change = .new
            return
        }
        let (status, email, name): (String, String, String) = (row[10], row[11], row[12])
        if type != accountType.rawValue { previousType = AccountType(rawValue: type) }
        if kind == .invite, status != self.status?.rawValue { previousStatus = InviteStatus(rawValue: status) }
        let isSame = previousType == nil && previousStatus == nil && email == self.email && name == self.name
        change = isSame ? .unchanged : .changed
    }
}
