import Domain
import Foundation
import Reports
import Reviewing
import TerminalIO

/// A closed review in an archive.
struct PackedReview {
    /// The folder of the workspace in the archive of a company, with a `/` at the end; empty for a single review.
    let prefix: String
    /// `evidence.json`.
    let record: EvidenceRecord
    /// `closing.record.json`.
    let closing: ClosingRecord
    /// The remediations, in the order of their numbers.
    let remediations: [(names: RemediationRecord.Names, record: RemediationRecord)]
    /// The evidence hash: the SHA-256 of the checksums of the closing statement.
    let evidenceHash: String
    /// The names of all files that belong to the evidence, sorted.
    let files: [String]
    /// What a redacted copy leaves out; nil for the evidence itself.
    let redaction: RedactionRecord?

    /// Reads a closed review.
    ///
    /// - Throws: ``CommandFailure`` if the review is not closed; errors of reading a record.
    init(closedIn folder: String, prefix: String) throws {
        guard let record = try? EvidenceRecord(readingFrom: folder) else {
            throw CommandFailure(
                .nothingSent, code: .inputInvalid,
                "\(Terminal.plain(folder)) is not the evidence folder of a review; nothing was written")
        }
        guard let closing = try ClosingRecord.read(in: folder) else {
            throw CommandFailure(
                .nothingSent, code: .reviewOpen,
                "\(Terminal.plain(folder)): the review is not closed, and only a closed review is packed; to close it: "
                    + "rollcall review close \(ShellWord.path(folder)); nothing was written")
        }
        self.prefix = prefix
        self.record = record
        self.closing = closing
        remediations = try RemediationRecord.Names.all(in: folder).map { names in
            let bytes = OrdinaryFile.bytes(at: folder + "/" + names.record) ?? Data()
            return (names, try RecordJSON.decode(RemediationRecord.self, from: bytes))
        }
        evidenceHash = Manifest.sha256(of: EvidenceLink(.closing).manifest, in: folder) ?? ""
        redaction = try RedactionRecord.read(in: folder)
        files = Self.evidence(in: folder, redaction)
    }

    /// The files of a folder that belong to the evidence: the checksums, what they name, and what seals them.
    static func evidence(in folder: String, _ redaction: RedactionRecord? = nil) -> [String] {
        let links = EvidenceLink.all(in: folder)
        let named = links.flatMap { $0.entries(in: folder) }.map(\.file)
        let seals = links.flatMap { [$0.signature, $0.timestamp] }.filter { OrdinaryFile.isOne(folder + "/" + $0) }
        let withheld = Set(redaction?.withheld.map(\.name) ?? [])
        return Set(links.map(\.manifest) + named + seals + (redaction == nil ? [] : [RedactionRecord.name]))
            .subtracting(withheld).sorted()
    }

    /// Whether files that reviewers have handed in are left out.
    var lacksCompletedFiles: Bool { redaction?.lacksCompletedFiles ?? false }

    /// The path of a file in the archive, from the folder of the index.
    func path(_ name: String) -> String { EvidencePackage.evidenceName + "/" + prefix + name }

    /// The file of a report, in the format that a program and a spreadsheet read best, among those that exist.
    func report(_ stem: String) -> String? {
        [ReportFormat.csv, .xlsx, .json, .html].map { stem + "." + $0.rawValue }.first(where: files.contains)
    }
}
