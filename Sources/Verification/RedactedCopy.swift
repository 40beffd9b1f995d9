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
    private let split: ReviewSplit?
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
        let reviewed = try ReviewedFolder(path: folder)
        (record, split) = (reviewed.record, reviewed.split)
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
        if let split, split.namesReviewers, fields.contains(.manager) {
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
            let review: RecalledReview
            do {
                review = try RecalledReview(
                    record, history, in: folder, split: split, templates: templates, without: fields)
            } catch let failure as RecalledAccounts.Failure {
                throw Self.refusal("\(Terminal.plain(folder, limit: 1000)): \(failure.reason)")
            }
            let made = try EvidenceFolder(path: scratch.place("review"))
            defer { made.discard() }
            let derived = try made.derive(review.source, review.context, review.export)
            let originals = Dictionary(
                record.files.map { ($0.name, $0.sha256) }, uniquingKeysWith: { first, _ in first })
            let rewritten = derived.files.compactMap { file -> RedactionRecord.Rewritten? in
                guard RedactionRecord.mayBeRewritten(file.name), let original = originals[file.name],
                    original != file.sha256
                else { return nil }
                return RedactionRecord.Rewritten(name: file.name, originalSHA256: original, sha256: file.sha256)
            }
            var withheld: [RedactionRecord.Withheld] = []
            let changed = Set(rewritten.map(\.name))
            for name in files {
                let source = folder + "/" + name
                if RedactionRecord.mayBeWithheld(name) {
                    withheld.append(.init(name: name, sha256: try SHA256Text.ofFile(source)))
                } else {
                    try Self.copy(changed.contains(name) ? made.place(name) : source, to: copy + "/" + name)
                }
            }
            let salts = try RecordJSON.decode(
                PeopleSalts.self, from: OrdinaryFile.bytes(at: folder + "/" + PeopleProof.saltsName) ?? Data())
            let redaction = RedactionRecord(
                fields, rewritten: rewritten, withheld: withheld, salts: salts.columns, version: programVersion)
            try RecordJSON.encode(redaction).write(to: URL(fileURLWithPath: copy + "/" + RedactionRecord.name))
        }
    }

    private static func copy(_ source: String, to path: String) throws {
        let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: source, toPath: path)
    }
}
