import Connections
import Domain
import Foundation
import Hashing
import Ledger
import Reports
import TerminalIO
import WorkspaceAPI

/// The results of carrying out a review, put back beside its decisions in the evidence folder.
public struct Remediation {
    private let record: RunRecord
    private let binding: ReviewBinding
    private let ledger: Ledger

    /// The results of a run that carries out a review.
    public init(_ record: RunRecord, _ binding: ReviewBinding, in ledger: Ledger) {
        self.record = record
        self.binding = binding
        self.ledger = ledger
    }

    /// Writes the reports, the answer afterwards, the record and the sums.
    ///
    /// - Parameters:
    ///   - listing: the workspace after the run; nil where nobody looked this time, and what an earlier execution of the
    ///     run was confirmed by stays.
    ///   - hasUndo: whether the list that takes role changes back is there.
    /// - Returns: where the page lies.
    public func write(after listing: KeptListing?, hasUndo: Bool, on console: Console) throws -> String {
        let names = binding.names
        var hashes = [Manifest.name: binding.manifestSHA256]
        for file in binding.decisions { hashes[file.name] = file.sha256 }
        var after: RemediationRecord.After?
        if let listing {
            hashes[names.answer] = SHA256Text.of(listing.raw.data)
            try add(names.answer, listing.raw.data)
            after = .init(
                file: names.answer, takenAt: Timestamp.text(listing.snapshot.takenAt),
                snapshot: listing.snapshot.number, answerSHA256: listing.snapshot.rawSHA256)
        } else if let filed = filedAnswer {
            hashes[names.answer] = filed.answerSHA256
            after = filed
        }
        let report = try RemediationReport.make(
            record,
            .init(
                review: binding.review, manifestSHA256: binding.manifestSHA256, decisions: binding.decisions,
                after: after)
        ) { body in try ledger.results(of: record.number, body) }
        var summary = self.summary(report, after)
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
        try add(names.manifest, Data(Manifest(hashes).text.utf8))
        return place(names.report(.html))
    }

    /// The answer that an earlier execution of the run has filed, if it is still there.
    private var filedAnswer: RemediationRecord.After? {
        let filed = OrdinaryFile.bytes(at: place(binding.names.record)).flatMap { bytes in
            try? RecordJSON.decode(RemediationRecord.self, from: bytes)
        }
        guard let filed, filed.run == record.number, let after = filed.after, after.file == binding.names.answer,
            OrdinaryFile.sha256(at: place(after.file)) == after.answerSHA256
        else { return nil }
        return after
    }

    /// The decisions in Entra's columns, where the review was written in them: whoever asked for the one wants the
    /// other, and a run that is resumed knows it without being told again.
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
