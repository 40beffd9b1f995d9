import Domain
import Foundation
import Planning
import Reports

/// The closing statement of a review: every account with its final decision and what became of it.
enum ClosingStatement {
    /// The report of a state.
    static func make(_ state: ReviewState, _ record: ClosingRecord, findings: [ReviewFinding], at time: Date) -> Report
    {
        let review = state.folder.record
        var report = Report(
            kind: .closing,
            title: Practice.title("Closing statement of review \(review.review)", of: review.workspace), time: time)
        if let reason = record.forcedBecause {
            report.warnings.append("The review was closed with open items: \(reason)")
        }
        report.facts = [facts(state, record)]
        report.tallies = [
            Tally(
                key: "decisions", title: "Final decisions",
                counts: (Decision.allCases.map(\.rawValue) + ["Not reviewed"]).map {
                    ($0, record.decisionCounts[$0] ?? 0)
                }, isCharted: true),
            Tally(
                key: "standings", title: "Accounts",
                counts: ["kept", "applied", "open"].map { ($0, record.standingCounts[$0] ?? 0) }),
            Tally(
                key: "findings", title: "Findings",
                counts: ReviewFinding.Code.allCases.map { ($0.rawValue, record.findingCounts[$0.rawValue] ?? 0) }),
        ]
        let open = state.open
        let exceptions = state.accounts.filter { $0.decided?.decision == .exception }
        report.tables = [
            accounts("open", "Open", "Accounts that were open when the review was closed.", .annex, open),
            accounts("exceptions", "Exceptions", "Access that breaks the rules and stays.", .annex, exceptions),
            Table(
                id: "findings", title: "Findings", note: "What an auditor would question.", role: .annex,
                columns: [
                    Column("code", "Code", width: 22, help: "The kind of finding."),
                    Column("email", "Email", width: 32, help: "The account; empty if it is about the whole review."),
                    Column("finding", "Finding", width: 60, help: "What was found."),
                ], count: findings.count
            ) { body in
                for finding in findings {
                    try body([.text(finding.code.rawValue), Cell(finding.email), .text(finding.sentence)])
                }
            },
            changes(state.changes),
            runs(state),
            table(of: state),
        ]
        report.signOff = SignOff(
            preparer: record.preparer, reviewer: record.reviewers.joined(separator: ", "), approver: record.approver)
        return report
    }

    /// Every account.
    static func table(of state: ReviewState) -> Table {
        accounts("accounts", "Accounts", "Every reviewed account.", .population, state.accounts)
    }

    private static func facts(_ state: ReviewState, _ record: ClosingRecord) -> FactGroup {
        let review = state.folder.record
        return FactGroup(
            key: "closing", title: "Closing",
            facts: [
                Fact("review", "Review", .text(review.review)), Fact("period", "Period", .text(review.period)),
                Fact("workspace", "Workspace", .text(review.workspace)),
                Fact("due", "Due", Cell(review.due)),
                Fact("closedAt", "Closed (UTC)", .text(record.closedAt)),
                Fact("preparer", "Prepared by", Cell(record.preparer)),
                Fact("reviewers", "Reviewed by", Cell(record.reviewers.joined(separator: ", "))),
                Fact("approver", "Approved by", Cell(record.approver)),
                Fact("usersBefore", "Active users in the review", .number(record.before.users)),
                Fact("invitesBefore", "Invitations in the review", .number(record.before.invites)),
                Fact("takenAtBefore", "Listed for the review (UTC)", .text(record.before.takenAt)),
                Fact("usersAfter", "Active users at the end", .number(record.after.users)),
                Fact("invitesAfter", "Invitations at the end", .number(record.after.invites)),
                Fact("takenAtAfter", "Listed at the end (UTC)", .text(record.after.takenAt)),
                Fact("answerAfterSHA256", "SHA-256 of that response", .text(record.after.answerSHA256)),
                Fact("reviewManifestSHA256", "SHA-256 of SHA256SUMS of the review", .text(record.reviewManifestSHA256)),
                Fact("rollcallVersion", "rollcall", .text(record.rollcallVersion)),
            ])
    }

    private static func accounts(
        _ id: String, _ title: String, _ note: String, _ role: Table.Role, _ accounts: [ReviewState.Account]
    ) -> Table {
        Table(id: id, title: title, note: note, role: role, columns: accountColumns, count: accounts.count) { body in
            for account in accounts { try body(cells(of: account)) }
        }
    }

