import Domain
import Planning
import Reports

extension ClosingStatement {
    static let accountColumns: [RowColumn<ReviewState.Account>] = [
        RowColumn("kind", "Kind", 8, "user or invite.") { .text($0.account.kind.rawValue) },
        RowColumn("email", "Email", 32, "The address in the review.") { .text($0.account.email) },
        RowColumn("name", "Name", 22, "The display name in the review.") { Cell($0.account.name) },
        RowColumn("accountType", "Account type", 17, "The account type in the review.") {
            .text($0.account.accountType.rawValue)
        },
        RowColumn("status", "Invite status", 13, "The status of an invitation in the review.") {
            Cell($0.account.status?.rawValue)
        },
        RowColumn("part", "Part", 18, isPrinted: false, "The part of a split review.") { Cell($0.part) },
        RowColumn("decision", "Decision", 13, "The final decision; an empty cell means Not reviewed.") {
            Cell($0.decided?.decision.rawValue)
        },
        RowColumn("newAccountType", "New account type", 17, "The new type, if the decision is Change role.") {
            Cell($0.decided?.newAccountType)
        },
        RowColumn("reviewer", "Reviewer", 18, "The person who decided.") { account in
            Cell(account.decided.map { $0.reviewer.isEmpty ? "not stated" : $0.reviewer })
        },
        RowColumn("assignee", "Assigned to", 18, isPrinted: false, "The person who was to decide.") {
            Cell($0.assignee)
        },
        RowColumn("justification", "Justification", 28, "The reason for the decision.") {
            Cell($0.decided?.justification)
        },
        RowColumn("standing", "Result", 10, "kept, applied, superseded by a supplement, or open.") {
            .text($0.standing.name)
        },
        RowColumn("reason", "Reason", 40, "Why the account is open.") { Cell($0.openReason) },
        RowColumn("decidedAt", "Decided at", 24, "When it was decided; the time of the file, if it says so.") {
            Cell($0.decided?.decidedAt)
        },
        RowColumn("ticket", "Ticket", 16, "The ticket, as written in the file.") { Cell($0.decided?.ticket) },
        RowColumn("exceptionUntil", "Exception until", 14, "The last day of an exception.") {
            Cell($0.decided?.exceptionUntil)
        },
        RowColumn("appliedAt", "Applied (UTC)", 22, "When the run started that applied the decision.") {
            Cell($0.decided?.appliedAt)
        },
        RowColumn("run", "Run", 7, isPrinted: false, "The number of that run.") { Cell($0.decided?.run) },
        RowColumn(
            "verified", "Verified", 12, "Whether a listing after the run confirmed or contradicted the result."
        ) { Cell($0.decided?.verified?.rawValue) },
        RowColumn("replaced", "Replaced decision", 30, isPrinted: false, "An earlier, different decision.") {
            Cell($0.decided?.replaced)
        },
        RowColumn("uid", "Uid", 66, isPrinted: false, "The uid of the account in the API.") { Cell($0.account.uid) },
        RowColumn("rowKey", "Row key", 22, isTechnical: true, "Binds the row to the review.") { .text($0.key) },
    ]

    /// The order on sheets and pages: what was decided and what became of it beside the name.
    static let accountLayout = SheetLayout(
        first: [
            .init("email", width: 28), .init("name", width: 18), .init("decision", width: 12),
            .init("standing", width: 11), .init("accountType", width: 15), .init("newAccountType", width: 14),
            .init("reviewer", width: 16), .init("justification", width: 24), .init("reason", width: 30),
            .init("exceptionUntil", width: 12), .init("decidedAt", width: 18), .init("appliedAt", width: 18),
            .init("verified", width: 11), .init("ticket", width: 14), .init("kind", width: 8),
            .init("status", width: 11),
        ], frozenThrough: "decision")

    static let findingColumns: [RowColumn<ReviewFinding>] = [
        RowColumn("kind", "Kind", 28, "The kind of finding.") { .text($0.code.title) },
        RowColumn("email", "Email", 32, "The account; empty if it is about the whole review.") { Cell($0.email) },
        RowColumn("finding", "Finding", 60, "What was found.") { .text($0.sentence) },
        RowColumn("code", "Code", 22, isPrinted: false, "The kind of finding, for programs.") {
            .text($0.code.rawValue)
        },
    ]

    static let changeColumns: [RowColumn<PopulationChange>] = [
        RowColumn("change", "Change", 14, "What has changed.") { .text($0.kind.rawValue) },
        RowColumn("email", "Email", 32, "The address.") { .text($0.email) },
        RowColumn("typeBefore", "Type in the review", 18, "Empty if the account was not reviewed.") {
            Cell($0.typeBefore?.rawValue)
        },
        RowColumn("typeAfter", "Type at the end", 18, "Empty if the account no longer exists.") {
            Cell($0.typeAfter?.rawValue)
        },
        RowColumn(
            "unreviewedPrivilege", "Unreviewed privilege", 12,
            "Whether it gives a privilege that nobody has reviewed."
        ) { .flag($0.isUnreviewedPrivilege) },
        RowColumn("uid", "Uid", 66, isPrinted: false, "The uid of the account in the API.") { Cell($0.uid) },
    ]

    /// A line of the sign-off in a completed file.
    struct Signature {
        var run: Int64
        var file: String
        var role: String
        var entry: CompletedSignOff.Entry
    }

    /// The signed lines, in the order of the runs.
    static func signatures(_ state: ReviewState) -> [Signature] {
        state.handIns.map(\.record).flatMap { record in
            record.decisions.flatMap { file in
                (file.signOff?.signed ?? []).map { role, entry in
                    Signature(run: record.run, file: file.name, role: role, entry: entry)
                }
            }
        }
    }

    static let signatureColumns: [RowColumn<Signature>] = [
        RowColumn("role", "For", 12, "prepared, reviewed or approved.") { .text($0.role) },
        RowColumn("name", "Name", 22, "The name, as written.") { Cell($0.entry.name) },
        RowColumn("date", "Date", 14, "The date, as written.") { Cell($0.entry.date) },
        RowColumn("signature", "Signature", 30, "The signature, as written.") { Cell($0.entry.signature) },
        RowColumn("file", "File", 36, "The completed file.") { .text($0.file) },
        RowColumn("run", "Run", 7, "The run that applied the file.") { .number(Int($0.run)) },
    ]

    static let runColumns: [RowColumn<RemediationRecord>] = [
        RowColumn("run", "Run", 7, "The number of the run in the ledger.") { .number(Int($0.run)) },
        RowColumn("startedAt", "Started (UTC)", 24, "When it started.") { .text($0.startedAt) },
        RowColumn("state", "State", 12, "finished, or where it stopped.") { .text($0.state) },
        RowColumn("files", "Completed files", 50, "The files with the decisions.") {
            .text($0.decisions.map(\.source).joined(separator: ", "))
        },
    ]
}
