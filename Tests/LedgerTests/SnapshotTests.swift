import Domain
import Foundation
import GRDB
import Testing

@testable import Ledger
@testable import Populations

/// A workspace through the quarters, on a ledger in a temporary file; times are days since the first.
@Suite struct SnapshotTests {
    private let ledger: Ledger

    init() throws { ledger = try Ledger.temporary() }

    private static func day(_ number: Double) -> Date { Date(timeIntervalSince1970: 1_700_000_000 + number * 86_400) }

    private func user(_ uid: String, _ type: String = "DEVELOPER", email: String? = nil, name: String = "")
        -> ActiveUser
    {
        ActiveUser(uid: uid, email: email ?? "\(uid)@acme.io", name: name, accountType: AccountType(rawValue: type))
    }

    private func invite(_ email: String, _ status: String, _ type: String = "ANALYST") -> InvitedUser {
        InvitedUser(
            email: email, accountType: AccountType(rawValue: type), status: InviteStatus(rawValue: status))
    }

    @discardableResult
    private func take(_ day: Double, _ active: [ActiveUser], _ invited: [InvitedUser] = []) throws -> Snapshot {
        let snapshot = Snapshot(
            workspace: "w", startedAt: Self.day(day), takenAt: Self.day(day), active: 0, invited: 0, rawSHA256: "")
        return try ledger.record(#require(Population(Roster(active: active, invited: invited))), as: snapshot)
    }

    @discardableResult
    private func review(_ snapshot: Snapshot) throws -> ReviewRecord {
        let record = ReviewRecord(
            id: "r\(snapshot.number)", workspace: "w", snapshot: snapshot.number, takenAt: snapshot.takenAt,
            folder: "", manifestSHA256: "")
        try ledger.record(record)
        return record
    }

    private func accounts(_ kind: AccountKind, of snapshot: Snapshot) throws -> [ReviewedAccount] {
        var accounts: [ReviewedAccount] = []
        try RosterReview(of: snapshot, since: ledger.lastReview(of: "w"), in: ledger)
            .accounts(kind) { accounts.append($0) }
        return accounts
    }

    private func states() throws -> Int {
        var count = 0
        for kind in AccountKind.allCases {
            try ledger.database.read { db in
                try StateBlocks(workspace: "w", kind: kind, db: db).forEach { _ in count += 1 }
            }
        }
        return count
    }

    @Test func `who does not change costs nothing`() throws {
        let people = (1...50).map { user("u\($0)") }
        for day in 0..<5 { try take(Double(day), people) }
        #expect(try states() == 50)
        #expect(try ledger.snapshots(of: "w").map(\.active) == [50, 50, 50, 50, 50])
    }

    @Test func `a snapshot is as it was, whatever came later`() throws {
        let first = try take(0, [user("a", "ADMIN"), user("b")], [invite("c@acme.io", "SENT")])
        try take(1, [user("a", "ADMIN"), user("b", "ANALYST"), user("c")])
        try take(2, [user("a", "ADMIN")])
        #expect(try accounts(.user, of: first).map { "\($0.uid) \($0.accountType)" } == ["a ADMIN", "b DEVELOPER"])
        #expect(try accounts(.invite, of: first).map(\.email) == ["c@acme.io"])
        #expect(try ledger.snapshot(of: "w", at: Self.day(1.5))?.number == 2)
        #expect(try ledger.snapshot(of: "w", at: Self.day(-1)) == nil)
        #expect(try ledger.snapshot(of: "other") == nil)
    }

    @Test func `first seen is the begin of the unbroken presence`() throws {
        try take(0, [user("a"), user("b")])
        try take(1, [user("a", "ADMIN")])
        let last = try take(2, [user("a"), user("b")])
        let seen = try accounts(.user, of: last).map(\.firstSeen)
        #expect(seen == [Self.day(0), Self.day(2)])
    }

    @Test func `an invite is pending, expires, is sent again and expires again`() throws {
        try take(0, [], [invite("a@acme.io", "SENT")])
        let expired = try take(10, [], [invite("a@acme.io", "EXPIRED")])
        try review(expired)
        try take(20, [], [invite("a@acme.io", "SENT")])
        try take(30, [], [invite("a@acme.io", "EXPIRED")])
        let last = try take(40, [], [invite("a@acme.io", "EXPIRED")])
        let account = try #require(try accounts(.invite, of: last).first)
        #expect(account.firstSeen == Self.day(0))
        #expect(account.pendingSince == Self.day(0))
        #expect(account.expiredSince == Self.day(30))
        #expect(account.expiredReviews == 1)
    }

    @Test func `an invite that was never seen pending has no such date`() throws {
        let only = try take(3, [], [invite("a@acme.io", "EXPIRED"), invite("b@acme.io", "BOUNCED")])
        let accounts = try accounts(.invite, of: only)
        #expect(accounts.map(\.email) == ["a@acme.io", "b@acme.io"])
        #expect(accounts.map(\.pendingSince) == [nil, Self.day(3)])
        #expect(accounts.map(\.expiredSince) == [Self.day(3), nil])
        #expect(accounts.map(\.status?.rawValue) == ["EXPIRED", "BOUNCED"])
    }

    @Test func `what changed since the last review`() throws {
        let before = try take(
            0, [user("a"), user("b"), user("c"), user("d", email: "old@acme.io")], [invite("e@acme.io", "SENT")])
        try review(before)
        try take(1, [user("a"), user("x")])
        let now = try take(
            2, [user("a"), user("b", "ADMIN"), user("d"), user("n")], [invite("e@acme.io", "EXPIRED")])
        let review = try RosterReview(of: now, since: ledger.lastReview(of: "w"), in: ledger)
        var changes: [String] = []
        review.changes { change in
            changes.append(
                "\(change.change) \(change.email) \(change.typeBefore?.rawValue ?? "-")/\(change.statusBefore?.rawValue ?? "")"
                    + " \(change.typeAfter?.rawValue ?? "-")/\(change.statusAfter?.rawValue ?? "")")
        }
        #expect(
            changes == [
                "gone c@acme.io DEVELOPER/ -/", "new n@acme.io -/ DEVELOPER/", "changed b@acme.io DEVELOPER/ ADMIN/",
                "changed d@acme.io DEVELOPER/ DEVELOPER/", "changed e@acme.io ANALYST/SENT ANALYST/EXPIRED",
            ])
        #expect(review.changeCounts() == [.gone: 1, .new: 1, .changed: 3])
        #expect(try accounts(.user, of: now).map(\.change) == [.changed, .unchanged, .changed, .new])
        #expect(try accounts(.user, of: now).first?.previousType == AccountType(rawValue: "DEVELOPER"))
    }

