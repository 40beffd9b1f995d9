import Domain
import Foundation
import Testing

@testable import Reports

/// A workspace that nobody would wish for.
struct FakeReview: ReviewSource {
    static let day = Date(timeIntervalSince1970: 1_769_850_000)

    var users: [ReviewedAccount]
    var invites: [ReviewedAccount]
    var differences: [RosterChange] = []
    var previous: ReviewRecord?
    var snapshot: Snapshot {
        Snapshot(
            number: 9, workspace: "api.acme.io/x", startedAt: Self.day, takenAt: Self.day, active: users.count,
            invited: invites.count, rawSHA256: String(repeating: "a", count: 64))
    }

    static let hostile = [
        "<script>alert(1)</script>", "=HYPERLINK(\"http://x\")", "O'Brien, \"Zoë\" 🦊", "two\nlines", "",
    ]

    init() {
        let types = ["ADMIN", "OWNER", "DEVELOPER", "ANALYST", "ANALYST"]
        users = zip(Self.hostile, types).enumerated().map { place, user in
            ReviewedAccount(
                kind: .user, uid: "uid\(place)", email: "u\(place)@acme.io", name: user.0,
                accountType: AccountType(rawValue: user.1), status: nil, firstSeen: Self.day)
        }
        invites = [("ADMIN", "SENT"), ("GUEST", "BOUNCED"), ("ANALYST", "EXPIRED")].enumerated().map { place, invite in
            ReviewedAccount(
                kind: .invite, uid: "", email: "i\(place)@other.example", name: "",
                accountType: AccountType(rawValue: invite.0), status: InviteStatus(rawValue: invite.1),
                firstSeen: Self.day)
        }
    }

    func accounts(_ kind: AccountKind, _ body: (ReviewedAccount) throws -> Void) throws {
        try (kind == .user ? users : invites).forEach(body)
    }
    func counts(of kind: AccountKind) throws -> [(type: AccountType, count: Int)] {
        let accounts = kind == .user ? users : invites
        return Dictionary(grouping: accounts, by: \.accountType).map { ($0.key, $0.value.count) }
            .sorted { $0.0.rawValue < $1.0.rawValue }
    }
    func statuses() throws -> [(status: InviteStatus, count: Int)] {
        invites.compactMap(\.status).map { ($0, 1) }
    }
    func changeCounts() throws -> [AccountChange: Int] {
        Dictionary(grouping: differences, by: \.change).mapValues(\.count)
    }
    func changes(_ body: (RosterChange) throws -> Void) throws { try differences.forEach(body) }
}

@Suite struct ReviewReportTests {
    private var context: ReviewContext {
        ReviewContext(
            id: "2026-Q4", period: "2026-Q4", due: nil, reviewer: "Grace", approver: "Ada", preparer: "Pat",
            domains: ["acme.io"], endpointHost: "api.acme.io", query: "query { listUsers }", querySHA256: "00",
            version: "0.1.0", firstSnapshotAt: FakeReview.day)
    }

    private func cells(_ table: Table, _ key: String) throws -> [String] {
        let place = try #require(table.columns.firstIndex { $0.key == key })
        var texts: [String] = []
        try table.rows { texts.append($0[place].text) }
        return texts
    }

    @Test func `a summary leaves out the accounts and keeps what an approver looks at`() throws {
        let report = try ReviewReport.make(FakeReview(), context)
        #expect(report.summary.tables.map(\.id) == ["privileged", "changes"])
        #expect(report.summary.tallies.count == report.tallies.count)
    }

