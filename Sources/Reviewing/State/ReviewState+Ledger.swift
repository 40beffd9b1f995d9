import Domain
import Foundation
import Ledger
import Populations
import Reports
import TerminalIO

extension ReviewState {
    /// The state of the review in a folder, with the last listing of the workspace in the ledger.
    ///
    /// - Parameter later: a listing of this moment; nil for the last one in the ledger.
    /// - Throws: ``CommandFailure`` if the folder is no evidence folder, or was changed after it was written.
    public init(at path: String, ledger: Ledger, later: Later? = nil) throws {
        try self.init(
            of: ReviewedFolder(path: URL(fileURLWithPath: path).standardizedFileURL.path), ledger: ledger, later: later)
    }

    /// The state of the review in a folder that has been read, as ``init(at:ledger:later:)``.
    public init(of folder: ReviewedFolder, ledger: Ledger, later: Later? = nil) throws {
        let last = try later ?? asCommandFailure { try Later.last(of: folder.record, in: ledger) }
        try self.init(of: folder, later: last)
        try check(against: ledger)
    }

    /// Compares the folder with what the ledger knows of the review: steps whose files are gone, and runs that are not
    /// complete.
    ///
    /// - Throws: ``CommandFailure`` if a step is missing in the folder.
    private mutating func check(against ledger: Ledger) throws {
        let review = folder.record
        let workspace = WorkspaceIdentity.name(formerly: review.workspace)
        let steps = try asCommandFailure { try ledger.steps(of: review.review, in: workspace) }
        // A run that is resumed writes its files again.
        let last = Dictionary(steps.map { ($0.file, $0) }, uniquingKeysWith: { $1 })
        for step in last.values.sorted(by: { $0.file < $1.file })
        where step.reviewSHA256 == folder.manifestSHA256
            && Manifest.sha256(of: step.file, in: folder.path) != step.sha256
        {
            throw CommandFailure(
                .nothingSent, code: .inputInvalid,
                "\(Terminal.plain(folder.path, limit: 1000))/\(Terminal.plain(step.file)) is missing or is not the file that "
                    + "was written on \(Timestamp.text(step.at, toSeconds: true)); use the whole folder of the review")
        }
        let applied = Set(handIns.map(\.record.run))
        unfinished = try asCommandFailure { try ledger.runs(limit: .max) }.filter { run in
            guard let binding = try? ReviewBinding(run.header.review),
                binding.manifestSHA256 == folder.manifestSHA256
            else { return false }
            return run.state == .abandoned
                ? !applied.contains(run.number) && run.number > (applied.max() ?? 0)
                : run.left > 0 || run.finishedAt == nil
        }
    }
}

extension ReviewState.Later {
    /// The last listing of a reviewed workspace in the ledger; nil if it is not later than the review.
    fileprivate static func last(of review: EvidenceRecord, in ledger: Ledger) throws -> Self? {
        let workspace = WorkspaceIdentity.name(formerly: review.workspace)
        guard let snapshot = try ledger.snapshot(of: workspace) else { return nil }
        let takenAt = Timestamp.text(snapshot.takenAt)
        guard takenAt > review.takenAt else { return nil }
        let source = try RosterReview(of: snapshot, since: nil, in: ledger)
        var roster = Roster(active: [], invited: [])
        source.accounts(.user) {
            roster.active.append(
                ActiveUser(uid: $0.uid, email: $0.email, name: $0.name, accountType: $0.accountType))
        }
        source.accounts(.invite) {
            roster.invited.append(
                InvitedUser(
                    email: $0.email, accountType: $0.accountType, status: $0.status ?? InviteStatus(rawValue: "")))
        }
        return Self(roster: roster, takenAt: takenAt)
    }
}

/// A review in a list of reviews.
public struct ReviewSummary {
    private let record: ReviewRecord
    private let status: ReviewStatus?
    private let problem: String

    /// Reads the folder of a review.
    public init(_ record: ReviewRecord, in ledger: Ledger, today: String) {
        self.record = record
        do {
            status = ReviewStatus(try ReviewState(at: record.folder, ledger: ledger), today: today)
            problem = ""
        } catch {
            status = nil
            let isGone = !FileManager.default.fileExists(atPath: record.folder)
            problem = isGone ? "the folder is gone" : CommandFailure(anything: error).sentence ?? "\(error)"
        }
    }

    private static let all: [RowColumn<ReviewSummary>] = [
        RowColumn("review", "Review", 16, "The id of the review.") { .text($0.record.id) },
        RowColumn("workspace", "Workspace", 24, "The workspace.") { .text($0.record.workspace) },
        RowColumn(
            "stage", "Stage", 10, "created, inReview, applied or closed; unknown without its folder."
        ) { .text($0.status?.state.stage.rawValue ?? "unknown") },
        RowColumn("accounts", "Accounts", 10, "The number of reviewed accounts.") {
            $0.status.map { .number($0.state.accounts.count) } ?? .empty
        },
        RowColumn("open", "Open", 8, "The number of open items.") {
            $0.status.map { .number($0.state.openCount) } ?? .empty
        },
        RowColumn("due", "Due", 11, "When the decisions are due.") { Cell($0.status?.state.folder.record.due) },
        RowColumn("overdue", "Overdue", 8, "Whether something is open after the due date.") {
            $0.status.map { .flag($0.isOverdue) } ?? .empty
        },
        RowColumn("folder", "Folder", 40, "The evidence folder.") { .text($0.record.folder) },
        RowColumn("problem", "Problem", 30, "Why the folder cannot be read.") { Cell($0.problem) },
    ]

    /// The columns of the list.
    public static let columns = all.map(\.column)

    /// A row of the list.
    public var cells: [Cell] { Self.all.map { $0.cell(self) } }

    /// The list as a report.
    public static func report(_ reviews: [ReviewSummary], at time: Date) -> Report {
        var report = Report(kind: .reviews, title: "Reviews", time: time)
        report.tables = [
            Table(
                id: "reviews", title: "Reviews", note: "The reviews in the ledger, newest first.", role: .population,
                columns: all, rows: reviews)
        ]
        return report
    }
}
