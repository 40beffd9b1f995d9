import Domain
import Foundation

/// `evidence.json`: what the folder is, where its data comes from, and how many rows each file has.
public struct EvidenceRecord: Codable, Hashable, Sendable {
    /// The file's name in an evidence folder.
    public static let name = "evidence.json"
    /// Raised when a member changes its meaning or goes away.
    public static let schemaVersion = 1

    /// The query and its hash.
    public struct Query: Codable, Hashable, Sendable {
        /// The field that was asked for: `listUsers`.
        public var name: String
        /// Byte for byte as it was sent.
        public var text: String
        /// Of the text, 64 hexadecimal characters.
        public var sha256: String
    }

    /// The review before this one.
    public struct Previous: Codable, Hashable, Sendable {
        /// Its name.
        public var id: String
        /// When its answer came; UTC, ISO 8601.
        public var takenAt: String
        /// The SHA-256 of its `SHA256SUMS`.
        public var manifestSHA256: String
    }

    /// How the review was shared out.
    public struct Split: Codable, Hashable, Sendable {
        /// `accountType`, `domain`, or `file` for the list in `assignments.csv`.
        public var by: String
        /// The parts, each with its workbook.
        public var parts: [Part]

        /// One part.
        public struct Part: Codable, Hashable, Sendable {
            /// The account type, the domain or the reviewer.
            public var name: String
            /// The workbook's name in the folder.
            public var file: String
        }
    }

    /// One file of the folder.
    public struct File: Codable, Hashable, Sendable {
        /// Its name in the folder.
        public var name: String
        /// 64 hexadecimal characters.
        public var sha256: String
        /// How many rows of each table it has, by the table's id; empty for the raw answer.
        public var rows: [String: Int]

        /// Takes what is known.
        public init(name: String, sha256: String, rows: [String: Int]) {
            self.name = name
            self.sha256 = sha256
            self.rows = rows
        }
    }

    /// The version of the form that this record has.
    public var schemaVersion = Self.schemaVersion
    /// The review's name.
    public var review: String
    /// The time that it covers.
    public var period: String
    /// The workspace, as runs name it.
    public var workspace: String
    /// The endpoint's host, without its path.
    public var endpointHost: String
    /// When the decisions are due.
    public var due: String?
    /// Who decides.
    public var reviewer: String?
    /// Who confirms.
    public var approver: String?
    /// Who made the report.
    public var preparer: String
    /// The program's version.
    public var rollcallVersion: String
    /// What was asked.
    public var query: Query
    /// When the request left; UTC, ISO 8601.
    public var requestedAt: String
    /// When the whole answer was there; UTC, ISO 8601.
    public var takenAt: String
    /// Of the raw answer, 64 hexadecimal characters.
    public var answerSHA256: String
    /// How many active users the answer has.
    public var users: Int
    /// How many invites the answer has.
    public var invites: Int
    /// The report's tallies, by their keys.
    public var counts: [String: [String: Int]]
    /// The review before this one, if there was one.
    public var previous: Previous?
    /// The account types that counted as privileged, of those that are known or that somebody has; nil in a record of a
    /// version that went by their names.
    public var privilegedTypes: [String]?
    /// What readers must know first.
    public var warnings: [String]
    /// How the review was shared out among several reviewers, if it was.
    public var split: Split?
    /// The reports and the raw answer.
    public var files: [File]

    /// What is known before anything is written: no files yet, nor how it is shared out.
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
        query = Query(name: "listUsers", text: context.query, sha256: context.querySHA256)
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
            Previous(id: $0.id, takenAt: Timestamp.text($0.takenAt), manifestSHA256: $0.manifestSHA256)
        }
        let seen = report.tallies.filter { $0.key.hasSuffix("ByAccountType") }.flatMap(\.counts).map(\.label)
        privilegedTypes = context.privileged.names(besides: seen.map(AccountType.init(rawValue:)))
        warnings = report.warnings
        files = []
    }
}
