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
        let findings = state.findings(approver: approver, closedAt: Timestamp.text(time))
        var record = record(at: time, findings)
        try WholeFile.write(listing.raw.data, to: folder + "/" + Names.answer)
        let report = ClosingStatement.make(state, record, findings: findings, at: time)
        for format in ReportFormat.filed + [.md] {
            let name = Names.report(format)
            guard let file = ReportFile(path: folder + "/" + name) else { continue }
            // Markdown is for tickets, so it contains no accounts.
            let rows = try console.write(format == .md ? report.summary : report, to: file)
            record.files.append(.init(name: name, sha256: try SHA256Text.ofFile(file.path), rows: rows))
        }
        let bytes = try RecordJSON.encode(record)
        try WholeFile.write(bytes, to: folder + "/" + Names.record)
        var hashes = Dictionary(uniqueKeysWithValues: record.files.map { ($0.name, $0.sha256) })
        hashes[Names.record] = SHA256Text.of(bytes)
        hashes[Names.answer] = listing.snapshot.rawSHA256
        hashes[Manifest.name] = state.folder.manifestSHA256
        for name in state.handIns.map(\.names.manifest) + attached {
            hashes[name] = try SHA256Text.ofFile(folder + "/" + name)
        }
        let manifest = Data(Manifest(hashes).text.utf8)
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
        for name in added where !OrdinaryFile.isOne(state.folder.path + "/" + name) || name.contains("\n") {
            throw CommandFailure(
                .nothingSent, code: .inputInvalid,
                "\(Terminal.plain(name)) is not a regular file; put the files themselves in \(folder); nothing was written"
            )
        }
        return added
    }

    private func record(at time: Date, _ findings: [ReviewFinding]) -> ClosingRecord {
        let review = state.folder.record
        let count = { (names: [String]) in Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +) }
        return ClosingRecord(
            review: review.review, workspace: review.workspace, reviewManifestSHA256: state.folder.manifestSHA256,
            closedAt: Timestamp.text(time), preparer: review.preparer, reviewers: state.reviewers, approver: approver,
            forcedBecause: forcedBecause, rollcallVersion: programVersion,
            before: .init(
                takenAt: review.takenAt, users: review.users, invites: review.invites,
                answerSHA256: review.answerSHA256),
            after: .init(
                takenAt: Timestamp.text(listing.snapshot.takenAt), users: listing.snapshot.active,
                invites: listing.snapshot.invited, answerSHA256: listing.snapshot.rawSHA256),
            decisionCounts: count(state.accounts.map { $0.decided?.decision.rawValue ?? "Not reviewed" }),
            standingCounts: count(state.accounts.map(\.standing.name)),
            findingCounts: count(findings.map(\.code.rawValue)), files: [])
    }
}
