import Domain
import Foundation
import Testing

@testable import Reports

/// A review that counts how many accounts it was asked for.
private struct CountedReview: ReviewSource {
    final class Asked { var accounts = 0 }

    var review = FakeReview()
    /// What the counts are of.
    var counted = FakeReview()
    let asked = Asked()

    var snapshot: Snapshot { review.snapshot }
    var previous: ReviewRecord? { nil }
    func counts(of kind: AccountKind) throws -> [(type: AccountType, count: Int)] { try counted.counts(of: kind) }
    func statuses() throws -> [(status: InviteStatus, count: Int)] { try review.statuses() }
    func changeCounts() throws -> [AccountChange: Int] { [:] }
    func changes(_ body: (RosterChange) throws -> Void) throws {}
    func accounts(_ kind: AccountKind, _ body: (ReviewedAccount) throws -> Void) throws {
        try review.accounts(kind) { account in
            asked.accounts += 1
            try body(account)
        }
    }
}

@Suite struct PrivilegedTests {
    private let context = ReviewContext(
        id: "2026-Q4", period: "2026-Q4", due: nil, reviewer: nil, approver: nil, preparer: "Pat", domains: [],
        endpointHost: "api.acme.io", query: "", querySHA256: "00", version: "0", firstSnapshotAt: FakeReview.day)

    @Test func `those who come after the privileged are not asked for once more`() throws {
        let source = CountedReview()
        let table = try ReviewReport.make(source, context).tables[0]
        source.asked.accounts = 0
        var rows = 0
        try table.rows { _ in rows += 1 }
        // Two users and two invites, and of each kind the one after.
        #expect(rows == 4)
        #expect(source.asked.accounts == 6)
    }

    @Test func `one privileged account more than was counted is noticed`() throws {
        var source = CountedReview()
        source.review.users[2].accountType = .admin
        let report = try ReviewReport.make(source, context)
        let scratch = try Scratch()
        #expect(throws: RowCountMismatch(table: "Privileged", promised: 4, written: 5)) {
            try XLSXWriter().write(report, to: scratch.path("r.xlsx"))
        }
    }

    @Test func `a failure while they are listed is not taken for their end`() throws {
        let table = try ReviewReport.make(CountedReview(), context).tables[0]
        #expect(throws: Broken.self) { try table.rows { _ in throw Broken() } }
    }
}

/// What a report says of the rule is the rule.
@Suite struct PrivilegedWordsTests {
    @Test func `the default rule names each type that does not count, and no other`() {
        let words = PrivilegedTypes.standard.words
        #expect(words == "every account type except ANALYST, BUSINESS, DEVELOPER and SANDBOX_USER")
        let named = Set(words.split { !$0.isLetter && $0 != "_" }.map(String.init))
        for type in AccountType.known {
            #expect(PrivilegedTypes.standard.contains(type) == !named.contains(type.rawValue))
        }
        #expect(PrivilegedTypes([AccountType(rawValue: "OWNER")]).words == "ADMIN, OWNER")
    }
}
