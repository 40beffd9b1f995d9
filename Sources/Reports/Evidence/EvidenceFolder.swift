import Domain
import Foundation
import Hashing

/// The evidence folder of a review: the report in its formats, the raw response, `evidence.json` and `SHA256SUMS`.
///
/// The folder appears under its name only when it is complete: it is written under a temporary name, synced and
/// renamed.
public struct EvidenceFolder {
    /// The name of the raw response in the folder.
    public static let answerName = "answer.json"
    /// The name of the list of reviewers.
    public static let assignmentsName = "assignments.csv"
    /// The name of the folder with the copies that people complete. It is not part of the evidence: the files beside
    /// `SHA256SUMS` never change.
    public static let toFillInName = "to-fill-in"
    /// The name of the folder for files that people add, such as screenshots and approvals.
    public static let attachmentsName = "attachments"
    /// The checksums of what is sealed when a review is closed, also of files in ``attachmentsName``.
    public static let closingManifestName = "closing.SHA256SUMS"

    /// How a review is split, with the list that defines it.
    public struct Sharing: Sendable {
        /// The rule.
        public var split: ReviewSplit
        /// The content of the list of reviewers, if there is one.
        public var assignments: Data?

        /// Takes a rule and its list.
        public init(_ split: ReviewSplit, assignments: Data? = nil) {
            self.split = split
            self.assignments = assignments
        }
    }

    private let aside: FolderAside

    /// The folders that may be the evidence folder of a completed file: its own folder and, for a copy in
    /// ``toFillInName``, the folder around that.
    public static func places(besides file: String) -> [String] {
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
        let isCopy = folder.lastPathComponent == toFillInName
        return [folder.path] + (isCopy ? [folder.deletingLastPathComponent().path] : [])
    }

    /// Starts a folder.
    ///
    /// - Throws: ``WriteFailure`` if the path exists and is not an empty folder, or the parent folder is not writable.
    public init(path: String) throws(WriteFailure) { aside = try FolderAside(path: path) }

    /// Writes the raw response. It is written first, because it is large and all other files are made from the ledger.
    ///
    /// - Throws: ``WriteFailure``; the folder is deleted then.
    public func keep(answer: Data) throws {
        try aside.discardingOnError { try aside.add(Self.answerName, answer) }
    }

    /// What an evidence folder contains besides the raw response.
    public struct Export: Sendable {
        /// The formats, each written as `review.EXTENSION`.
        public var formats: [ReportFormat]
        /// The formats of other products, each written as `FORM.csv`.
        public var interchanges: [Interchange]
        /// The options of the formats.
        public var options: ReportFile.Options
        /// How the review is split; there is an additional workbook for each part.
        public var sharing: Sharing?
        /// The snapshots of the workspace, as recorded; the first one first, and the last one under review.
        public var snapshots: [Snapshot]
        /// The earlier reviews of the workspace, as recorded; the previous one last.
        public var reviews: [ReviewRecord]
        /// The libraries on which the bytes of the reports depend.
        public var libraries = HistoryRecord.libraries

        /// Describes the content of a folder.
        public init(
            formats: [ReportFormat], interchanges: [Interchange] = [], options: ReportFile.Options = .init(),
            sharing: Sharing? = nil, snapshots: [Snapshot], reviews: [ReviewRecord]
        ) {
            self.formats = formats
            self.interchanges = interchanges
            self.options = options
            self.sharing = sharing
            self.snapshots = snapshots
            self.reviews = reviews
        }
    }

    /// Writes all other files.
    ///
    /// - Parameter onRows: called from time to time with the current file, and its rows written and in total.
    /// - Returns: the SHA-256 of `SHA256SUMS`.
    /// - Throws: ``WriteFailure``, ``RowCountMismatch`` or errors of the source; the folder is deleted then.
    public func write(
        _ source: some HistorySource, _ context: ReviewContext, _ export: Export,
        onRows: @escaping (_ file: String, _ rows: Int, _ total: Int) -> Void = { _, _, _ in }
    ) throws -> String {
        try aside.discardingOnError {
            let record = try files(source, context, export, onRows)
            let parts = record.split?.parts.map(\.file) ?? []
            try aside.copy(
                export.formats.filter { [.xlsx, .csv].contains($0) }.map(Self.name) + parts, to: Self.toFillInName)
            return try aside.seal(record, as: EvidenceRecord.name, beside: record.files)
        }
    }

