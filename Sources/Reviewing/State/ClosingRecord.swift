import Domain
import Foundation
import Hashing
import Reports
import TerminalIO

/// `closing.record.json`: closes a review. It binds the review, everything that was applied, and the attachments.
public struct ClosingRecord: Codable, Hashable, Sendable {
    /// Increased when a member changes its meaning or is removed.
    public static let schemaVersion = 1

    /// The number of accounts at one time.
    public struct Population: Codable, Hashable, Sendable {
        /// When the response was complete; UTC, ISO 8601.
        public var takenAt: String
        /// The number of active users.
        public var users: Int
        /// The number of invitations.
        public var invites: Int
        /// The SHA-256 of the raw response, 64 hexadecimal characters.
        public var answerSHA256: String

        /// Creates a count.
        public init(takenAt: String, users: Int, invites: Int, answerSHA256: String) {
            self.takenAt = takenAt
            self.users = users
            self.invites = invites
            self.answerSHA256 = answerSHA256
        }
    }

    /// The version of the format.
    public var schemaVersion = Self.schemaVersion
    /// The id of the review.
    public var review: String
    /// The name of the workspace, as in runs.
    public var workspace: String
    /// The SHA-256 of `SHA256SUMS` of the review.
    public var reviewManifestSHA256: String
    /// The SHA-256 of the checksums that precede the closing statement in the chain.
    public var previousSHA256: String
    /// When the review was closed; UTC, ISO 8601.
    public var closedAt: String
    /// The person who prepared the review.
    public var preparer: String
    /// Everybody who decided, in the order of their first decision.
    public var reviewers: [String]
    /// The person who approves the decisions.
    public var approver: String
    /// Why the review was closed with open items; nil if nothing was open.
    public var forcedBecause: String?
    /// The version of the program.
    public var rollcallVersion: String
    /// The accounts of the review.
    public var before: Population
    /// The accounts when the review was closed.
    public var after: Population
    /// The number of final decisions of each kind; an account without a decision counts as *Not reviewed*.
    public var decisionCounts: [String: Int]
    /// The number of accounts that are kept, applied, superseded and open.
    public var standingCounts: [String: Int]
    /// The number of findings of each code.
    public var findingCounts: [String: Int]
    /// The reports.
    public var files: [EvidenceRecord.File]
    /// Who closed the review, by which program, and which API listed the workspace; nil in records of versions without
    /// it.
    public var provenance: Provenance?

    /// The file names of the closing statement.
    public enum Names {
        /// The common prefix.
        public static let stem = "closing"
        /// The record.
        public static let record = "closing.record.json"
        /// The raw response when the review was closed.
        public static let answer = "closing.answer.json"
        /// The checksums of the statement, of all other checksums, and of the attachments.
        public static let manifest = EvidenceFolder.closingManifestName
        /// The statement in a format.
        public static func report(_ format: ReportFormat) -> String { "\(stem).\(format.rawValue)" }
    }

    /// Why nothing can be done for the review any more.
    ///
    /// - Parameter consequence: `nothing was sent`.
    public func refusal(_ consequence: String) -> CommandFailure {
        CommandFailure(
            .nothingSent, code: .reviewClosed,
            "review \(Terminal.plain(review)) was closed on \(Terminal.plain(closedAt)); \(consequence)")
    }

    /// Reads the record of a closed review; nil if the review is not closed.
    ///
    /// - Throws: ``CommandFailure`` if it was changed after it was written.
    public static func read(in folder: String) throws -> ClosingRecord? {
        guard FileStatus(path: folder + "/" + Names.manifest, followsLinks: false) != nil else { return nil }
        let bytes = try SealedFile.read(Names.record, of: Names.manifest, in: folder)
        return try RecordJSON.decode(ClosingRecord.self, from: bytes)
    }
}
