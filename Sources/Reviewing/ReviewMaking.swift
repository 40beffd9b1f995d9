import Connections
import Domain
import Foundation
import Ledger
import Populations
import Reports
import TerminalIO
import WorkspaceAPI

/// Makes the review of a workspace: lists it, and writes its evidence folder.
public struct ReviewMaking {
    /// The review's name.
    public let id: String
    /// The time that it covers.
    public let period: String
    /// Who makes it.
    public let preparer: String
    /// The due date, such as 2026-12-15.
    public var due: String?
    /// The person who decides about each account.
    public var reviewer: String?
    /// Who confirms the decisions.
    public var approver: String?
    /// The company's own.
    public var domains: [String] = []
    /// Which account types count as privileged, and come first.
    public var privileged = PrivilegedTypes.standard
    /// What it is written as.
    public var formats: [ReportFormat] = ReportFormat.filed
    /// In which other products' columns.
    public var interchanges: [Interchange] = []
    /// What the formats are told.
    public var options = ReportFile.Options()
    /// Who gets which part; nil for a review that is not shared out.
    public var sharing: EvidenceFolder.Sharing?
    /// Take an empty list where there were users before.
    public var allowsEmpty = false
    /// Where snapshots and earlier reviews are.
    public let ledger: Ledger
    /// Where it is told how far the work is.
    public let console: Console

    /// Takes what every review has.
    public init(id: String, period: String, preparer: String, in ledger: Ledger, console: Console) {
        self.id = id
        self.period = period
        self.preparer = preparer
        self.ledger = ledger
        self.console = console
    }

    /// A review that is written.
    public struct Made {
        /// Its accounts.
        public let source: RosterReview
        /// What its reports say of it.
        public let context: ReviewContext
        /// The SHA-256 of `SHA256SUMS`.
        public let manifestSHA256: String

        /// The review as the ledger keeps it.
        ///
        /// - Parameter path: where the folder is.
        public func record(at path: String) -> ReviewRecord {
            ReviewRecord(
                id: context.id, workspace: source.snapshot.workspace, snapshot: source.snapshot.number,
                takenAt: source.snapshot.takenAt, folder: URL(fileURLWithPath: path).path,
                manifestSHA256: manifestSHA256)
        }
    }

    /// Makes one.
    public func make(over connection: Connection, to folder: EvidenceFolder) async throws -> Made {
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
                source, context, formats: formats, interchanges: interchanges, options: options,
                sharing: sharing, onRows: counter.writing)
        }
        return Made(source: source, context: context, manifestSHA256: manifest)
    }

    /// Files the answer before anything is made of it, so that nobody has to hold it any longer.
    private func list(
        over connection: Connection, to folder: EvidenceFolder
    ) async throws -> (Snapshot, warnings: [String]) {
        let listing = try await connection.listing(keptIn: ledger, allowEmpty: allowsEmpty)
        try folder.keep(answer: listing.raw.data)
        return (listing.snapshot, listing.warnings)
    }
}

extension StageCounter {
    /// Tells which file is written, and how far it is.
    public var writing: (_ file: String, _ rows: Int, _ total: Int) -> Void {
        { file, rows, total in
            if rows == 0 { self.begin("Writing \(Terminal.plain(file))") }
            self.set(rows, of: total)
        }
    }
}