    @Test func `every format has every account, as it was`() throws {
        let scratch = try Scratch()
        let source = FakeReview()
        let report = try ReviewReport.make(source, context)
        for format in ReportFormat.allCases {
            let file = try #require(ReportFile(path: scratch.path("r.\(format.rawValue)")))
            let written = try file.write(report)
            #expect(written["users"] == 5 && written["invites"] == 3, "\(format)")
        }
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(try scratch.text("r.json").utf8)) as? [String: Any])
        let users = try #require(json["users"] as? [[String: Any]])
        #expect(users.map { $0["name"] as? String ?? "" } == FakeReview.hostile)
        #expect(users.map { $0["accountType"] as? String } == ["ADMIN", "OWNER", "DEVELOPER", "ANALYST", "ANALYST"])
        let invites = try #require(json["invites"] as? [[String: Any]])
        #expect(invites.map { $0["status"] as? String } == ["SENT", "BOUNCED", "EXPIRED"])

        let book = try ReadWorkbook(path: scratch.path("r.xlsx"))
        let sheet = try #require(book["Active users"])
        #expect(sheet.rows.count == 6)
        #expect(sheet.rows.dropFirst().map { $0[1] } == FakeReview.hostile.map { $0.isEmpty ? nil : .text($0) })
        #expect(book["Invites"]?.rows.dropFirst().map { $0[3] } == ["SENT", "BOUNCED", "EXPIRED"])
        #expect(book["Privileged"]?.rows.count == 5)

        let page = try scratch.text("r.html")
        // Five users, three invites, and the four of them that are privileged once more.
        #expect(page.components(separatedBy: "<tr><td").count - 1 == 12)
        for text in ["OWNER", "BOUNCED", "GUEST", "=HYPERLINK(&quot;http://x&quot;)"] { #expect(page.contains(text)) }

        let csv = try scratch.text("r.csv")
        for text in ["OWNER", "BOUNCED", "GUEST", "\"'=HYPERLINK(\"\"http://x\"\")\"", "\"two\nlines\""] {
            #expect(csv.contains(text), "\(text)")
        }
    }

    @Test func `the counts are those of the rows`() throws {
        let report = try ReviewReport.make(FakeReview(), context)
        #expect(report.warnings.isEmpty)
        #expect(
            report.tallies.map { "\($0.key) \($0.total)" } == [
                "usersByAccountType 5", "invitesByStatus 3", "invitesByAccountType 3",
            ])
        #expect(report.tables.map { "\($0.id) \($0.count)" } == ["privileged 4", "users 5", "invites 3", "changes 0"])
        #expect(
            try cells(report.tables[0], "email") == [
                "u0@acme.io", "u1@acme.io", "i0@other.example", "i1@other.example",
            ])
    }

    @Test func `what deserves a second look is flagged`() throws {
        var source = FakeReview()
        source.users[2].sameAs = "u0@acme.io"
        source.invites[2].isActiveToo = true
        source.invites[2].expiredReviews = 2
        let report = try ReviewReport.make(source, context)
        #expect(
            try cells(report.tables[1], "flags") == [
                "privileged", "privileged; unknown account type", "same person as u0@acme.io?", "", "",
            ])
        #expect(
            try cells(report.tables[2], "flags") == [
                "privileged; outside the company", "privileged; outside the company; unknown account type",
                "outside the company; already active; expired; expired in 2 earlier reviews",
            ])
        #expect(try cells(report.tables[1], "reviewer") == Array(repeating: "", count: 5))
        #expect(try cells(report.tables[1], "proposedReviewer") == Array(repeating: "Grace", count: 5))
        #expect(try cells(report.tables[1], "decision") == Array(repeating: "", count: 5))
    }

    @Test(
        arguments: [
            ("a@acme.io", true), ("a@eu.acme.io", true), ("a@ACME.io", true), ("a@evilacme.io", false),
            ("a@acme.io.evil.example", false), ("acme.io", false), ("", false),
        ] as [(String, Bool)])
    func `a domain below the company's is the company's`(email: String, isInside: Bool) {
        let account = ReviewedAccount(
            kind: .user, uid: "", email: email, name: "", accountType: AccountType(rawValue: "ANALYST"), status: nil,
            firstSeen: FakeReview.day)
        #expect((AccountFlags(domains: ["acme.io"], at: FakeReview.day).cell(account) == .empty) == isInside)
    }

    @Test func `expired invites can be narrowed to those seen long ago`() throws {
        var source = FakeReview()
        source.invites[2].expiredSince = FakeReview.day
        #expect(try ExpiredReport.make(source, context).tables[0].count == 1)
        let before = { (days: Double) in FakeReview.day.addingTimeInterval(days * 86_400) }
        #expect(try ExpiredReport.make(source, context, seenBefore: before(1)).tables[0].count == 1)
        #expect(try ExpiredReport.make(source, context, seenBefore: before(0)).tables[0].count == 0)
    }

    @Test(
        arguments: [
            (String(repeating: "a", count: 64) + "  r.csv\n", 1), (String(repeating: "a", count: 64) + " *r.csv\n", 1),
            ("", 0), ("abc  r.csv\n", nil), (String(repeating: "a", count: 64) + "  ../r.csv\n", nil),
            (String(repeating: "A", count: 64) + "  r.csv\n", 1),
            ("\u{feff}" + String(repeating: "A", count: 64) + "  r.csv\r\n", 1),
            (String(repeating: "g", count: 64) + "  r.csv\n", nil), (String(repeating: "a", count: 64) + "\n", nil),
        ] as [(String, Int?)])
    func `a manifest names files of its own folder`(text: String, entries: Int?) {
        #expect(Manifest(text: text)?.entries.count == entries)
    }
}
