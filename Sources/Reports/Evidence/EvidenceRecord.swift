import Domain
import Foundation

/// `evidence.json`: describes the folder, the source of its data, and the number of rows in each file.
public struct EvidenceRecord: Codable, Hashable, Sendable {
    /// The name of the file in an evidence folder.
    public static let name = "evidence.json"
    /// Increased when a member changes its meaning or is removed.
    public static let schemaVersion = 2
    /// The first version whose folders have a ``HistoryRecord``.
    public static let schemaWithHistory = 2

    /// The query and its hash.
    public struct Query: Codable, Hashable, Sendable {
        /// The field of the query: `listUsers`.
        public var name: String
        /// The text, exactly as sent.
        public var text: String
        /// The SHA-256 of the text, 64 hexadecimal characters.
        public var sha256: String

        /// The query of a review.
        public init(_ context: ReviewContext) {
            (name, text, sha256) = ("listUsers", context.query, context.querySHA256)
        }
    }

    /// The previous review.
    public struct Previous: Codable, Hashable, Sendable {
        /// The id of the review.
        public var id: String
        /// When its listing was complete; UTC, ISO 8601.
        public var takenAt: String
        /// The SHA-256 of its `SHA256SUMS`.
        public var manifestSHA256: String
        /// How it was closed; nil if it was not closed when this review was exported.
        public var closing: Closing?
        /// The last link of its chain of evidence when this review was exported, which covers everything before it; nil in
        /// records of versions without it, and if its folder was gone or changed.
        public var lastLink: Link?
    }

    /// A link of the chain of evidence of another review.
    public struct Link: Codable, Hashable, Sendable {
        /// The name of its checksums, such as `closing.SHA256SUMS`.
        public var file: String
        /// The SHA-256 of its checksums, 64 hexadecimal characters.
        public var sha256: String

        /// Creates a reference to a link.
        public init(file: String, sha256: String) {
            self.file = file
            self.sha256 = sha256
        }
    }

    /// How the previous review was closed.
    public struct Closing: Codable, Hashable, Sendable {
        /// When it was closed; UTC, ISO 8601.
        public var closedAt: String
        /// The SHA-256 of its `closing.SHA256SUMS`, 64 hexadecimal characters.
        public var manifestSHA256: String

        /// Creates a reference to a closing.
        public init(closedAt: String, manifestSHA256: String) {
            self.closedAt = closedAt
            self.manifestSHA256 = manifestSHA256
        }
    }

    /// How the review was split.
    public struct Split: Codable, Hashable, Sendable {
        /// `accountType`, `domain`, or `file` for the list in `assignments.csv`.
        public var by: String
        /// The parts, each with its workbook.
        public var parts: [Part]

        /// One part.
        public struct Part: Codable, Hashable, Sendable {
            /// The account type, the domain or the reviewer.
            public var name: String
            /// The name of the workbook in the folder.
            public var file: String
        }
    }

    /// One file of the folder.
    public struct File: Codable, Hashable, Sendable {
        /// The name in the folder.
        public var name: String
        /// The SHA-256 of the file, 64 hexadecimal characters.
        public var sha256: String
        /// The number of rows of each table, by its id; empty for the raw response.
        public var rows: [String: Int]

        /// Creates the entry of a file.
        public init(name: String, sha256: String, rows: [String: Int]) {
            self.name = name
            self.sha256 = sha256
            self.rows = rows
        }
    }

    /// The version of the format.
    public var schemaVersion = Self.schemaVersion
    /// The id of the review.
    public var review: String
    /// The period under review.
    public var period: String
    /// The name of the workspace, as in runs.
    public var workspace: String
    /// The host of the endpoint, without path.
    public var endpointHost: String
    /// When the decisions are due.
    public var due: String?
    /// The person who decides.
    public var reviewer: String?
    /// The person who confirms the decisions.
    public var approver: String?
    /// The person who exported the review.
    public var preparer: String
    /// The version of the program.
    public var rollcallVersion: String
    /// The query that was sent.
    public var query: Query
    /// When the request was sent; UTC, ISO 8601.
    public var requestedAt: String
    /// When the response was complete; UTC, ISO 8601.
    public var takenAt: String
    /// The SHA-256 of the raw response, 64 hexadecimal characters.
    public var answerSHA256: String
    /// The number of active users in the response.
    public var users: Int
    /// The number of invitations in the response.
    public var invites: Int
    /// The tallies of the report, by key.
    public var counts: [String: [String: Int]]
    /// The previous review, if there was one.
    public var previous: Previous?
    /// The privileged account types, among the known types and those in the workspace; nil in records of versions that
    /// decided by the name of a type.
    public var privilegedTypes: [String]?
    /// Why the review has no activity; nil if it has, and in records of versions that did not state it.
    public var absentActivity: AbsentActivity?
    /// Warnings for readers of the reports.
    public var warnings: [String]
    /// How the review was split, if it was.
    public var split: Split?
    /// The reports and the raw response.
    public var files: [File]
    /// Who exported the review, by which program, and which API answered; nil in records of versions without it.
    public var provenance: Provenance?

    /// Creates a record without files and without a split.
    init(_ source: some ReviewSource, _ context: ReviewContext, _ report: Report) {
        review = context.id
        period = context.period
        workspace = source.snapshot.workspace
        endpointHost = context.endpointHost
        due = context.due
        reviewer = context.reviewer
        approver = context.approver
        preparer = context.preparer
        rollcallVersion = context.version
        query = Query(context)
        requestedAt = Timestamp.text(source.snapshot.startedAt)
        takenAt = Timestamp.text(source.snapshot.takenAt)
        answerSHA256 = source.snapshot.rawSHA256
        users = source.snapshot.active
        invites = source.snapshot.invited
        counts = Dictionary(
            report.tallies.map { tally in
                (tally.key, Dictionary(tally.counts.map { ($0.label, $0.count) }, uniquingKeysWith: +))
            }, uniquingKeysWith: { first, _ in first })
        previous = source.previous.map {
            Previous(
                id: $0.id, takenAt: Timestamp.text($0.takenAt), manifestSHA256: $0.manifestSHA256,
                closing: context.previousClosing, lastLink: context.previousLink)
        }
        let seen = report.tallies.filter { $0.key.hasSuffix("ByAccountType") }.flatMap(\.counts).map(\.label)
        privilegedTypes = context.privileged.names(besides: seen.map(AccountType.init(rawValue:)))
        absentActivity = context.absentActivity
        warnings = report.warnings
        files = []
        provenance = context.provenance
    }
}
