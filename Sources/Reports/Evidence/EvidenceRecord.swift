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
        public var name, text, sha256: String
    }

    /// The review before this one.
    public struct Previous: Codable, Hashable, Sendable {
        public var id, takenAt, manifestSHA256: String
    }

    /// One file of the folder.
    public struct File: Codable, Hashable, Sendable {
        public var name: String
        public var sha256: String
        /// How many rows of each table it has, by the table's id; empty for the raw answer.
        public var rows: [String: Int]
    }

    public var schemaVersion = Self.schemaVersion
    public var review, period, workspace, endpointHost: String
    public var due, reviewer, approver: String?
    public var preparer, rollcallVersion: String
    public var query: Query
    /// UTC, ISO 8601.
    public var requestedAt, takenAt: String
    public var answerSHA256: String
    /// How many users and invites the answer has.
    public var users, invites: Int
    /// The report's tallies, by their keys.
    public var counts: [String: [String: Int]]
    public var previous: Previous?
    public var warnings: [String]
    public var files: [File]

    init(_ source: some ReviewSource, _ context: ReviewContext, _ report: Report, files: [File]) {
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
        warnings = report.warnings
        self.files = files
    }

    /// The record as it is written: members sorted, two blanks a level.
    func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return try encoder.encode(self) + Data("\n".utf8)
    }
}
