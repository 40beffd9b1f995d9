import Domain

/// A row of a remediation: a result, and the reviewed account that it is about.
@dynamicMemberLookup struct RemediationRow {
    var result: ResultRow
    /// The uid in the review. The result has another one if that was confirmed to be the same person.
    var reviewedUID: String

    subscript<Value>(dynamicMember path: KeyPath<ResultRow, Value>) -> Value { result[keyPath: path] }
}

/// A column of a remediation, with the function that returns its cell.
struct RemediationColumn: Sendable {
    var column: Column
    var cell: @Sendable (RemediationRow) -> Cell

    init(
        _ key: String, _ title: String, _ width: Int, isPrinted: Bool = true, _ help: String,
        cell: @escaping @Sendable (RemediationRow) -> Cell
    ) {
        column = Column(key, title, width: width, isPrinted: isPrinted, help: help)
        self.cell = cell
    }

    /// All columns, in their order.
    static let all: [RemediationColumn] = [
        RemediationColumn("kind", "Kind", 8, "user or invite.") { Cell($0.decision?.accountKind.rawValue) },
        RemediationColumn("email", "Email", 32, "The address in the review.") { .text($0.email) },
        RemediationColumn("name", "Name", 22, "The display name in the review.") { Cell($0.decision?.name) },
        RemediationColumn("accountType", "Account type", 17, "The account type in the review.") {
            Cell($0.decision?.accountType.rawValue)
        },
        RemediationColumn("status", "Invite status", 13, "The status of an invitation in the review.") {
            Cell($0.decision?.status)
        },
        RemediationColumn("decision", "Decision", 13, "The decision of the reviewer; an empty cell means Not reviewed.")
        {
            Cell($0.decision?.decision?.rawValue)
        },
        RemediationColumn("newAccountType", "New account type", 17, "The new type, if the decision is Change role.") {
            $0.decision?.decision == .changeRole ? Cell($0.accountType) : .empty
        },
        RemediationColumn("reviewer", "Reviewer", 18, "The person who decided.") { Cell($0.decision?.reviewer) },
        RemediationColumn("justification", "Justification", 28, "The reason for the decision.") {
            Cell($0.decision?.justification)
        },
        RemediationColumn("operation", "Operation", 12, "The change requested from the API; empty for none.") {
            Cell($0.kind?.rawValue)
        },
        RemediationColumn("outcome", "Outcome", 12, "succeeded, skipped, rejected, failed, unknown or notSent.") {
            .text($0.outcome.kind.rawValue)
        },
        RemediationColumn("reason", "Reason", 44, "The reason for the outcome, if needed.") {
            Cell($0.outcome.reason)
        },
        RemediationColumn(
            "verified", "Verified", 13,
            "Whether the snapshot named in the summary confirmed or contradicted the outcome."
        ) {
            Cell($0.verified?.rawValue)
        },
        RemediationColumn("attempts", "Attempts", 9, isPrinted: false, "The number of requests.") {
            .number($0.attempts)
        },
        RemediationColumn("startedAt", "Sent (UTC)", 22, "The time of the first request.") { Cell($0.startedAt) },
        RemediationColumn("finishedAt", "Finished (UTC)", 22, isPrinted: false, "The time of the last response.") {
            Cell($0.finishedAt)
        },
        RemediationColumn("uid", "Uid", 66, isPrinted: false, "The uid of the account in the review.") {
            Cell($0.reviewedUID)
        },
        RemediationColumn(
            "currentUid", "Current uid", 66, isPrinted: false,
            "The uid that was changed, if it was confirmed to be the same person under another uid."
        ) {
            $0.uid == $0.reviewedUID ? .empty : Cell($0.uid)
        },
        RemediationColumn("place", "Decided in", 30, isPrinted: false, "The file and sheet with the decision.") {
            Cell($0.decision?.place)
        },
        RemediationColumn("row", "Row", 7, isPrinted: false, "The row in that file.") { .number($0.line) },
        RemediationColumn("decidedAt", "Decided at", 24, "When it was decided; the time of the file, if it says so.") {
            Cell($0.decision?.decidedAt)
        },
        RemediationColumn("ticket", "Ticket", 16, "The ticket, as written in the file.") { Cell($0.decision?.ticket) },
        RemediationColumn("exceptionUntil", "Exception until", 14, "The last day of an exception.") {
            Cell($0.decision?.exceptionUntil)
        },
        RemediationColumn("rowKey", "Row key", 22, isPrinted: false, "Binds the row to the review.") {
            Cell($0.decision?.rowKey)
        },
    ]
}