    /// Writes the same files without the raw response and without sealing them, to be compared with those of a folder.
    ///
    /// - Returns: the record of the files; they are at ``place(_:)`` until ``discard()``.
    /// - Throws: as ``write(_:_:_:onRows:)``.
    public func derive(
        _ source: some HistorySource, _ context: ReviewContext, _ export: Export,
        onRows: @escaping (_ file: String, _ rows: Int, _ total: Int) -> Void = { _, _, _ in }
    ) throws -> EvidenceRecord {
        try aside.discardingOnError { try files(source, context, export, onRows) }
    }

    /// The temporary path of a file in the folder.
    public func place(_ name: String) -> String { aside.place(name) }

    /// The name of a review in a format.
    private static func name(_ format: ReportFormat) -> String { "review.\(format.rawValue)" }

    private func files(
        _ source: some HistorySource, _ context: ReviewContext, _ export: Export,
        _ onRows: @escaping (_ file: String, _ rows: Int, _ total: Int) -> Void
    ) throws -> EvidenceRecord {
        var context = context
        context.split = export.sharing?.split
        let report = try ReviewReport.make(source, context)
        var record = EvidenceRecord(source, context, report)
        for format in export.formats {
            // Markdown is for tickets, so it contains no accounts.
            let report = format == .md ? report.summary : report
            try aside.add(report, as: Self.name(format), export.options, to: &record.files, onRows)
        }
        for form in export.interchanges {
            let report = try form.report(source, record, domains: context.domains)
            try aside.add(report, as: form.fileName, .init(), to: &record.files, onRows)
        }
        if let sharing = export.sharing {
            record.split = try write(sharing, of: source, context, export.options, to: &record.files, onRows)
        }
        let templates = try keepTemplates(of: export.options, to: &record.files)
        if let people = context.people {
            try aside.add(people.stored, as: ReviewPeople.fileName, .init(), to: &record.files)
            if let salts = people.salts {
                let bytes = try RecordJSON.encode(salts)
                try aside.add(PeopleProof.saltsName, bytes)
                record.files.append(.init(name: PeopleProof.saltsName, sha256: SHA256Text.of(bytes), rows: [:]))
            }
        }
        if let activity = context.activity {
            record.files.append(.init(name: ReviewActivity.fileName, sha256: activity.sha256, rows: [:]))
        }
        let history = HistoryWriter(source: source, context: context, export: export, templates: templates)
        try history.write(to: aside.place(HistoryRecord.name))
        record.files.append(
            .init(
                name: HistoryRecord.name, sha256: try SHA256Text.ofFile(aside.place(HistoryRecord.name)), rows: [:]))
        record.files.append(.init(name: Self.answerName, sha256: source.snapshot.rawSHA256, rows: [:]))
        return record
    }

    /// The name of the copy of a custom template, for example `template-style.css`.
    public static func templateName(_ name: String) -> String { "template-" + name }

    /// Whether a file of a folder is the copy of a custom template.
    public static func isTemplate(_ name: String) -> Bool {
        TemplateSet.fileNames.contains { templateName($0) == name }
    }

    /// Copies custom templates, because the page cannot be written again without them.
    ///
    /// - Returns: the names of the templates.
    private func keepTemplates(
        of options: ReportFile.Options, to files: inout [EvidenceRecord.File]
    ) throws -> [String] {
        guard let templates = options.templates else { return [] }
        return try TemplateSet.fileNames.filter { name in
            guard let bytes = FileManager.default.contents(atPath: templates + "/" + name) else { return false }
            try aside.add(Self.templateName(name), bytes)
            files.append(.init(name: Self.templateName(name), sha256: SHA256Text.of(bytes), rows: [:]))
            return true
        }
    }

    /// Writes a workbook for each part, and the list of reviewers.
    private func write(
        _ sharing: Sharing, of source: some ReviewSource, _ context: ReviewContext, _ options: ReportFile.Options,
        to files: inout [EvidenceRecord.File], _ onRows: @escaping (String, Int, Int) -> Void
    ) throws -> EvidenceRecord.Split {
        var split = EvidenceRecord.Split(by: sharing.split.rule.name, parts: [])
        var taken: Set<String> = []
        try ReviewParts(of: source, by: sharing.split).each { part, accounts in
            let name = Self.workbookName(of: part, besides: &taken)
            let report = try ReviewReport.make(accounts, context.of(part: part, in: sharing.split))
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

    /// Deletes the incomplete folder.
    public func discard() { aside.discard() }
}
