import Domain

extension RemediationReport {
    /// The columns, in their order.
    static let columns: [RowColumn<ResultRow>] = [
        RowColumn("kind", "Kind", 8, "user or invite.") { Cell($0.decision?.accountKind.rawValue) },
        RowColumn("email", "Email", 32, "The address in the review.") { .text($0.email) },
        RowColumn("name", "Name", 22, "The display name in the review.") { Cell($0.decision?.name) },
        RowColumn("accountType", "Account type", 17, "The account type in the review.") {
            Cell($0.decision?.accountType.rawValue)
        },
        RowColumn("status", "Invite status", 13, "The status of an invitation in the review.") {
            Cell($0.decision?.status)
        },
        RowColumn("decision", "Decision", 13, "The decision of the reviewer; an empty cell means Not reviewed.") {
            Cell($0.decision?.decision?.rawValue)
        },
        RowColumn("newAccountType", "New account type", 17, "The new type, if the decision is Change role.") {
            $0.decision?.decision == .changeRole ? Cell($0.accountType) : .empty
        },
        RowColumn("reviewer", "Reviewer", 18, "The person who decided.") { Cell($0.decision?.reviewer) },
        RowColumn("justification", "Justification", 28, "The reason for the decision.") {
            Cell($0.decision?.justification)
        },
        RowColumn("operation", "Operation", 12, "The change requested from the API; empty for none.") {
            Cell($0.kind?.rawValue)
        },
        RowColumn("outcome", "Outcome", 12, "succeeded, skipped, rejected, failed, unknown or notSent.") {
            .text($0.outcome.kind.rawValue)
        },
        RowColumn("reason", "Reason", 44, "The reason for the outcome, if needed.") {
            Cell($0.outcome.reason)
        },
        RowColumn(
            "verified", "Verified", 13,
            "Whether the snapshot named in the summary confirmed or contradicted the outcome."
        ) {
            Cell($0.verified?.rawValue)
        },
        RowColumn("attempts", "Attempts", 9, isPrinted: false, "The number of requests.") {
            .number($0.attempts)
        },
        RowColumn("startedAt", "Sent (UTC)", 22, "The time of the first request.") { Cell($0.startedAt) },
        RowColumn("finishedAt", "Finished (UTC)", 22, isPrinted: false, "The time of the last response.") {
            Cell($0.finishedAt)
        },
        RowColumn("uid", "Uid", 66, isPrinted: false, "The uid of the account in the review.") {
            Cell($0.reviewedUID)
        },
        RowColumn(
            "currentUid", "Current uid", 66, isPrinted: false,
            "The uid that was changed, if it was confirmed to be the same person under another uid."
        ) {
            $0.uid == $0.reviewedUID ? .empty : Cell($0.uid)
        },
        RowColumn("place", "Decided in", 30, isPrinted: false, "The file and sheet with the decision.") {
            Cell($0.decision?.place)
        },
        RowColumn("row", "Row", 7, isPrinted: false, "The row in that file.") { .number($0.line) },
        RowColumn("decidedAt", "Decided at", 24, "When it was decided; the time of the file, if it says so.") {
            Cell($0.decision?.decidedAt)
        },
        RowColumn("ticket", "Ticket", 16, "The ticket, as written in the file.") { Cell($0.decision?.ticket) },
        RowColumn("exceptionUntil", "Exception until", 14, "The last day of an exception.") {
            Cell($0.decision?.exceptionUntil)
        },
        RowColumn("rowKey", "Row key", 22, isPrinted: false, "Binds the row to the review.") {
            Cell($0.decision?.rowKey)
        },
    ]
}

extension ResultRow {
    /// The uid in the review. The row has another one if that was confirmed to be the same person.
    fileprivate var reviewedUID: String { decision?.uid.nonEmpty ?? uid }
}
