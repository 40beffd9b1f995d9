import Domain
import Foundation
import Testing

@testable import Reports

/// Other products' forms, against what those products document.
@Suite struct InterchangeTests {
    /// From *Access File Uploader* (help.vanta.com): the fields, in the order of its table.
    private static let vanta = "Account name,Account owner,Role,Status"

    /// From *Create and manage downloadable access review history report in Microsoft Entra access reviews*
    /// (learn.microsoft.com), *What is included in a review history report?*: the elements, in the order of its table.
    private static let entra =
        "AccessReviewId,AccessReviewSeriesId,ReviewType,ResourceDisplayName,ResourceId,ReviewName,CreatedDateTime,"
        + "ReviewStartDate,ReviewEndDate,ReviewStatus,OwnerId,OwnerName,OwnerUPN,PrincipalId,PrincipalName,PrincipalUPN,"
        + "PrincipalType,ReviewDate,ReviewResult,Justification,ReviewerId,ReviewerName,ReviewerUPN,ReviewerEmailAddress,"
        + "AppliedByName,AppliedByUPN,AppliedByEmailAddress,AppliedDate,AccessRecommendation,SubmissionResult"

    private static func context(reviewer: String = "Grace", domains: [String] = ["acme.io"]) -> ReviewContext {
        ReviewContext(
            id: "2026-Q4", period: "2026-Q4", due: "2026-12-15", reviewer: reviewer, approver: "Ada", preparer: "Pat",
            domains: domains, endpointHost: "api.acme.io", query: "query { listUsers }", querySHA256: "00",
            version: "0.1.0", firstSnapshotAt: FakeReview.day)
    }

    private static func record(_ source: FakeReview, _ context: ReviewContext) throws -> EvidenceRecord {
        EvidenceRecord(source, context, try ReviewReport.make(source, context))
    }

    private static func report(
        _ form: Interchange, _ source: FakeReview, _ context: ReviewContext = context()
    ) throws -> Report {
        try form.report(source, record(source, context), domains: context.domains)
    }

    /// The lines of the file; none of the cells has a line break.
    private func lines(
        _ form: Interchange, _ source: FakeReview, _ context: ReviewContext = context()
    ) throws -> [String] {
        let scratch = try Scratch()
        let file = try #require(ReportFile(path: scratch.path(form.fileName)))
        try file.write(Self.report(form, source, context))
        return try scratch.text(form.fileName).split(separator: "\r\n").map(String.init)
    }

    private static func user(_ email: String, _ type: String = "DEVELOPER", name: String = "") -> ReviewedAccount {
        ReviewedAccount(
            kind: .user, uid: "u1", email: email, name: name, accountType: AccountType(rawValue: type), status: nil,
            firstSeen: FakeReview.day)
    }

    private static func only(_ user: ReviewedAccount) -> FakeReview {
        var source = FakeReview()
        source.users = [user]
        return source
    }

    @Test(arguments: [(.vanta, vanta), (.entra, entra)] as [(Interchange, String)])
    func `the header is the documented one`(form: Interchange, header: String) throws {
        #expect(try lines(form, Self.only(Self.user("a@acme.io"))).first == header)
    }

    @Test(
        arguments: [
            ("ada@acme.io", "ADMIN", ["acme.io"], "ada@acme.io,ada@acme.io,ADMIN,Active"),
            ("ada@eu.acme.io", "ADMIN", ["acme.io"], "ada@eu.acme.io,ada@eu.acme.io,ADMIN,Active"),
            ("eve@other.example", "GUEST", ["acme.io"], "eve@other.example,External user,GUEST,Active"),
            ("eve@other.example", "GUEST", [], "eve@other.example,eve@other.example,GUEST,Active"),
            // Extra spaces are not allowed.
            (" ada@acme.io\u{a0}", "TEAM  LEAD ", ["acme.io"], "ada@acme.io,ada@acme.io,TEAM LEAD,Active"),
            // Harmless in a spreadsheet; and an owner who is nobody is worse than none.
            ("=cmd@acme.io", "ADMIN", ["acme.io"], "'=cmd@acme.io,,ADMIN,Active"),
            ("+tag@acme.io", "-X", [], "'+tag@acme.io,,'-X,Active"),
            ("", "ADMIN", [], "u1,,ADMIN,Active"),
        ] as [(String, String, [String], String)])
    func `an account as Vanta takes it`(email: String, type: String, domains: [String], line: String) throws {
        let lines = try lines(.vanta, Self.only(Self.user(email, type)), Self.context(domains: domains))
        #expect(lines.dropFirst() == [line])
    }

    @Test func `invites are no accounts for Vanta, and are for Entra`() throws {
        let source = FakeReview()
        #expect(try Self.report(.vanta, source).tables.map { "\($0.id) \($0.count)" } == ["users 5"])
        #expect(try Self.report(.entra, source).tables.map { "\($0.id) \($0.count)" } == ["users 5", "invites 3"])
    }

