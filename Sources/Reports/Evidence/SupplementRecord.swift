import Domain
import Foundation

/// `supplement.record.json`: accounts that were added to an open review, because they appeared or received privileges
/// after it was exported.
public struct SupplementRecord: Codable, Hashable, Sendable {
    /// Increased when a member changes its meaning or is removed.
    public static let schemaVersion = 1

    /// The version of the format.
    public var schemaVersion = Self.schemaVersion
    /// The id of the review.
    public var review: String
    /// The name of the workspace, as in runs.
    public var workspace: String
    /// The SHA-256 of `SHA256SUMS` of the review.
    public var reviewManifestSHA256: String
    /// The SHA-256 of the checksums that precede this supplement in the chain.
    public var previousSHA256: String
    /// The person who exported the supplement.
    public var preparer: String
    /// The version of the program.
    public var rollcallVersion: String
    /// Who exported the supplement, by which program, and which API answered.
    public var provenance: Provenance?
    /// When the request was sent; UTC, ISO 8601.
    public var requestedAt: String
    /// When the response was complete; UTC, ISO 8601.
    public var takenAt: String
    /// The SHA-256 of the raw response, 64 hexadecimal characters.
    public var answerSHA256: String
    /// The query; nil in records of versions that stored no history.
    public var query: EvidenceRecord.Query?
    /// The row keys of the added accounts, in the order of the response.
    public var rowKeys: [String]
    /// Who decides about accounts that no earlier part of the review has, by row key; nil if the review is not divided among the
    /// managers of the company's own list, and in records of versions without it.
    public var reviewers: [String: String]?
    /// The reports.
    public var files: [EvidenceRecord.File]

    /// Creates a record without row keys and files.
    public init(
        to review: EvidenceRecord, reviewManifestSHA256: String, previousSHA256: String, preparer: String,
        rollcallVersion: String, snapshot: Snapshot
    ) {
        self.review = review.review
        workspace = review.workspace
        self.reviewManifestSHA256 = reviewManifestSHA256
        self.previousSHA256 = previousSHA256
        self.preparer = preparer
        self.rollcallVersion = rollcallVersion
        requestedAt = Timestamp.text(snapshot.startedAt)
        takenAt = Timestamp.text(snapshot.takenAt)
        answerSHA256 = snapshot.rawSHA256
        rowKeys = []
        files = []
    }

    /// The file names of a supplement in an evidence folder, which start with `supplement`, `supplement-2` and so on.
    public struct Names: Hashable, Sendable {
        /// Its link in the chain of evidence.
        public let link: EvidenceLink

        /// The names of the supplement with a number, from 1.
        public init(number: Int) { link = EvidenceLink(.supplement, number: number) }

        /// All supplements of a folder, in the order of their numbers.
        public static func all(in folder: String) -> [Names] {
            EvidenceLink.all(.supplement, in: folder).map { Names(number: $0.number) }
        }

        /// The record.
        public var record: String { link.stem + ".record.json" }
        /// The raw response.
        public var answer: String { link.stem + ".answer.json" }
        /// What the reports depend on besides the raw response, in the form of ``HistoryRecord``.
        public var history: String { link.stem + ".history.json" }
        /// The workbooks with the parts of a split review, which are copies to complete and no evidence: the second one of two
        /// names with the same letters gets a number.
        public func workbooks(of parts: [String]) -> [String] {
            // `supplement-2.xlsx` is another supplement.
            var taken = Set((2...999).map(String.init))
            return parts.map { "\(link.stem)-\(FileSlug.make($0, orElse: "part", besides: &taken)).xlsx" }
        }
        /// The report in a format.
        public func report(_ format: ReportFormat) -> String { link.stem + "." + format.rawValue }
    }
}
