import Domain
import Foundation
import Hashing

/// A review as it is filed: the report in its formats, the raw answer, `evidence.json` and `SHA256SUMS`.
///
/// The folder appears under its name only when all of it is there: made aside, synced, renamed.
public struct EvidenceFolder {
    /// The raw answer's name in the folder.
    public static let answerName = "answer.json"
    /// The name of the list of who reviews whom.
    public static let assignmentsName = "assignments.csv"

    /// How a review is shared out, and where that was said.
    public struct Sharing: Sendable {
        /// Who gets what.
        public var split: ReviewSplit
        /// The bytes of the list that says so, if there is one.
        public var assignments: Data?

        /// Takes a rule and its list.
        public init(_ split: ReviewSplit, assignments: Data? = nil) {
            self.split = split
            self.assignments = assignments
        }
    }

    private let aside: FolderAside

    /// Takes a place.
    ///
    /// - Throws: ``WriteFailure`` if something is there already, or the folder around it cannot be written to.
    public init(path: String) throws(WriteFailure) { aside = try FolderAside(path: path) }

    /// Files the answer: the first thing, because it is large and everything else is made from the ledger.
    ///
    /// - Throws: ``WriteFailure``; nothing is left behind then.
    public func keep(answer: Data) throws {
        try aside.discardingOnError { try aside.add(Self.answerName, answer) }
    }

    /// Writes everything else.
    ///
    /// - Parameters:
    ///   - formats: which reports to write, each as `review.EXTENSION`.
    ///   - interchanges: in which other products' forms to write it as well, each as `FORM.csv`.
    ///   - sharing: how the review is shared out; each part is a workbook of its own, beside the others.
    ///   - onRows: told which file is written, and now and then how many of how many rows.
    /// - Returns: the SHA-256 of `SHA256SUMS`.
    /// - Throws: ``WriteFailure``, ``RowCountMismatch`` or what the source throws; nothing is left behind then.
    public func write(
        _ source: some ReviewSource, _ context: ReviewContext, formats: [ReportFormat],
        interchanges: [Interchange] = [], options: ReportFile.Options = .init(), sharing: Sharing? = nil,
        onRows: @escaping (_ file: String, _ rows: Int, _ total: Int) -> Void = { _, _, _ in }
    ) throws -> String {
        try aside.discardingOnError {
            let report = try ReviewReport.make(source, context)
            var record = EvidenceRecord(source, context, report)
            for format in formats {
                // Nobody pastes a workspace's accounts into a ticket.
                let report = format == .md ? report.summary : report
                try aside.add(report, as: "review.\(format.rawValue)", options, to: &record.files, onRows)
            }
            for form in interchanges {
                let report = try form.report(source, record, domains: context.domains)
                try aside.add(report, as: form.fileName, .init(), to: &record.files, onRows)
            }
            if let sharing {
                record.split = try write(sharing, of: source, context, options, to: &record.files, onRows)
            }
            record.files.append(.init(name: Self.answerName, sha256: source.snapshot.rawSHA256, rows: [:]))
            return try aside.seal(record, as: EvidenceRecord.name, beside: record.files)
        }
    }

    /// A workbook for each part, and the list that says who reviews whom.
    private func write(
        _ sharing: Sharing, of source: some ReviewSource, _ context: ReviewContext, _ options: ReportFile.Options,
        to files: inout [EvidenceRecord.File], _ onRows: @escaping (String, Int, Int) -> Void
    ) throws -> EvidenceRecord.Split {
        var split = EvidenceRecord.Split(by: sharing.split.rule.name, parts: [])
        var taken: Set<String> = []
        for part in try source.parts(sharing.split) {
            var context = context
            context.part = part
            if sharing.split.namesReviewers, part != ReviewSplit.unassigned { context.reviewer = part }
            let name = Self.workbookName(of: part, besides: &taken)
            let report = try ReviewReport.make(
                PartOfReview(whole: source, split: sharing.split, part: part), context)
            try aside.add(report, as: name, options, to: &files, onRows)
            split.parts.append(.init(name: part, file: name))
        }
        if let assignments = sharing.assignments {
            try aside.add(Self.assignmentsName, assignments)
            files.append(.init(name: Self.assignmentsName, sha256: SHA256Text.of(assignments), rows: [:]))
        }
        return split
    }

    /// `Grace Hopper` → `review-grace-hopper.xlsx`.
    static func workbookName(of part: String, besides taken: inout Set<String>) -> String {
        "review-" + FileSlug.make(part, orElse: "part", besides: &taken) + ".xlsx"
    }

    /// Takes away what was begun.
    public func discard() { aside.discard() }
}
