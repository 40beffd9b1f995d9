import Connections
import Domain
import Foundation
import Hashing
import Ledger
import Planning
import Populations
import Reports
import TerminalIO
import WorkspaceAPI

/// Adds accounts to an open review: those that have appeared, or have received privileges, since it was exported.
public struct ReviewSupplement {
    /// The review, with the listing of this moment as its later listing.
    private let state: ReviewState
    private let listing: KeptListing
    /// What is added: an account for each change.
    public let changes: [PopulationChange]

    /// Selects the accounts to add.
    ///
    /// - Parameters:
    ///   - state: the review, with the listing as its later listing.
    ///   - isWhole: whether to add every account that was not reviewed as it is now; otherwise only privileges.
    public init(to state: ReviewState, listing: KeptListing, isWhole: Bool) {
        self.state = state
        self.listing = listing
        changes = isWhole ? state.changes.filter { $0.kind != .gone } : state.unreviewed
    }

    /// Writes the reports, the raw response, the record, the copies to complete, and at last the checksums. Without
    /// them, nothing was added.
    ///
    /// - Parameter context: the facts about the review; what is different in a supplement is set here.
    /// - Returns: what was written.
    /// - Throws: ``WriteFailure`` or errors of the ledger.
    public func write(
        _ context: ReviewContext, in ledger: Ledger, on console: Console
    ) throws -> Written {
        let folder = state.folder.path
        let names = SupplementRecord.Names(
            number: (SupplementRecord.Names.all(in: folder).last?.link.number ?? 0) + 1)
        var hashes = names.link.predecessorHashes(in: folder)
        let last = names.link.predecessors(in: folder).last ?? EvidenceLink(.review)
        var record = SupplementRecord(
            to: state.folder.record, reviewManifestSHA256: state.folder.manifestSHA256,
            previousSHA256: hashes[last.manifest] ?? "", preparer: context.preparer,
            rollcallVersion: context.version, snapshot: listing.snapshot)
        let accounts = accounts
        record.rowKeys = accounts.map(\.key)
        record.provenance = .ofThisProgram(listing.api)
        if let warning = listing.api.clockWarning { console.warn(warning) }
        try WholeFile.write(listing.raw.data, to: folder + "/" + names.answer)
        hashes[names.answer] = listing.snapshot.rawSHA256
        let reviewers = state.folder.managers(
            of: accounts, after: state.folder.supplements.count, by: context.people)
        if context.people?.managers != nil { record.reviewers = reviewers }
        let content = try content(context, reviewers, in: ledger, to: folder + "/" + names.history)
        hashes[names.history] = try SHA256Text.ofFile(folder + "/" + names.history)
        record.query = .init(context)
        let report = try content.report()
        for format in ReportFormat.filed {
            let name = names.report(format)
            guard let file = ReportFile(path: folder + "/" + name) else { continue }
            let rows = try console.write(report, to: file)
            let sha256 = try SHA256Text.ofFile(file.path)
            record.files.append(.init(name: name, sha256: sha256, rows: rows))
            hashes[name] = sha256
        }
        let bytes = try RecordJSON.encode(record)
        try WholeFile.write(bytes, to: folder + "/" + names.record)
        hashes[names.record] = SHA256Text.of(bytes)
        let parts = try content.parts()
        try copyToFillIn(names, parts, on: console)
        let manifest = Data(Manifest(hashes).text.utf8)
        try WholeFile.write(manifest, to: folder + "/" + names.link.manifest)
        return Written(
            record: record, names: names, sha256: SHA256Text.of(manifest), parts: parts.count,
            findings: report.tallies.first { $0.key == "findings" }?.counts ?? [])
    }

    /// A supplement that was written.
    public struct Written {
        /// The record.
        public let record: SupplementRecord
        /// The names of its files.
        public let names: SupplementRecord.Names
        /// The SHA-256 of its checksums, 64 hexadecimal characters.
        public let sha256: String
        /// The number of workbooks with parts; 0 if the review is not split.
        public let parts: Int
        /// The number of accounts with each finding by the company's own list.
        public let findings: [(label: String, count: Int)]
    }

    /// The uids, and the keys of the addresses, that are added.
    private var added: (uids: Set<String>, addresses: Set<String>) {
        (
            Set(changes.filter { $0.accountKind == .user }.map(\.uid)),
            Set(changes.filter { $0.accountKind == .invite }.map { EmailAddress.key(of: $0.email) })
        )
    }

    /// The accounts with their row keys, in the order of the response.
    private var accounts: [(key: String, account: ReviewedAccount)] {
        let keys = RowKeys(review: state.folder.record.review, answerSHA256: listing.snapshot.rawSHA256)
        let (uids, addresses) = added
        return ReviewedAccount.all(in: listing.roster).filter { account in
            account.kind == .user
                ? uids.contains(account.uid) : addresses.contains(EmailAddress.key(of: account.email))
        }.map { (keys.key(of: $0), $0) }
    }

    /// The accounts, with what has changed since the review. Their history is written to a file.
    private func content(
        _ context: ReviewContext, _ reviewers: [String: String], in ledger: Ledger, to path: String
    ) throws -> SupplementContent<ReviewWithHistory<RosterReview>> {
        let snapshots = try ledger.snapshots(of: listing.snapshot.workspace, upTo: listing.snapshot.number)
            .map(\.asRecorded)
        let reviews = try ledger.reviews(of: listing.snapshot.workspace).map(\.asRecorded)
        let review = reviews.last { $0.isExport(of: state.folder.record, state.folder.manifestSHA256) }
        var context = context
        context.privileged = state.folder.privileged(in: listing.roster)
        context.addedOn = Timestamp.day(listing.snapshot.takenAt)
        context.split = state.folder.split?.adding(ReviewedFolder.reviewers(reviewers, of: accounts))
        context.firstSnapshotAt = snapshots.first?.takenAt ?? listing.snapshot.takenAt.asRecorded
        let whole = try RosterReview(of: listing.snapshot, since: review, in: ledger, privileged: context.privileged)
        let decisions = PreviousDecisions(of: review, in: ledger)
        let content = SupplementContent(
            of: ReviewWithHistory(whole, decision: decisions.decision(about:)), uids: added.uids,
            addresses: added.addresses, context)
        try content.writeHistory(to: path, snapshots: snapshots, reviews: reviews)
        return content
    }

    /// Copies the workbook and the CSV to the folder with the files that people complete, and writes a workbook for each part.
    private func copyToFillIn(
        _ names: SupplementRecord.Names, _ parts: [(name: String, report: Report)], on console: Console
    ) throws {
        let (folder, copies) = (state.folder.path, state.folder.path + "/" + EvidenceFolder.toFillInName)
        try FileManager.default.createDirectory(
            atPath: copies, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        for format in [ReportFormat.xlsx, .csv] {
            let name = names.report(format)
            guard let bytes = OrdinaryFile.bytes(at: folder + "/" + name) else { continue }
            try WholeFile.write(bytes, to: copies + "/" + name)
        }
        for (name, part) in zip(names.workbooks(of: parts.map(\.name)), parts) {
            guard let file = ReportFile(path: copies + "/" + name) else { continue }
            _ = try console.write(part.report, to: file)
        }
    }
}

extension ReviewRecord {
    /// Whether this is the record of an exported review.
    public func isExport(of review: EvidenceRecord, _ manifestSHA256: String) -> Bool {
        id == review.review && self.manifestSHA256 == manifestSHA256
    }
}
