import Domain
import Foundation
import Ledger
import Populations
import Reports
import WorkspaceAPI

/// Makes the review of a workspace: lists it, and writes its evidence folder.
struct ReviewMaking {
    let id: String
    let period: String
    let due: String?
    let reviewer: String?
    let approver: String?
    let preparer: String
    let domains: [String]
    let privileged: PrivilegedTypes
    let formats: FormatList
    let options: ReportFile.Options
    let sharing: EvidenceFolder.Sharing?
    /// Take an empty list where there were users before.
    let allowEmpty: Bool
    let ledger: Ledger
    let console: Console

    /// A review that is written.
    struct Made {
        let source: RosterReview
        let context: ReviewContext
        /// The SHA-256 of `SHA256SUMS`.
        let manifestSHA256: String

        /// The review as the ledger keeps it.
        ///
        /// - Parameter path: where the folder is.
        func record(at path: String) -> ReviewRecord {
            ReviewRecord(
                id: context.id, workspace: source.snapshot.workspace, snapshot: source.snapshot.number,
                takenAt: source.snapshot.takenAt, folder: URL(fileURLWithPath: path).path,
                manifestSHA256: manifestSHA256)
        }
    }

    /// Makes one.
    func make(over connection: Connection, to folder: EvidenceFolder) async throws -> Made {
        let (snapshot, warnings) = try await list(over: connection, to: folder)
        let source = try RosterReview(
            of: snapshot, since: try ledger.lastReview(of: connection.workspace), in: ledger, privileged: privileged)
        var context = ReviewContext(
            id: id, period: period, due: due, reviewer: reviewer, approver: approver, preparer: preparer,
            domains: domains, connection: connection,
            firstSnapshotAt: try ledger.firstSnapshot(of: connection.workspace)?.takenAt ?? snapshot.takenAt)
        context.privileged = privileged
        context.warnings = warnings
        let counter = StageCounter("Writing the review")
        let manifest = try console.during(counter) {
            try folder.write(
                source, context, formats: formats.formats, interchanges: formats.interchanges, options: options,
                sharing: sharing, onRows: counter.writing)
        }
        return Made(source: source, context: context, manifestSHA256: manifest)
    }

    /// Files the answer before anything is made of it, so that nobody has to hold it any longer.
    private func list(
        over connection: Connection, to folder: EvidenceFolder
    ) async throws -> (Snapshot, warnings: [String]) {
        let listing = try await connection.listing(keptIn: ledger, allowEmpty: allowEmpty)
        try folder.keep(answer: listing.raw.data)
        return (listing.snapshot, listing.warnings)
    }
}

extension StageCounter {
    /// Tells which file is written, and how far it is.
    var writing: (_ file: String, _ rows: Int, _ total: Int) -> Void {
        { file, rows, total in
            if rows == 0 { self.begin("Writing \(Terminal.plain(file))") }
            self.set(rows, of: total)
        }
    }
}
