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
    /// The names of its files.
    public let names: RemediationRecord.Names
    /// The remediation of an earlier execution of the run; nil if this is the first one.
    private let earlier: HandIn?

    /// Creates the remediation of a run that applies a review.
    ///
    /// What was written once is never changed, because later files of the evidence name its hash. The results of a run
    /// that is resumed are another remediation.
    ///
    /// - Throws: ``CommandFailure`` if an earlier remediation was changed after it was written.
    public init(_ record: RunRecord, _ binding: ReviewBinding, in ledger: Ledger) throws {
        self.record = record.asRecorded
        self.binding = binding
        self.ledger = ledger
        earlier = try HandIn.all(in: binding.folder).last { $0.record.run == record.number }
        names = earlier == nil ? binding.names : binding.nextNames
    }

    /// The page of the earlier remediation, if that has the results of this moment already.
    public var alreadyWritten: String? {
        guard let earlier, earlier.record.state == record.state.rawValue,
            earlier.record.outcomeCounts.filter({ $0.value > 0 }) == outcomeCounts.filter({ $0.value > 0 })
        else { return nil }
        return place(earlier.names.report(.html))
    }

    private var outcomeCounts: [String: Int] {
        Dictionary(record.counts.map { ($0.key.rawValue, $0.value) }, uniquingKeysWith: +)
    }

    /// Writes the reports, the response after the run, the record and the checksums.
    ///
    /// - Parameters:
    ///   - listing: the workspace after the run; nil if it was not listed, and then the listing of an earlier execution
    ///     of the run is kept.
    ///   - hasUndo: whether there is an undo list for account type changes.
    /// - Returns: the path of the page, and the SHA-256 of the checksums.
    public func write(after listing: KeptListing?, hasUndo: Bool, on console: Console) throws -> (
        page: String, sha256: String
    ) {
        var hashes = names.link.predecessorHashes(in: binding.folder)
        hashes[Manifest.name] = binding.manifestSHA256
        for file in binding.decisions { hashes[file.name] = file.sha256 }
        var after: RemediationRecord.After?
        var api = listing?.api
        if let warning = api?.clockWarning { console.warn(warning) }
        if let listing {
            hashes[names.answer] = SHA256Text.of(listing.raw.data)
            try add(names.answer, listing.raw.data)
            after = .init(
                file: names.answer, takenAt: Timestamp.text(listing.snapshot.takenAt),
                snapshot: listing.snapshot.number, answerSHA256: listing.snapshot.rawSHA256,
                users: listing.snapshot.active, invites: listing.snapshot.invited)
        } else if let filed = filedRecord, let answer = filed.after {
            hashes[answer.file] = answer.answerSHA256
            after = answer
            api = filed.provenance?.api
        }
        let report = try RemediationReport.make(
            record,
            .init(
                review: binding.review, manifestSHA256: binding.manifestSHA256, decisions: binding.decisions,
                after: after)
        ) { body in try results(body) }
        var summary = self.summary(report, after)
        summary.previousSHA256 = names.link.predecessors(in: binding.folder).last.flatMap { hashes[$0.manifest] }
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
        names.link.removeSeals(in: binding.folder, unlessOf: manifest)
        try add(names.manifest, manifest)
        try ledger.record(
            ReviewStep(
                review: binding.review, workspace: record.header.workspace, kind: .applied, at: Date(),
                by: NSUserName(),
                folder: binding.folder, file: names.manifest, reviewSHA256: binding.manifestSHA256,
                sha256: SHA256Text.of(manifest)))
        return (place(names.report(.html)), SHA256Text.of(manifest))
    }

    /// The record of an earlier execution of the run, if the response that it names still exists.
    private var filedRecord: RemediationRecord? {
        guard let filed = earlier?.record, let after = filed.after,
            OrdinaryFile.sha256(at: place(after.file)) == after.answerSHA256
        else { return nil }
        return filed
    }

    /// Passes every row to `body`, with its times as the record has them, so that the reports can be written again.
    private func results(_ body: (ResultRow) throws -> Void) throws {
        try ledger.results(of: record.number) { try body($0.asRecorded) }
    }

    /// Writes the decisions in the columns of Entra, if the review has a file for Entra. This needs no option, so that
    /// a resumed run writes it too.
    private func writeEntra(_ names: RemediationRecord.Names) throws -> EvidenceRecord.File? {
        let name = names.report(Interchange.entra)
        guard let review = try? EvidenceRecord(readingFrom: binding.folder),
            review.files.contains(where: { $0.name == Interchange.entra.fileName }),
            let file = ReportFile(path: place(name))
        else { return nil }
        let report = EntraResult.report(record, review) { body in try results(body) }
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
            outcomeCounts: outcomeCounts)
    }

    private func place(_ name: String) -> String { binding.folder + "/" + name }

    private func add(_ name: String, _ data: Data) throws {
        try WholeFile.write(data, to: place(name))
    }
}
