import Connections
import Domain
import Foundation
import Hashing
import Ledger
import Reports
import TerminalIO
import WorkspaceAPI

/// The results of applying a review, stored with its decisions in the evidence folder.
public struct Remediation {
    private let record: RunRecord
    private let binding: ReviewBinding
    private let ledger: Ledger

    /// Creates the remediation of a run that applies a review.
    public init(_ record: RunRecord, _ binding: ReviewBinding, in ledger: Ledger) {
        self.record = record
        self.binding = binding
        self.ledger = ledger
    }

    /// Writes the reports, the response after the run, the record and the checksums.
    ///
    /// - Parameters:
    ///   - listing: the workspace after the run; nil if it was not listed, and then the listing of an earlier execution
    ///     of the run is kept.
    ///   - hasUndo: whether there is an undo list for account type changes.
    /// - Returns: the path of the page.
    public func write(after listing: KeptListing?, hasUndo: Bool, on console: Console) throws -> String {
        let names = binding.names
        var hashes = [Manifest.name: binding.manifestSHA256]
        for file in binding.decisions { hashes[file.name] = file.sha256 }
        var after: RemediationRecord.After?
        var api = listing?.api
        if let warning = api?.clockWarning { console.warn(warning) }
        if let listing {
            hashes[names.answer] = SHA256Text.of(listing.raw.data)
            try add(names.answer, listing.raw.data)
            after = .init(
                file: names.answer, takenAt: Timestamp.text(listing.snapshot.takenAt),
                snapshot: listing.snapshot.number, answerSHA256: listing.snapshot.rawSHA256)
        } else if let filed = filedRecord, let answer = filed.after {
            hashes[names.answer] = answer.answerSHA256
            after = answer
            api = filed.provenance?.api
        }
        let report = try RemediationReport.make(
            record,
            .init(
                review: binding.review, manifestSHA256: binding.manifestSHA256, decisions: binding.decisions,
                after: after)
        ) { body in try ledger.results(of: record.number, body) }
        var summary = self.summary(report, after)
        summary.provenance = .ofThisProgram(api)
        for format in ReportFormat.filed {
            let name = names.report(format)
            guard let file = ReportFile(path: place(name)) else { continue }
            let rows = try console.write(report, to: file)
            let hash = try SHA256Text.ofFile(place(name))
            summary.files.append(.init(name: name, sha256: hash, rows: rows))
            hashes[name] = hash
        }
        if let file = try writeEntra(names) {
            summary.files.append(file)
            hashes[file.name] = file.sha256
        }
        if hasUndo { hashes[names.undo] = try SHA256Text.ofFile(place(names.undo)) }
        let bytes = try RecordJSON.encode(summary)
        try add(names.record, bytes)
        hashes[names.record] = SHA256Text.of(bytes)
        let manifest = Data(Manifest(hashes).text.utf8)
        // A resume writes the remediation again.
        EvidenceLink(manifest: names.manifest)?.removeSeals(in: binding.folder, unlessOf: manifest)
        try add(names.manifest, manifest)
        try ledger.record(
            ReviewStep(
                review: binding.review, workspace: record.header.workspace, kind: .applied, at: Date(),
                by: NSUserName(),
                folder: binding.folder, file: names.manifest, reviewSHA256: binding.manifestSHA256,
                sha256: SHA256Text.of(manifest)))
        return place(names.report(.html))
    }

    /// The record of an earlier execution of the run, if the response that it names still exists.
    private var filedRecord: RemediationRecord? {
        let filed = OrdinaryFile.bytes(at: place(binding.names.record)).flatMap { bytes in
            try? RecordJSON.decode(RemediationRecord.self, from: bytes)
        }
        guard let filed, filed.run == record.number, let after = filed.after, after.file == binding.names.answer,
            OrdinaryFile.sha256(at: place(after.file)) == after.answerSHA256
        else { return nil }
        return filed
    }

    /// Writes the decisions in the columns of Entra, if the review has a file for Entra. This needs no option, so that
    /// a resumed run writes it too.
    private func writeEntra(_ names: RemediationRecord.Names) throws -> EvidenceRecord.File? {
        let name = names.report(Interchange.entra)
        guard let review = try? EvidenceRecord(readingFrom: binding.folder),
            review.files.contains(where: { $0.name == Interchange.entra.fileName }),
            let file = ReportFile(path: place(name))
        else { return nil }
        let report = EntraResult.report(record, review) { body in try ledger.results(of: record.number, body) }
        let rows = try file.write(report)
        return .init(name: name, sha256: try SHA256Text.ofFile(place(name)), rows: rows)
    }

    private func summary(_ report: Report, _ after: RemediationRecord.After?) -> RemediationRecord {
        let decisions = report.tallies.first { $0.key == "decisions" }?.counts ?? []
        return RemediationRecord(
            review: binding.review, reviewManifestSHA256: binding.manifestSHA256, workspace: record.header.workspace,
            run: record.number, state: record.state.rawValue, startedAt: Timestamp.text(record.startedAt),
            finishedAt: record.finishedAt.map { Timestamp.text($0) }, rollcallVersion: record.header.version,
            reviewRules: binding.reviewRules, decisions: binding.decisions, after: after,
            decisionCounts: Dictionary(decisions.map { ($0.label, $0.count) }, uniquingKeysWith: +),
            outcomeCounts: Dictionary(record.counts.map { ($0.key.rawValue, $0.value) }, uniquingKeysWith: +))
    }

    private func place(_ name: String) -> String { binding.folder + "/" + name }

    private func add(_ name: String, _ data: Data) throws {
        try WholeFile.write(data, to: place(name))
    }
}