    @Test func `an account as Entra would have it`() throws {
        var source = Self.only(Self.user("ada@acme.io", "ADMIN", name: "=1+1"))
        source.invites = [source.invites[2]]
        let day = "2026-01-31T09:00:00.000Z"
        let review = { (resource: String) in
            "2026-Q4,,application,api.acme.io / \(resource),api.acme.io/x,Access review 2026-Q4,\(day),\(day),2026-12-15,"
                + "InProgress,,Pat,,"
        }
        let undecided = ",,,No Info,not applied"
        let invite = "\"" + "api.acme.io / ANALYST (invite, EXPIRED)" + "\""
        #expect(
            try lines(.entra, source, Self.context(reviewer: "grace@acme.io")).dropFirst() == [
                review("ADMIN") + "u1,'=1+1,ada@acme.io,user,,Not reviewed,,,grace@acme.io,,grace@acme.io,,"
                    + undecided,
                review("").replacing("api.acme.io / ,", with: invite + ",")
                    + ",,i2@other.example,user,,Not reviewed,,,grace@acme.io,,grace@acme.io,," + undecided,
            ])
        #expect(try lines(.entra, source)[1].contains(",Not reviewed,,,Grace,,,,"))
    }

    @Test(
        arguments: [
            (.approve, .skipped(reason: "Approve"), nil, "Approve,why", "applied"),
            (.exception, .skipped(reason: "Exception"), nil, "Approve,Exception: why", "applied"),
            (.revoke, .succeeded(note: nil), .confirmed, "Deny,why", "DAY applied"),
            (.revoke, .succeeded(note: nil), .contradicted, "Deny,why", "not applied"),
            (.revoke, .failed(reason: "no"), nil, "Deny,why", "not applied"),
            (.revoke, .skipped(reason: "the user is no longer active"), nil, "Deny,why", "not applied"),
            (.changeRole, .succeeded(note: nil), nil, "Deny,Change role to ANALYST: why", "DAY applied"),
            (.changeRole, .unknown(reason: "no answer"), nil, "Deny,Change role to ANALYST: why", "not applied"),
            (.reinvite, .succeeded(note: nil), nil, "Approve,Re-invite: why", "DAY applied"),
            (.remove, .rejected(reason: "by hand"), nil, "Deny,Remove: why", "not applied"),
            (.dontKnow, .skipped(reason: "Don't know"), nil, "Don't know,why", "not applied"),
            (nil, .skipped(reason: "not reviewed"), nil, "Not reviewed,why", "not applied"),
        ] as [(Decision?, Outcome, Verification?, String, String)])
    func `a decision in Entra's words`(
        decision: Decision?, outcome: Outcome, verified: Verification?, result: String, applied: String
    ) throws {
        let decided = RecordedDecision(
            place: "review.xlsx", decision: decision, accountKind: .user, name: "Bob",
            accountType: AccountType(rawValue: "ADMIN"), status: "", reviewer: "grace@acme.io", justification: "why")
        let row = ResultRow(
            line: 2, kind: nil, email: "bob@acme.io", uid: "u2", accountType: "ANALYST", decision: decided,
            outcome: outcome, attempts: 1, startedAt: FakeReview.day, finishedAt: FakeReview.day, verified: verified)
        let header = RunHeader(kind: .apply, workspace: "api.acme.io/x", input: "review.xlsx", version: "0.1.0")
        let run = RunRecord(
            number: 1, header: header, state: .finished, startedAt: FakeReview.day, finishedAt: FakeReview.day,
            counts: [outcome.kind: 1])
        let report = EntraResult.report(run, try Self.record(FakeReview(), Self.context())) { try $0(row) }
        let scratch = try Scratch()
        try #require(ReportFile(path: scratch.path("entra.csv"))).write(report)
        let lines = try scratch.text("entra.csv").split(separator: "\r\n").map(String.init)
        #expect(lines.first == Self.entra)
        let day = "2026-01-31T09:00:00.000Z"
        // One text after the other: the compiler takes ten seconds for the sum of them.
        let expected: String = [
            "2026-Q4,,application,api.acme.io / ADMIN,api.acme.io/x,Access review 2026-Q4,",
            "\(day),\(day),2026-12-15,Applied,,Pat,,",
            "u2,Bob,bob@acme.io,user,,\(result),,grace@acme.io,,grace@acme.io,,,,",
            applied.hasPrefix("DAY") ? day : "", ",No Info,", applied.replacing("DAY ", with: ""),
        ].joined()
        #expect(Array(lines.dropFirst()) == [expected])
    }

    @Test func `rows come one by one, and not one is missing`() throws {
        for form in Interchange.allCases {
            var report = try Self.report(form, FakeReview())
            report.tables[0].count += 1
            let scratch = try Scratch()
            let file = try #require(ReportFile(path: scratch.path(form.fileName)))
            #expect(throws: RowCountMismatch(table: "Active users", promised: 6, written: 5)) {
                try file.write(report)
            }
            #expect(try scratch.names().isEmpty)
            var seen = 0
            try? report.tables[0].rows { _ in
                seen += 1
                throw Broken()
            }
            #expect(seen == 1)
        }
    }
}