    private static let accountColumns: [Column] = [
        Column("kind", "Kind", width: 8, help: "user or invite."),
        Column("email", "Email", width: 32, help: "The address in the review."),
        Column("name", "Name", width: 22, help: "The display name in the review."),
        Column("accountType", "Account type", width: 17, help: "The account type in the review."),
        Column("status", "Invite status", width: 13, help: "The status of an invitation in the review."),
        Column("part", "Part", width: 18, isPrinted: false, help: "The part of a split review."),
        Column("decision", "Decision", width: 13, help: "The final decision; an empty cell means Not reviewed."),
        Column("newAccountType", "New account type", width: 17, help: "The new type, if the decision is Change role."),
        Column("reviewer", "Reviewer", width: 18, help: "The person who decided."),
        Column("assignee", "Assigned to", width: 18, isPrinted: false, help: "The person who was to decide."),
        Column("justification", "Justification", width: 28, help: "The reason for the decision."),
        Column("standing", "Result", width: 10, help: "kept, applied or open."),
        Column("reason", "Reason", width: 40, help: "Why the account is open."),
        Column("decidedAt", "Decided at", width: 24, help: "When it was decided; the time of the file, if it says so."),
        Column("ticket", "Ticket", width: 16, help: "The ticket, as written in the file."),
        Column("exceptionUntil", "Exception until", width: 14, help: "The last day of an exception."),
        Column("appliedAt", "Applied (UTC)", width: 22, help: "When the run started that applied the decision."),
        Column("run", "Run", width: 7, isPrinted: false, help: "The number of that run."),
        Column(
            "verified", "Verified", width: 12,
            help: "Whether a listing after the run confirmed or contradicted the result."),
        Column("replaced", "Replaced decision", width: 30, isPrinted: false, help: "An earlier, different decision."),
        Column("uid", "Uid", width: 66, isPrinted: false, help: "The uid of the account in the API."),
        Column("rowKey", "Row key", width: 22, isTechnical: true, help: "Binds the row to the review."),
    ]

    private static func cells(of account: ReviewState.Account) -> [Cell] {
        let (reviewed, decided) = (account.account, account.decided)
        return [
            .text(reviewed.kind.rawValue), .text(reviewed.email), Cell(reviewed.name),
            .text(reviewed.accountType.rawValue), Cell(reviewed.status?.rawValue), Cell(account.part),
            Cell(decided?.decision.rawValue), Cell(decided?.newAccountType),
            Cell(decided.map { $0.reviewer.isEmpty ? "not stated" : $0.reviewer }),
            Cell(account.assignee), Cell(decided?.justification), .text(account.standing.name),
            Cell(account.openReason), Cell(decided?.decidedAt), Cell(decided?.ticket), Cell(decided?.exceptionUntil),
            Cell(decided?.appliedAt), Cell(decided?.run), Cell(decided?.verified?.rawValue),
            Cell(decided?.replaced), Cell(reviewed.uid), .text(account.key),
        ]
    }

    static func changes(_ changes: [PopulationChange]) -> Table {
        Table(
            id: "changes", title: "Changes since the review",
            note:
                "Differences between the review and the listing at the end, except those that the review itself made.",
            role: .annex,
            columns: [
                Column("change", "Change", width: 14, help: "What has changed."),
                Column("email", "Email", width: 32, help: "The address."),
                Column("typeBefore", "Type in the review", width: 18, help: "Empty if the account was not reviewed."),
                Column("typeAfter", "Type at the end", width: 18, help: "Empty if the account no longer exists."),
                Column(
                    "unreviewedPrivilege", "Unreviewed privilege", width: 12,
                    help: "Whether it gives a privilege that nobody has reviewed."),
                Column("uid", "Uid", width: 66, isPrinted: false, help: "The uid of the account in the API."),
            ], count: changes.count
        ) { body in
            for change in changes {
                try body([
                    .text(change.kind.rawValue), .text(change.email), Cell(change.typeBefore?.rawValue),
                    Cell(change.typeAfter?.rawValue), .flag(change.isUnreviewedPrivilege), Cell(change.uid),
                ])
            }
        }
    }

    private static func runs(_ state: ReviewState) -> Table {
        let records = state.handIns.map(\.record)
        return Table(
            id: "runs", title: "Runs", note: "The runs that applied decisions.", role: .annex,
            columns: [
                Column("run", "Run", width: 7, help: "The number of the run in the ledger."),
                Column("startedAt", "Started (UTC)", width: 24, help: "When it started."),
                Column("state", "State", width: 12, help: "finished, or where it stopped."),
                Column("files", "Completed files", width: 50, help: "The files with the decisions."),
            ], count: records.count
        ) { body in
            for record in records {
                try body([
                    .number(Int(record.run)), .text(record.startedAt), .text(record.state),
                    .text(record.decisions.map(\.source).joined(separator: ", ")),
                ])
            }
        }
    }
}

extension ReviewState.Standing {
    /// The name in files: `kept`, `applied` or `open`.
    var name: String {
        switch self {
        case .kept: "kept"
        case .applied: "applied"
        case .undecided, .failed, .manual: "open"
        }
    }
}

extension ReviewState {
    /// The state of a closed review, as it was when it was closed.
    ///
    /// - Throws: ``CommandFailure`` if a file is missing or was changed after it was written.
    public init(closedIn path: String) throws {
        typealias Names = ClosingRecord.Names
        let bytes = try SealedFile.read(Names.answer, of: Names.manifest, in: path)
        guard let record = try ClosingRecord.read(in: path), let roster = ReviewedFolder.roster(of: bytes) else {
            throw SealedFile.failure(Names.answer, in: path)
        }
        try self.init(
            of: ReviewedFolder(path: path), later: Later(roster: roster, takenAt: record.after.takenAt))
    }

    /// The rows of the table of accounts in the closing statement, in the form that a CSV file holds.
    public func closingRows() throws -> (keys: [String], rows: [[String]]) {
        let table = ClosingStatement.table(of: self)
        var rows: [[String]] = []
        try table.rows { cells in rows.append(cells.map { FileText.held($0.text) }) }
        return (table.columns.map(\.key), rows)
    }
}
