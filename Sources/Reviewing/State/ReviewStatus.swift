import Domain
import Foundation
import Planning
import Reports
import TerminalIO

/// How far a review is, in numbers: by part and reviewer, with everything that is open.
public struct ReviewStatus {
    /// The accounts that one reviewer has to decide about in one part.
    public struct Group {
        /// The part of a split review; empty for a review in one part.
        public var part: String
        /// Who is to decide; empty if nobody is named.
        public var assignee: String
        /// All accounts.
        public var accounts = 0
        /// Accounts with a decision.
        public var decided = 0
        /// Decisions that were carried out, and accesses that stay.
        public var applied = 0
        /// Decisions that were not carried out.
        public var failed = 0
        /// Decisions that need a manual step.
        public var manual = 0
        /// Accounts without a decision.
        public var undecided: Int { accounts - decided }

        fileprivate mutating func add(_ account: ReviewState.Account) {
            accounts += 1
            if account.standing != .undecided { decided += 1 }
            switch account.standing {
            case .undecided: break
            case .kept, .applied, .superseded: applied += 1
            case .failed: failed += 1
            case .manual: manual += 1
            }
        }
    }

    /// The state of the review.
    public let state: ReviewState
    /// The counts, in the order of the review.
    public let groups: [Group]
    /// Today in UTC, as 2026-12-15.
    let today: String

    /// Counts the accounts of a review.
    ///
    /// - Parameter today: today in UTC, as 2026-12-15.
    public init(_ state: ReviewState, today: String) {
        self.state = state
        self.today = today
        var groups: [Group] = []
        var places: [[String]: Int] = [:]
        for account in state.accounts {
            let names = [account.part ?? "", account.assignee ?? ""]
            let place = places[names] ?? groups.count
            if place == groups.count {
                groups.append(Group(part: names[0], assignee: names[1]))
                places[names] = place
            }
            groups[place].add(account)
        }
        self.groups = groups.sorted { [$0.part, $0.assignee].lexicographicallyPrecedes([$1.part, $1.assignee]) }
    }

    /// The sum of all groups.
    var total: Group {
        var total = Group(part: "Total", assignee: "")
        for group in groups {
            total.accounts += group.accounts
            total.decided += group.decided
            total.applied += group.applied
            total.failed += group.failed
            total.manual += group.manual
        }
        return total
    }

    /// Whether the due date has passed and something is open.
    public var isOverdue: Bool {
        state.closing == nil && !state.isComplete && state.folder.record.due.map { $0 < today } ?? false
    }

    /// Members for a document of a program.
    public var members: [JSONMember] {
        let review = state.folder.record
        return [
            JSONMember("review", review.review), JSONMember("workspace", review.workspace),
            JSONMember("folder", state.folder.path), JSONMember("stage", state.stage.rawValue),
            JSONMember("due", review.due), JSONMember("overdue", isOverdue),
            JSONMember("openAccounts", state.open.count), JSONMember("unreviewedPrivileges", state.unreviewed.count),
            JSONMember("listedAt", state.later?.takenAt ?? review.takenAt),
        ]
    }
}

/// The status as text and as a report.
extension ReviewStatus {
    /// What a person reads.
    ///
    /// - Parameters:
    ///   - width: the columns of the terminal; nil for no limit.
    ///   - command: makes a command with the ledger and the workspace of this one.
    public func text(width: Int?, _ command: (String) -> String) -> String {
        let review = state.folder.record
        var lines = [
            Practice.title(
                "Review \(Terminal.plain(review.review)) of \(Terminal.plain(review.workspace)): \(state.stage.words)",
                of: review.workspace)
        ]
        if let closing = state.closing {
            lines.append("  closed on \(closing.closedAt), approved by \(Terminal.plain(closing.approver))")
            if let reason = closing.forcedBecause {
                lines.append("  closed with open items: \(Terminal.plain(reason, limit: 500))")
            }
        }
        if let due = review.due { lines.append("  due \(due)" + (isOverdue ? ", overdue" : "")) }
        lines.append(
            "  \(review.users.counted("active user")) and \(review.invites.counted("invitation")) as of \(review.takenAt)"
        )
        lines.append("")
        var table = TextTable(names: Self.groupColumns.map(\.column.title), rows: (groups + [total]).map(Self.cells))
        // On a terminal, which is narrow: without parts, or if each reviewer has the part of the same name, one column says it.
        if width != nil, groups.allSatisfy({ $0.part == $0.assignee }) {
            table.names.removeFirst()
            table.rows = table.rows.map { [$0[1] == "-" ? $0[0] : $0[1]] + $0.dropFirst(2) }
        }
        var text = lines.map { $0 + "\n" }.joined() + table.aligned(in: width)
        text += section("Open", state.openLines(command), width)
        let others = state.changes.filter { !$0.isUnreviewedPrivilege }.map(\.sentence)
        text += section("Other changes since the review, as of \(state.later?.takenAt ?? "")", others, width)
        return text
    }

