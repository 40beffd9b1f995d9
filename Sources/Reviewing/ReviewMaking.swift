import Connections
import Domain
import Foundation
import Ledger
import People
import Populations
import Reports
import TerminalIO
import WorkspaceAPI

/// Makes the review of a workspace: lists the workspace, and writes the evidence folder.
public struct ReviewMaking {
    /// The id of the review.
    public let id: String
    /// The period under review.
    public let period: String
    /// The person who prepares the review.
    public let preparer: String
    /// The due date, such as 2026-12-15.
    public var due: String?
    /// The person who decides about each account.
    public var reviewer: String?
    /// The person who confirms the decisions.
    public var approver: String?
    /// The company's own domains.
    public var domains: [String] = []
    /// The privileged account types, which are sorted first.
    public var privileged = PrivilegedTypes.standard
    /// The formats of the reports.
    public var formats: [ReportFormat] = ReportFormat.filed
    /// The formats of other products.
    public var interchanges: [Interchange] = []
    /// The options of the formats.
    public var options = ReportFile.Options()
    /// How the review is split; nil for a review in one part.
    public var sharing: EvidenceFolder.Sharing?
    /// The company's own list of people; nil to compare with none.
    public var people: CompanyPeople?
    /// The day of the comparison with the list.
    public var day = Day(of: Date(), in: .gmt)
    /// Accounts that belong to no person.
    public var services: [ServiceAccount] = []
    /// Accounts whose findings are accepted.
    public var exceptions: [FindingException] = []
    /// How the review is split by the managers of the list; nil if it is not.
    public var managers: ManagerRule?
    /// Whether to request the audit log.
    public var asksForActivity = true
    /// Whether to accept an empty user list even if earlier snapshots had users.
    public var allowsEmpty = false
    /// The ledger with snapshots and earlier reviews.
    public let ledger: Ledger
    /// The console for progress and messages.
    public let console: Console

    /// Creates a review with its required values.
    public init(id: String, period: String, preparer: String, in ledger: Ledger, console: Console) {
        self.id = id
        self.period = period
        self.preparer = preparer
        self.ledger = ledger
        self.console = console
    }

    /// A finished review.
    public struct Made {
        /// The accounts.
        public let source: RosterReview
        /// The facts in the reports.
        public let context: ReviewContext
        /// What the previous review has decided.
        let decisions: PreviousDecisions
        /// The SHA-256 of `SHA256SUMS`.
        public let manifestSHA256: String

        /// The report of the review, with all of its accounts.
        public func report() throws -> Report {
            try ReviewReport.make(ReviewWithHistory(source, decision: decisions.decision(about:)), context)
        }

        /// The record for the ledger.
        ///
        /// - Parameter path: the path of the evidence folder.
        public func record(at path: String) -> ReviewRecord {
            ReviewRecord(
                id: context.id, workspace: source.snapshot.workspace, snapshot: source.snapshot.number,
                takenAt: source.snapshot.takenAt, folder: URL(fileURLWithPath: path).path,
                manifestSHA256: manifestSHA256)
        }
    }

    /// Lists the workspace and writes the evidence folder.
    ///
    /// - Parameter name: the name of the workspace in the API; nil if it is not known.
    public func make(
        over connection: Connection, to folder: EvidenceFolder, workspace name: String? = nil
    ) async throws -> Made {
        let (snapshot, warnings, api) = try await list(over: connection, to: folder)
        let previous = try ledger.lastReview(of: connection.workspace)
        let decisions = PreviousDecisions(of: previous, in: ledger)
        if let problem = decisions.problem { console.warn(problem) }
        let source = try RosterReview(of: snapshot, since: previous, in: ledger, privileged: privileged)
        let snapshots = try ledger.snapshots(of: connection.workspace, upTo: snapshot.number).map(\.asRecorded)
        let reviews = try ledger.reviews(of: connection.workspace).map(\.asRecorded)
        var context = ReviewContext(
            id: id, period: period, due: due, reviewer: reviewer, approver: approver, preparer: preparer,
            domains: domains, connection: connection,
            firstSnapshotAt: snapshots.first?.takenAt ?? snapshot.takenAt.asRecorded)
        context.privileged = privileged
        context.warnings = warnings + [api.clockWarning].compactMap(\.self)
        context.provenance = .ofThisProgram(api)
        context.previousClosing = decisions.closing
        context.previousLink = decisions.lastLink
        context.people = try comparison(of: source)
        context.activityState = try await activity(over: connection, to: folder, workspace: name, of: source)
        let counter = StageCounter("Writing the review")
        let export = EvidenceFolder.Export(
            formats: formats, interchanges: interchanges, options: options,
            sharing: try context.people.flatMap { try ReviewSharing.byManagers($0, of: source) } ?? sharing,
            snapshots: snapshots,
            reviews: reviews)
        let manifest = try console.during(counter) {
            try folder.write(
                ReviewWithHistory(source, decision: decisions.decision(about:)), context, export,
                onRows: counter.writing)
        }
        return Made(source: source, context: context, decisions: decisions, manifestSHA256: manifest)
    }

    /// Lists the workspace, and stores the raw response at once, so that it need not stay in memory.
    private func list(
        over connection: Connection, to folder: EvidenceFolder
    ) async throws -> (Snapshot, warnings: [String], Provenance.API) {
        let listing = try await connection.listing(keptIn: ledger, allowEmpty: allowsEmpty)
        try folder.keep(answer: listing.raw.data)
        return (listing.snapshot, listing.warnings, listing.api)
    }
}

extension StageCounter {
    /// Shows which file is being written, and its progress.
    public var writing: (_ file: String, _ rows: Int, _ total: Int) -> Void {
        { file, rows, total in
            if rows == 0 { self.begin("Writing \(Terminal.plain(file))") }
            self.set(rows, of: total)
        }
    }
}
