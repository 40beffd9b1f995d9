import Domain
import Foundation

/// `remediation.record.json`: which decisions were carried out, by which run, and what the workspace showed afterwards.
public struct RemediationRecord: Codable, Hashable, Sendable {
    /// Raised when a member changes its meaning or goes away.
    public static let schemaVersion = 1

    /// A filled-in file, as it was kept.
    public struct DecisionFile: Codable, Hashable, Sendable {
        /// Its name in the evidence folder.
        public var name: String
        /// Its path as it was given.
        public var source: String
        /// 64 hexadecimal characters.
        public var sha256: String

        /// Takes what is known.
        public init(name: String, source: String, sha256: String) {
            self.name = name
            self.source = source
            self.sha256 = sha256
        }
    }

    /// The workspace after the run.
    public struct After: Codable, Hashable, Sendable {
        /// The raw answer's name in the evidence folder.
        public var file: String
        /// When the answer came; UTC, ISO 8601.
        public var takenAt: String
        /// The snapshot's number in the ledger.
        public var snapshot: Int64
        /// Of the raw answer, 64 hexadecimal characters.
        public var answerSHA256: String

        /// Takes what is known.
        public init(file: String, takenAt: String, snapshot: Int64, answerSHA256: String) {
            self.file = file
            self.takenAt = takenAt
            self.snapshot = snapshot
            self.answerSHA256 = answerSHA256
        }
    }

    /// The version of the form that this record has.
    public var schemaVersion = Self.schemaVersion
    /// The review's name.
    public var review: String
    /// The SHA-256 of the review's `SHA256SUMS`.
    public var reviewManifestSHA256: String
    /// The workspace, as runs name it.
    public var workspace: String
    /// The run's number in the ledger.
    public var run: Int64
    /// How the run ended; only `finished` is the end of it.
    public var state: String
    /// When the run began; UTC, ISO 8601.
    public var startedAt: String
    /// When the run ended.
    public var finishedAt: String?
    /// The program's version.
    public var rollcallVersion: String
    /// The number of the ``ReviewRules`` by which the filled-in files were read; nil in records of versions that named
    /// none.
    public var reviewRules: Int?
    /// The filled-in files.
    public var decisions: [DecisionFile]
    /// The workspace after the run, if it was asked for.
    public var after: After?
    /// How many decisions of each kind there are; empty is *Not reviewed*.
    public var decisionCounts: [String: Int]
    /// How many rows have each outcome.
    public var outcomeCounts: [String: Int]
    /// The reports of this remediation.
    public var files: [EvidenceRecord.File]

    /// Takes what is known.
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
        files = []
    }

    /// Where the parts of one remediation lie in an evidence folder: `remediation`, `remediation-2` …
    public struct Names: Hashable, Sendable {
        /// What they all begin with.
        public let stem: String

        /// Takes a stem.
        public init(stem: String) { self.stem = stem }

        /// The remediation of a number, from 1.
        public init(number: Int) { stem = number == 1 ? "remediation" : "remediation-\(number)" }

        /// Every remediation whose sums are in a folder, by name.
        public static func all(in folder: String) -> [Names] {
            let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            return files.compactMap { file in
                file.wholeMatch(of: #/(remediation(?:-\d+)?)\.SHA256SUMS/#).map { Names(stem: String($0.output.1)) }
            }.sorted { $0.stem < $1.stem }
        }

        /// The record.
        public var record: String { stem + ".record.json" }
        /// The sums of everything that belongs to this remediation, and of the review's own.
        public var manifest: String { stem + ".SHA256SUMS" }
        /// The raw answer after the run.
        public var answer: String { stem + ".answer.json" }
        /// The list that takes the role changes back.
        public var undo: String { stem + ".undo.csv" }
        /// The report in a format.
        public func report(_ format: ReportFormat) -> String { stem + "." + format.rawValue }
        /// The report in another product's form.
        public func report(_ form: Interchange) -> String { stem + "." + form.fileName }
        /// The copy of the filled-in file of a number, from 1.
        public func decisions(_ number: Int, extension: String) -> String {
            stem + ".decisions-\(number)" + (`extension`.isEmpty ? "" : "." + `extension`)
        }
    }
}