    @Test func `the first review has nothing to compare with`() throws {
        let now = try take(0, [user("a")])
        let review = try RosterReview(of: now, since: nil, in: ledger)
        #expect(review.changeCounts().isEmpty)
        #expect(try accounts(.user, of: now).map(\.change) == [nil])
    }

    @Test func `the privileged come first, and administrators before them`() throws {
        let now = try take(
            0,
            [
                user("a"), user("b", "OWNER"), user("c", "ADMIN"), user("d", "BILLING_ADMIN"), user("e", "ZEBRA"),
                user("f", "ANALYST"),
            ],
            [invite("x@acme.io", "EXPIRED"), invite("y@acme.io", "SENT", "ADMIN"), invite("w@acme.io", "SENT")])
        #expect(
            try accounts(.user, of: now).map(\.accountType.rawValue) == [
                "ADMIN", "BILLING_ADMIN", "OWNER", "ZEBRA", "ANALYST", "DEVELOPER",
            ])
        #expect(try accounts(.invite, of: now).map(\.email) == ["y@acme.io", "x@acme.io", "w@acme.io"])
        let review = try RosterReview(of: now, since: nil, in: ledger)
        #expect(review.counts(of: .invite).map(\.count) == [1, 2])
        #expect(review.statuses().map { "\($0.status.rawValue) \($0.count)" } == ["EXPIRED 1", "SENT 2"])
    }

    @Test func `one person under two addresses, and an invite for somebody who is active`() throws {
        let now = try take(
            0,
            [
                user("a", email: "ann@acme.io", name: "Ann Lee"),
                user("b", email: "ann.lee@mail.example", name: "ann lee"),
                user("c", email: "bob@acme.io", name: "Bob"), user("d", email: "bob+test@acme.io", name: "Bob"),
                user("e", email: "eve@acme.io", name: "Eve"), user("f", email: "f@acme.io", name: "Eve"),
            ], [invite("EVE@acme.io", "SENT"), invite("new@acme.io", "SENT")])
        let same = try accounts(.user, of: now).map { "\($0.email) \($0.sameAs ?? "-")" }
        #expect(
            same == [
                "ann.lee@mail.example ann@acme.io", "ann@acme.io ann.lee@mail.example", "bob+test@acme.io bob@acme.io",
                "bob@acme.io bob+test@acme.io", "eve@acme.io -", "f@acme.io -",
            ])
        #expect(try accounts(.invite, of: now).map(\.isActiveToo) == [true, false])
    }

    @Test func `an account that a listing shows twice is two rows`() throws {
        let now = try take(0, [user("a"), user("a")], [invite("x@acme.io", "SENT"), invite("X@acme.io", "SENT")])
        #expect(try accounts(.user, of: now).count == 2)
        #expect(try accounts(.invite, of: now).map(\.email) == ["x@acme.io", "X@acme.io"])
    }

    @Test func `workspaces do not mix`() throws {
        try take(0, [user("a")])
        let other = Snapshot(
            workspace: "v", startedAt: Self.day(1), takenAt: Self.day(1), active: 0, invited: 0, rawSHA256: "")
        let there = try ledger.record(
            #require(Population(Roster(active: [user("b")], invited: []))), as: other)
        let here = try take(2, [user("a")])
        #expect(try accounts(.user, of: here).map(\.uid) == ["a"])
        #expect(try accounts(.user, of: there).map(\.uid) == ["b"])
        #expect(try accounts(.user, of: here).first?.firstSeen == Self.day(0))
    }
}
