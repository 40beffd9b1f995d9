import Connections
import Domain
import Foundation
import Hashing
import Reports
import TerminalIO
import WorkspaceAPI

/// Closes a review: writes the closing statement, and seals everything that belongs to the review.
public struct ReviewClosing {
    /// The state to close, with the listing of this moment as its later listing.
    public let state: ReviewState
    /// The listing of this moment.
    public let listing: KeptListing
    /// The person who approves the decisions.
    public let approver: String
    /// Why the review is closed with open items; nil if it has none.
    public let forcedBecause: String?

    /// Creates a closing.
    public init(_ state: ReviewState, listing: KeptListing, approver: String, forcedBecause: String?) {
        self.state = state
        self.listing = listing
        self.approver = approver
        self.forcedBecause = forcedBecause
    }

    /// Writes the statement, the listing, the record and the checksums. The checksums come last: with them, the review
    /// is closed.
    ///
    /// - Parameter time: the time of closing.
    /// - Returns: the record, and the SHA-256 of `closing.SHA256SUMS`.
    /// - Throws: ``WriteFailure`` or ``RowCountMismatch``; then the review is not closed.
    public func write(at time: Date, on console: Console) throws -> (record: ClosingRecord, sha256: String) {
        typealias Names = ClosingRecord.Names
        let folder = state.folder.path
        let attached = try attachments()
        var record = record(at: time)
        record.provenance = .ofThisProgram(listing.api)
        if let warning = listing.api.clockWarning { console.warn(warning) }
        try WholeFile.write(listing.raw.data, to: folder + "/" + Names.answer)
        record.files = try state.writeReports(of: record, to: folder)
        let bytes = try RecordJSON.encode(record)
        try WholeFile.write(bytes, to: folder + "/" + Names.record)
        var hashes = Dictionary(uniqueKeysWithValues: record.files.map { ($0.name, $0.sha256) })
        hashes[Names.record] = SHA256Text.of(bytes)
        hashes[Names.answer] = listing.snapshot.rawSHA256
        hashes.merge(EvidenceLink(.closing).predecessorHashes(in: folder)) { $1 }
        for name in attached {
            hashes[name] = try SHA256Text.ofFile(folder + "/" + name)
        }
        let manifest = Data(Manifest(hashes).text.utf8)
        EvidenceLink(.closing).removeSeals(in: folder, unlessOf: manifest)
        try WholeFile.write(manifest, to: folder + "/" + Names.manifest)
        return (record, SHA256Text.of(manifest))
    }

    /// The files that people have added.
    ///
    /// - Throws: ``CommandFailure`` if there is anything but files, which the checksums could not cover.
    private func attachments() throws -> [String] {
        let folder = EvidenceFolder.attachmentsName
        let names = (try? FileManager.default.contentsOfDirectory(atPath: state.folder.path + "/" + folder)) ?? []
        let added = names.sorted().filter { !FolderLitter.contains($0) }.map { folder + "/" + $0 }
        for name in added
        where FileStatus(path: state.folder.path + "/" + name, followsLinks: false)?.kind != .regular {
            throw CommandFailure(
                .nothingSent, code: .inputInvalid,
                "\(Terminal.plain(name)) is not a regular file; put the files themselves in \(folder); nothing was written"
            )
        }
        if let wrong = ArchivePath.unusable(among: added) {
            throw CommandFailure(
                .nothingSent, code: .inputInvalid,
                "\(Terminal.plain(wrong.name)) could not be packed for an auditor: \(wrong.reason); rename it; nothing was "
                    + "written")
        }
        return added
    }

    private func record(at time: Date) -> ClosingRecord {
        state.closingRecord(
            approver: approver, closedAt: Timestamp.text(time), forcedBecause: forcedBecause, version: programVersion,
            after: .init(
                takenAt: Timestamp.text(listing.snapshot.takenAt), users: listing.snapshot.active,
                invites: listing.snapshot.invited, answerSHA256: listing.snapshot.rawSHA256))
    }
}

extension ReviewState {
    /// The record of a closing, without its files.
    func closingRecord(
        approver: String, closedAt: String, forcedBecause: String?, version: String, after: ClosingRecord.Population
    ) -> ClosingRecord {
        let review = folder.record
        let previous = EvidenceLink(.closing).predecessors(in: folder.path).last ?? EvidenceLink(.review)
        let findings = findings(approver: approver, closedAt: closedAt)
        let count = { (names: [String]) in Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +) }
        return ClosingRecord(
            review: review.review, workspace: review.workspace, reviewManifestSHA256: folder.manifestSHA256,
            previousSHA256: Manifest.sha256(of: previous.manifest, in: folder.path) ?? "",
            closedAt: closedAt, preparer: review.preparer, reviewers: reviewers, approver: approver,
            forcedBecause: forcedBecause, rollcallVersion: version,
            before: .init(
                takenAt: review.takenAt, users: review.users, invites: review.invites,
                answerSHA256: review.answerSHA256),
            after: after,
            decisionCounts: count(accounts.map { $0.decided?.decision.rawValue ?? "Not reviewed" }),
            standingCounts: count(accounts.map(\.standing.name)),
            findingCounts: count(findings.map(\.code.rawValue)), files: [])
    }

    /// The record that follows from a closed review. Only approver, time, reason, version and provenance are taken from
    /// the record itself; they cannot be derived.
    ///
    /// - Parameter record: the record in the folder.
    public func derivedRecord(from record: ClosingRecord) throws -> ClosingRecord {
        let bytes = try SealedFile.read(ClosingRecord.Names.answer, of: ClosingRecord.Names.manifest, in: folder.path)
        var derived = closingRecord(
            approver: record.approver, closedAt: record.closedAt,
            forcedBecause: record.forcedBecause ?? (isComplete ? nil : "not stated"), version: record.rollcallVersion,
            after: .init(
                takenAt: record.after.takenAt, users: later?.roster.active.count ?? 0,
                invites: later?.roster.invited.count ?? 0, answerSHA256: SHA256Text.of(bytes)))
        derived.provenance = record.provenance
        return derived
    }

    /// Writes the closing statement in every format.
    ///
    /// - Returns: the files, with their hashes and numbers of rows.
    public func writeReports(of record: ClosingRecord, to folder: String) throws -> [EvidenceRecord.File] {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        guard let time = try? Date(record.closedAt, strategy: style) else {
            throw SealedFile.failure(ClosingRecord.Names.record, in: self.folder.path)
        }
        let findings = findings(approver: record.approver, closedAt: record.closedAt)
        let report = ClosingStatement.make(self, record, findings: findings, at: time)
        return try (ReportFormat.filed + [.md])
            .compactMap { format -> EvidenceRecord.File? in
                let name = ClosingRecord.Names.report(format)
                guard let file = ReportFile(path: folder + "/" + name) else { return nil }
                // Markdown is for tickets, so it contains no accounts.
                let rows = try file.write(format == .md ? report.summary : report)
                return .init(name: name, sha256: try SHA256Text.ofFile(file.path), rows: rows)
            }
    }
}
