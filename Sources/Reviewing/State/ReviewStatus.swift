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
            case .kept, .applied: applied += 1
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
    /// - Parameter width: the columns of the terminal; nil for no limit.
    public func text(width: Int?) -> String {
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
        let table = TextTable(names: Self.names, rows: (groups + [total]).map(Self.cells))
        var text = lines.map { $0 + "\n" }.joined() + table.aligned(in: width)
        text += section("Open", state.openLines, width)
        let others = state.changes.filter { !$0.isUnreviewedPrivilege }.map(\.sentence)
        text += section("Other changes since the review, as of \(state.later?.takenAt ?? "")", others, width)
        return text
    }

    private func section(_ title: String, _ lines: [String], _ width: Int?) -> String {
        guard !lines.isEmpty else { return "" }
        let body = lines.map { Columns.hanging($0, behind: "  ", in: width) + "\n" }.joined()
        return "\n\(title) (\(lines.count.grouped)):\n" + body
    }

    private static let names = [
        "Part", "Reviewer", "Accounts", "Decided", "Undecided", "Applied", "Failed", "Manual",
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
        let (groups, open, changes) = (groups, state.open, state.changes)
        report.tables = [
            Table(
                id: "parts", title: "Parts and reviewers", note: "The number of accounts.", role: .population,
                columns: zip(
                    ["part", "reviewer", "accounts", "decided", "undecided", "applied", "failed", "manual"], Self.names
                ).map { Column($0, $1, width: 14, help: "\($1).") }, count: groups.count
            ) { body in
                for group in groups {
                    try body(
                        [Cell(group.part), Cell(group.assignee)]
                            + [
                                group.accounts, group.decided, group.undecided, group.applied, group.failed,
                                group.manual,
                            ].map(Cell.number))
                }
            },
            Table(
                id: "open", title: "Open",
                note: "Accounts that are not decided, and decisions that were not carried out.",
                role: .annex,
                columns: [
                    Column("email", "Email", width: 32, help: "The address in the review."),
                    Column("kind", "Kind", width: 8, help: "user or invite."),
                    Column("accountType", "Account type", width: 17, help: "The account type in the review."),
                    Column("part", "Part", width: 18, help: "The part of a split review."),
                    Column("reviewer", "Reviewer", width: 18, help: "The person who is to decide."),
                    Column("decision", "Decision", width: 13, help: "The decision so far."),
                    Column("reason", "Reason", width: 44, help: "Why the account is open."),
                    Column("rowKey", "Row key", width: 22, isTechnical: true, help: "Binds the row to the review."),
                ], count: open.count
            ) { body in
                for account in open {
                    try body([
                        .text(account.account.email), .text(account.account.kind.rawValue),
                        .text(account.account.accountType.rawValue), Cell(account.part), Cell(account.assignee),
                        Cell(account.decided?.decision.rawValue), Cell(account.openReason), .text(account.key),
                    ])
                }
            },
            ClosingStatement.changes(changes),
        ]
        return report
    }
}

extension ReviewState {
    /// A line for everything that is open: accounts in the order of the review, then privileges that nobody has reviewed.
    public var openLines: [String] {
        unfinished.map { "run \($0.number) is not complete; to complete it: rollcall runs resume \($0.reference)" }
            + open.map { account in
                let who = Terminal.plain(account.account.email, limit: 254)
                let reason = Terminal.plain(account.openReason ?? "", limit: 500)
                let word = account.decided?.decision.rawValue ?? ""
                let decided = word.isEmpty || reason.hasPrefix(word) ? "" : word + ": "
                let assignee = account.assignee.map { " (\(Terminal.plain($0)))" } ?? ""
                let invite = account.account.kind == .invite ? " (invitation)" : ""
                return "\(who)\(invite): \(decided)\(reason)\(assignee)"
            } + unreviewed.map { "\($0.sentence), which was not reviewed" }
    }
}