    private func section(_ title: String, _ lines: [String], _ width: Int?) -> String {
        guard !lines.isEmpty else { return "" }
        let body = lines.map { Columns.hanging($0, behind: "  ", in: width) + "\n" }.joined()
        return "\n\(title) (\(lines.count.grouped)):\n" + body
    }

    private static let groupColumns: [RowColumn<Group>] = [
        RowColumn("part", "Part", 14, "Part.") { Cell($0.part) },
        RowColumn("reviewer", "Reviewer", 14, "Reviewer.") { Cell($0.assignee) },
        RowColumn("accounts", "Accounts", 14, "Accounts.") { .number($0.accounts) },
        RowColumn("decided", "Decided", 14, "Decided.") { .number($0.decided) },
        RowColumn("undecided", "Undecided", 14, "Undecided.") { .number($0.undecided) },
        RowColumn("applied", "Applied", 14, "Applied.") { .number($0.applied) },
        RowColumn("failed", "Failed", 14, "Failed.") { .number($0.failed) },
        RowColumn("manual", "Manual", 14, "Manual.") { .number($0.manual) },
    ]

    private static let openColumns: [RowColumn<ReviewState.Account>] = [
        RowColumn("email", "Email", 32, "The address in the review.") { .text($0.account.email) },
        RowColumn("kind", "Kind", 8, "user or invite.") { .text($0.account.kind.rawValue) },
        RowColumn("accountType", "Account type", 17, "The account type in the review.") {
            .text($0.account.accountType.rawValue)
        },
        RowColumn("part", "Part", 18, "The part of a split review.") { Cell($0.part) },
        RowColumn("reviewer", "Reviewer", 18, "The person who is to decide.") { Cell($0.assignee) },
        RowColumn("decision", "Decision", 13, "The decision so far.") { Cell($0.decided?.decision.rawValue) },
        RowColumn("reason", "Reason", 44, "Why the account is open.") { Cell($0.openReason) },
        RowColumn("rowKey", "Row key", 22, isTechnical: true, "Binds the row to the review.") { .text($0.key) },
    ]

    private static func cells(_ group: Group) -> [String] {
        [
            group.part.isEmpty ? "-" : Terminal.plain(group.part, limit: 60),
            group.assignee.isEmpty ? "-" : Terminal.plain(group.assignee, limit: 60), group.accounts.grouped,
            group.decided.grouped, group.undecided.grouped, group.applied.grouped, group.failed.grouped,
            group.manual.grouped,
        ]
    }

    /// The report in every format.
    public var report: Report {
        let review = state.folder.record
        var report = Report(
            kind: .reviewStatus, title: Practice.title("Status of review \(review.review)", of: review.workspace),
            time: Date())
        report.facts = [
            FactGroup(
                key: "state", title: "Status",
                facts: [
                    Fact("review", "Review", .text(review.review)),
                    Fact("workspace", "Workspace", .text(review.workspace)),
                    Fact("stage", "Stage", .text(state.stage.rawValue)),
                    Fact("due", "Due", Cell(review.due)), Fact("overdue", "Overdue", .flag(isOverdue)),
                    Fact("listedAt", "Last listed (UTC)", .text(state.later?.takenAt ?? review.takenAt)),
                ])
        ]
        report.tables = [
            Table(
                id: "parts", title: "Parts and reviewers", note: "The number of accounts.", role: .population,
                columns: Self.groupColumns, rows: groups),
            Table(
                id: "open", title: "Open",
                note: "Accounts that are not decided, and decisions that were not carried out.", role: .annex,
                columns: Self.openColumns, rows: state.open),
            ClosingStatement.changes(state.changes),
        ]
        return report
    }
}

extension ReviewState {
    /// A line for everything that is open: accounts in the order of the review, then privileges that nobody has reviewed.
    ///
    /// - Parameter command: makes a command with the ledger and the workspace of this one.
    public func openLines(_ command: (String) -> String) -> [String] {
        unfinished.map { run in
            run.state == .abandoned
                ? "run \(run.number) was abandoned before its results were stored here; apply its decisions again"
                : "run \(run.number) is not complete; to complete it: " + command("runs resume \(run.reference)")
        }
            + open.map { account in
                let who = Terminal.plain(account.account.email, limit: 254)
                let reason = Terminal.plain(account.openReason ?? "", limit: 500)
                let word = account.decided?.decision.rawValue ?? ""
                let decided = word.isEmpty || reason.hasPrefix(word) ? "" : word + ": "
                let assignee = account.assignee.map { " (\(Terminal.plain($0)))" } ?? ""
                let invite = account.account.kind == .invite ? " (invitation)" : ""
                // The simulated workspace has begun anew, which is no change that somebody made.
                let isForgotten = Practice.isPractice(folder.record.workspace) && reason.hasPrefix(Account.undone)
                let hint =
                    isForgotten
                    ? "; each command with --sandbox begins with a new workspace, 'rollcall sandbox' remembers changes"
                    : ""
                return "\(who)\(invite): \(decided)\(reason)\(assignee)\(hint)"
            } + unreviewed.map { "\($0.sentence), which was not reviewed" }
    }
}
