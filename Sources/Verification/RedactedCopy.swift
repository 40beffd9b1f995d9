import Domain
import Foundation
import Hashing
import Reports
import Reviewing
import TerminalIO

/// Copies the evidence of a review without some fields of the company's own list.
///
/// The reports are written once more without the fields, from the sealed files, so that `verify` can do the same and
/// compare. Files that reviewers have handed in may show the fields and cannot be written once more: they are left out, and so
/// are the salts of the columns.
public struct RedactedCopy {
    private let folder: String
    private let fields: [RedactionRecord.Field]
    private let record: EvidenceRecord
    private let reviewed: ReviewedFolder
    private let history: HistoryRecord

    /// Reads the records of a review.
    ///
    /// - Throws: ``CommandFailure`` if the review has none of the fields, or cannot be copied without them.
    public init(of folder: String, without fields: [RedactionRecord.Field]) throws {
        self.folder = folder
        self.fields = fields
        let name = Terminal.plain(folder, limit: 1000)
        if try RedactionRecord.read(in: folder) != nil {
            throw Self.refusal("\(name) is a redacted copy already; use the original")
        }
        reviewed = try ReviewedFolder(path: folder)
        record = reviewed.record
        guard let history = try? HistoryRecord(readingFrom: folder), let people = history.people else {
            throw Self.refusal(
                "\(name): the review was not compared with the company's own list (--people), so it has nothing to leave out; "
                    + "pack it without --redact")
        }
        guard people.proof != nil else {
            throw Self.refusal(
                "\(name): the version that wrote the review did not prepare it for a redacted copy; pack it without "
                    + "--redact, or hand over the list of people separately")
        }
        self.history = history
        if let split = reviewed.split, split.namesReviewers, fields.contains(.manager) {
            throw Self.refusal(
                "\(name): the review is split by reviewer, and the names of the reviewers belong to the evidence, so "
                    + "managers cannot be left out of it")
        }
    }

    private static func refusal(_ reason: String) -> CommandFailure {
        CommandFailure(.nothingSent, code: .inputInvalid, reason + "; nothing was written")
    }

    /// Writes the copy.
    ///
    /// - Parameters:
    ///   - files: the names of the files that belong to the evidence.
    ///   - copy: an empty folder.
    /// - Throws: errors of reading or writing files; ``CommandFailure`` if the review cannot be written once more.
    public func write(_ files: [String], to copy: String) throws {
        try ScratchFolder.with { scratch in
            let templates = scratch.place("templates")
            try FileManager.default.createDirectory(atPath: templates, withIntermediateDirectories: false)
            let made = try EvidenceFolder(path: scratch.place("review"))
            defer { made.discard() }
            let rewritten: [RewrittenFile]
            do {
                rewritten = try self.review(in: made, templates) + supplements(in: scratch)
            } catch let failure as RecalledAccounts.Failure {
                throw Self.refusal("\(Terminal.plain(folder, limit: 1000)): \(failure.reason)")
            }
            var withheld: [RedactionRecord.Withheld] = []
            let changed = Dictionary(
                rewritten.map { ($0.record.name, $0.path) }, uniquingKeysWith: { first, _ in first })
            for name in files {
                let source = folder + "/" + name
                if RedactionRecord.mayBeWithheld(name) {
                    withheld.append(.init(name: name, sha256: try SHA256Text.ofFile(source)))
                } else {
                    try Self.copy(changed[name] ?? source, to: copy + "/" + name)
                }
            }
            let salts = try RecordJSON.decode(
                PeopleSalts.self, from: OrdinaryFile.bytes(at: folder + "/" + PeopleProof.saltsName) ?? Data())
            let redaction = RedactionRecord(
                fields, rewritten: rewritten.map(\.record), withheld: withheld, salts: salts.columns,
                version: programVersion)
            try RecordJSON.encode(redaction).write(to: URL(fileURLWithPath: copy + "/" + RedactionRecord.name))
        }
    }

    /// A file that was written once more, and where it is.
    private typealias RewrittenFile = (record: RedactionRecord.Rewritten, path: String)

    /// The files of the review that show the fields, written once more.
    private func review(in made: EvidenceFolder, _ templates: String) throws -> [RewrittenFile] {
        let review = try RecalledReview(
            record, history, in: folder, split: reviewed.split(with: 0), templates: templates, without: fields)
        let derived = try made.derive(review.source, review.context, review.export)
        return rewritten(derived.files, insteadOf: record.files, at: made.place)
    }

    /// The files of the supplements that show the fields, written once more.
    private func supplements(in scratch: ScratchFolder) throws -> [RewrittenFile] {
        try SupplementRecord.Names.all(in: folder).enumerated().flatMap { place, names -> [RewrittenFile] in
            let record = reviewed.supplements[place]
            // Those of versions that stored no history show nothing of the list.
            guard OrdinaryFile.isOne(folder + "/" + names.history) else { return [] }
            let supplement = try RecalledSupplement(record, names, of: reviewed, in: folder, without: fields)
            guard supplement.history.people != nil else { return [] }
            let files = try supplement.reports(names).compactMap { name, report -> EvidenceRecord.File? in
                guard let file = ReportFile(path: scratch.place(name)) else { return nil }
                let rows = try file.write(report)
                return .init(name: name, sha256: try SHA256Text.ofFile(file.path), rows: rows)
            }
            return rewritten(files, insteadOf: record.files, at: scratch.place)
        }
    }

    /// The files that differ from their originals.
    private func rewritten(
        _ files: [EvidenceRecord.File], insteadOf stated: [EvidenceRecord.File], at place: (String) -> String
    ) -> [RewrittenFile] {
        let originals = Dictionary(stated.map { ($0.name, $0.sha256) }, uniquingKeysWith: { first, _ in first })
        return files.compactMap { file in
            guard RedactionRecord.mayBeRewritten(file.name), let original = originals[file.name],
                original != file.sha256
            else { return nil }
            return (
                .init(name: file.name, originalSHA256: original, sha256: file.sha256), place(file.name)
            )
        }
    }

    private static func copy(_ source: String, to path: String) throws {
        let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: source, toPath: path)
    }
}
