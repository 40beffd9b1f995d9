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
                counts: ["kept", "applied", "superseded", "open"].map { ($0, record.standingCounts[$0] ?? 0) }),
            Tally(
                key: "findings", title: "Findings",
                counts: ReviewFinding.Code.allCases.map { ($0.title, record.findingCounts[$0.rawValue] ?? 0) }),
        ]
        let open = state.open
        let exceptions = state.accounts.filter { $0.decided?.decision == .exception }
        report.tables = [
            accounts("open", "Open", "Accounts that were open when the review was closed.", .annex, open),
            accounts("exceptions", "Exceptions", "Access that breaks the rules and stays.", .annex, exceptions),
            Table(
                id: "findings", title: "Findings", note: "What an auditor would question.", role: .annex,
                columns: findingColumns, rows: findings),
            changes(state.changes),
            Table(
                id: "runs", title: "Runs", note: "The runs that applied decisions.", role: .annex, columns: runColumns,
                rows: state.handIns.map(\.record)),
            Table(
                id: "signatures", title: "Signatures",
                note: "Lines of the sign-off with a date or a signature, as in the completed files.", role: .annex,
                columns: signatureColumns, rows: signatures(state)),
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
        Table(
            id: id, title: title, note: note, role: role, columns: accountColumns, layout: accountLayout,
            rows: accounts)
    }

    /// What has changed in the workspace since the review.
    static func changes(_ changes: [PopulationChange]) -> Table {
        Table(
            id: "changes", title: "Changes since the review",
            note:
                "Differences between the review and the listing at the end, except those that the review itself made.",
            role: .annex, columns: changeColumns, rows: changes)
    }
}

extension ReviewState.Standing {
    /// The name in files: `kept`, `applied`, `superseded` or `open`.
    var name: String {
        switch self {
        case .kept: "kept"
        case .applied: "applied"
        case .superseded: "superseded"
        case .undecided, .failed, .manual: "open"
        }
    }
}

extension ReviewState {
    /// The state of a closed review, as it was when it was closed.
    ///
    /// - Throws: ``CommandFailure`` if a file is missing or was changed after it was written.
    public init(closed folder: ReviewedFolder) throws {
        typealias Names = ClosingRecord.Names
        let path = folder.path
        let bytes = try SealedFile.read(Names.answer, of: Names.manifest, in: path)
        guard let record = try ClosingRecord.read(in: path), let roster = ReviewedFolder.roster(of: bytes) else {
            throw SealedFile.failure(Names.answer, in: path)
        }
        try self.init(
            of: folder, later: Later(roster: roster, takenAt: record.after.takenAt))
    }

    /// The rows of the table of accounts in the closing statement, in the form that a CSV file holds.
    public func closingRows() throws -> (keys: [String], rows: [[String]]) {
        let table = ClosingStatement.table(of: self)
        var rows: [[String]] = []
        try table.rows { cells in rows.append(cells.map { FileText.held($0.text) }) }
        return (table.columns.map(\.key), rows)
    }
}
