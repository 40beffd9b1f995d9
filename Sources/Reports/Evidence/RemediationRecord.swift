import Domain
import Foundation

/// `remediation.record.json`: the decisions that were applied, the run, and the listing after it.
public struct RemediationRecord: Codable, Hashable, Sendable {
    /// Increased when a member changes its meaning or is removed.
    public static let schemaVersion = 1

    /// The copy of a completed review.
    public struct DecisionFile: Codable, Hashable, Sendable {
        /// The name in the evidence folder.
        public var name: String
        /// The original path, as given.
        public var source: String
        /// The SHA-256 of the file, 64 hexadecimal characters.
        public var sha256: String

        /// The row keys of its rows that belong to other reviews; nil if there are none.
        public var otherReviews: [String]?

        /// The sign-off cells of the file; nil if nobody has signed.
        public var signOff: CompletedSignOff?

        /// Creates the entry of a file.
        public init(
            name: String, source: String, sha256: String, otherReviews: [String] = [],
            signOff: CompletedSignOff = CompletedSignOff()
        ) {
            self.name = name
            self.source = source
            self.sha256 = sha256
            self.otherReviews = otherReviews.isEmpty ? nil : otherReviews
            self.signOff = signOff.signed.isEmpty ? nil : signOff
        }
    }

    /// The workspace after the run.
    public struct After: Codable, Hashable, Sendable {
        /// The name of the raw response in the evidence folder.
        public var file: String
        /// When the response was complete; UTC, ISO 8601.
        public var takenAt: String
        /// The number of the snapshot in the ledger.
        public var snapshot: Int64
        /// The SHA-256 of the raw response, 64 hexadecimal characters.
        public var answerSHA256: String
        /// The number of active users; nil in records of versions without it.
        public var users: Int?
        /// The number of invitations; nil in records of versions without it.
        public var invites: Int?

        /// Creates the description of a listing.
        public init(
            file: String, takenAt: String, snapshot: Int64, answerSHA256: String, users: Int? = nil, invites: Int? = nil
        ) {
            self.file = file
            self.takenAt = takenAt
            self.snapshot = snapshot
            self.answerSHA256 = answerSHA256
            self.users = users
            self.invites = invites
        }
    }

    /// The version of the format.
    public var schemaVersion = Self.schemaVersion
    /// The id of the review.
    public var review: String
    /// The SHA-256 of `SHA256SUMS` of the review.
    public var reviewManifestSHA256: String
    /// The SHA-256 of the checksums that precede this remediation in the chain; nil in records of versions that did not
    /// chain remediations.
    public var previousSHA256: String?
    /// The name of the workspace, as in runs.
    public var workspace: String
    /// The number of the run in the ledger.
    public var run: Int64
    /// The state of the run; only `finished` is complete.
    public var state: String
    /// When the run started; UTC, ISO 8601.
    public var startedAt: String
    /// When the run ended.
    public var finishedAt: String?
    /// The version of the program.
    public var rollcallVersion: String
    /// The number of the ``ReviewRules`` by which the completed reviews were read; nil in records of versions without
    /// it.
    public var reviewRules: Int?
    /// The libraries on which the bytes of the reports depend; nil in records of versions without it.
    public var libraries: [String]?
    /// The completed reviews.
    public var decisions: [DecisionFile]
    /// The workspace after the run, if it was listed.
    public var after: After?
    /// The number of decisions of each kind; an empty cell counts as *Not reviewed*.
    public var decisionCounts: [String: Int]
    /// The number of rows with each outcome.
    public var outcomeCounts: [String: Int]
    /// The reports of this remediation.
    public var files: [EvidenceRecord.File]
    /// Who applied the decisions, by which program, and which API listed the workspace afterwards; nil in records of
    /// versions without it.
    public var provenance: Provenance?

    /// Creates a record without files.
    public init(
        review: String, reviewManifestSHA256: String, workspace: String, run: Int64, state: String, startedAt: String,
        finishedAt: String?, rollcallVersion: String, reviewRules: Int?, decisions: [DecisionFile], after: After?,
        decisionCounts: [String: Int], outcomeCounts: [String: Int]
    ) {
        self.review = review
        self.reviewManifestSHA256 = reviewManifestSHA256
        self.workspace = workspace
        self.run = run
        self.state = state
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.rollcallVersion = rollcallVersion
        self.reviewRules = reviewRules
        self.decisions = decisions
        self.after = after
        self.decisionCounts = decisionCounts
        self.outcomeCounts = outcomeCounts
        libraries = HistoryRecord.libraries
        files = []
    }

    /// The file names of a remediation in an evidence folder, which start with `remediation`, `remediation-2` and so
    /// on.
    public struct Names: Hashable, Sendable {
        /// The common prefix.
        public let stem: String

        /// Takes a prefix.
        public init(stem: String) { self.stem = stem }

        /// The remediation of a number, from 1.
        public init(number: Int) { stem = number == 1 ? "remediation" : "remediation-\(number)" }

        /// All remediations with a `SHA256SUMS` file in a folder, in the order of their numbers.
        public static func all(in folder: String) -> [Names] {
            EvidenceLink.all(.remediation, in: folder).map { Names(stem: $0.stem) }
        }

        /// The number of the remediation, from 1.
        public var number: Int { stem.split(separator: "-").last.flatMap { Int($0) } ?? 1 }

        /// Its link in the chain of evidence.
        public var link: EvidenceLink { EvidenceLink(.remediation, number: number) }

        /// The record.
        public var record: String { stem + ".record.json" }
        /// The checksums of all files of this remediation, and of `SHA256SUMS` of the review.
        public var manifest: String { stem + ".SHA256SUMS" }
        /// The raw response after the run.
        public var answer: String { stem + ".answer.json" }
        /// The undo list for account type changes.
        public var undo: String { stem + ".undo.csv" }
        /// The report in a format.
        public func report(_ format: ReportFormat) -> String { stem + "." + format.rawValue }
        /// The report in the format of another product.
        public func report(_ form: Interchange) -> String { stem + "." + form.fileName }
        /// The copy of the completed review with a number, from 1.
        public func decisions(_ number: Int, extension: String) -> String {
            stem + ".decisions-\(number)" + (`extension`.isEmpty ? "" : "." + `extension`)
        }
    }
}
