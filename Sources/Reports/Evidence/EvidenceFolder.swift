import Domain
import Foundation

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

    private let path: String
    private let partial: String

    /// Takes a place.
    ///
    /// - Throws: ``WriteFailure`` if something is there already, or the folder around it cannot be written to.
    public init(path: String) throws(WriteFailure) {
        let url = URL(fileURLWithPath: path)
        self.path = path
        partial = PartialName.claim(path)
        let files = FileManager.default
        if let contents = try? files.contentsOfDirectory(atPath: path) {
            guard contents.isEmpty else {
                throw WriteFailure(path: path, reason: "there are files in it already; evidence is never overwritten")
            }
        } else if files.fileExists(atPath: path) {
            throw WriteFailure(path: path, reason: "there is a file of that name")
        }
        do {
            try files.createDirectory(
                atPath: url.deletingLastPathComponent().path, withIntermediateDirectories: true)
            try files.createDirectory(
                atPath: partial, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        } catch {
            throw WriteFailure(path: path, reason: "its folder cannot be made")
        }
    }

    /// Files the answer: the first thing, because it is large and everything else is made from the ledger.
    ///
    /// - Throws: ``WriteFailure``; nothing is left behind then.
    public func keep(answer: Data) throws {
        do {
            try add(Self.answerName, answer)
        } catch {
            throw discarding(error)
        }
    }

    /// Writes everything else.
    ///
    /// - Parameters:
    ///   - formats: which reports to write, each as `review.EXTENSION`.
    ///   - sharing: how the review is shared out; each part is a workbook of its own, beside the others.
    ///   - onRows: told which file is written, and now and then how many of how many rows.
    /// - Returns: the SHA-256 of `SHA256SUMS`.
    /// - Throws: ``WriteFailure``, ``RowCountMismatch`` or what the source throws; nothing is left behind then.
    public func write(
        _ source: some ReviewSource, _ context: ReviewContext, formats: [ReportFormat],
        options: ReportFile.Options = .init(), sharing: Sharing? = nil,
        onRows: @escaping (_ file: String, _ rows: Int, _ total: Int) -> Void = { _, _, _ in }
    ) throws -> String {
        do {
            let report = try ReviewReport.make(source, context)
            var files: [EvidenceRecord.File] = []
            for format in formats {
                let name = "review.\(format.rawValue)"
                guard let file = ReportFile(path: place(name), options: options) else { continue }
                onRows(name, 0, report.rowCount)
                let rows = try file.write(report) { onRows(name, $0, report.rowCount) }
                files.append(.init(name: name, sha256: try SHA256Text.ofFile(place(name)), rows: rows))
            }
            var split: EvidenceRecord.Split?
            if let sharing { split = try write(sharing, of: source, context, options, to: &files, onRows) }
            files.append(.init(name: Self.answerName, sha256: source.snapshot.rawSHA256, rows: [:]))
            let record = try RecordJSON.encode(
                EvidenceRecord(source, context, report, split: split, files: files))
            try add(EvidenceRecord.name, record)
            var hashes = Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.sha256) })
            hashes[EvidenceRecord.name] = SHA256Text.of(record)
            let manifest = Data(Manifest(hashes).text.utf8)
            try add(Manifest.name, manifest)
            try appear()
            return SHA256Text.of(manifest)
        } catch {
            throw discarding(error)
        }
    }

    /// Takes away what was begun because of an error; the place aside is nobody's business.
    private func discarding(_ error: any Error) -> any Error {
        discard()
        guard var failure = error as? WriteFailure else { return error }
        failure.path = failure.path.replacing(partial, with: path)
        return failure
    }

    /// A workbook for each part, and the list that says who reviews whom.
    private func write(
        _ sharing: Sharing, of source: some ReviewSource, _ context: ReviewContext, _ options: ReportFile.Options,
        to files: inout [EvidenceRecord.File], _ onRows: (String, Int, Int) -> Void
    ) throws -> EvidenceRecord.Split {
        var split = EvidenceRecord.Split(by: sharing.split.rule.name, parts: [])
        var taken: Set<String> = []
        for part in try source.parts(sharing.split) {
            var context = context
            context.part = part
            if sharing.split.namesReviewers, part != ReviewSplit.unassigned { context.reviewer = part }
            let name = Self.workbookName(of: part, besides: &taken)
            guard let file = ReportFile(path: place(name), options: options) else { continue }
            let report = try ReviewReport.make(
                PartOfReview(whole: source, split: sharing.split, part: part), context)
            onRows(name, 0, report.rowCount)
            let rows = try file.write(report)
            files.append(.init(name: name, sha256: try SHA256Text.ofFile(place(name)), rows: rows))
            split.parts.append(.init(name: part, file: name))
        }
        if let assignments = sharing.assignments {
            try add(Self.assignmentsName, assignments)
            files.append(.init(name: Self.assignmentsName, sha256: SHA256Text.of(assignments), rows: [:]))
        }
        return split
    }

    /// `Grace Hopper` → `review-grace-hopper.xlsx`; a number behind it where that is taken.
    static func workbookName(of part: String, besides taken: inout Set<String>) -> String {
        let words = part.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
        let slug = String(words.joined(separator: "-").prefix(60))
        let stem = "review-" + (slug.isEmpty ? "part" : slug)
        var name = stem
        var number = 2
        while !taken.insert(name).inserted {
            name = "\(stem)-\(number)"
            number += 1
        }
        return name + ".xlsx"
    }

    /// Takes away what was begun.
    public func discard() {
        try? FileManager.default.removeItem(atPath: partial)
    }

    private func place(_ name: String) -> String { partial + "/" + name }

    private func add(_ name: String, _ data: Data) throws {
        try WholeFile.write(data, to: place(name))
    }

    private func appear() throws(WriteFailure) {
        guard rename(partial, path) == 0 else {
            throw WriteFailure(path: path, reason: String(cString: strerror(errno)))
        }
        let folder = open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        if folder >= 0 {
            fsync(folder)
            close(folder)
        }
    }
}
