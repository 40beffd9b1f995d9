import Domain

/// A column of a remediation and how its cell is found.
struct RemediationColumn: Sendable {
    var column: Column
    var cell: @Sendable (ResultRow) -> Cell

    init(
        _ key: String, _ title: String, _ width: Int, isPrinted: Bool = true, _ help: String,
        cell: @escaping @Sendable (ResultRow) -> Cell
    ) {
        column = Column(key, title, width: width, isPrinted: isPrinted, help: help)
        self.cell = cell
    }

    /// Every column, in its order.
    static let all: [RemediationColumn] = [
        RemediationColumn("kind", "Kind", 8, "user or invite.") { Cell($0.decision?.accountKind.rawValue) },
        RemediationColumn("email", "Email", 32, "As the API spelled it in the review.") { .text($0.email) },
        RemediationColumn("name", "Name", 22, "The display name in the review.") { Cell($0.decision?.name) },
        RemediationColumn("accountType", "Account type", 17, "What the account had in the review.") {
            Cell($0.decision?.accountType.rawValue)
        },
        RemediationColumn("status", "Invite status", 13, "Of an invite, in the review.") { Cell($0.decision?.status) },
        RemediationColumn("decision", "Decision", 13, "As it was filled in; empty is Not reviewed.") {
            Cell($0.decision?.decision?.rawValue)
        },
        RemediationColumn("newAccountType", "New account type", 17, "Where the decision was Change role.") {
            $0.decision?.decision == .changeRole ? Cell($0.accountType) : .empty
        },
        RemediationColumn("reviewer", "Reviewer", 18, "Who decided.") { Cell($0.decision?.reviewer) },
        RemediationColumn("justification", "Justification", 28, "Why.") { Cell($0.decision?.justification) },
        RemediationColumn("operation", "Operation", 12, "What was asked of the API; empty where nothing was.") {
            Cell($0.kind?.rawValue)
        },
        RemediationColumn("outcome", "Outcome", 12, "succeeded, skipped, rejected, failed, unknown or notSent.") {
            .text($0.outcome.kind.rawValue)
        },
        RemediationColumn("reason", "Reason", 44, "Why, where the outcome does not say it all.") {
            Cell($0.outcome.reason)
        },
        RemediationColumn(
            "verified", "Verified", 13, "confirmed or contradicted by the snapshot that the summary names."
        ) {
            Cell($0.verified?.rawValue)
        },
        RemediationColumn("attempts", "Attempts", 9, isPrinted: false, "The number of requests.") {
            .number($0.attempts)
        },
        RemediationColumn("startedAt", "Sent (UTC)", 22, "The time of the first request.") { Cell($0.startedAt) },
        RemediationColumn("finishedAt", "Answered (UTC)", 22, isPrinted: false, "The time of the last response.") {
            Cell($0.finishedAt)
        },
        RemediationColumn("uid", "Uid", 66, isPrinted: false, "The account's identifier in the API.") { Cell($0.uid) },
        RemediationColumn("place", "Decided in", 30, isPrinted: false, "The file and the sheet.") {
            Cell($0.decision?.place)
        },
        RemediationColumn("row", "Row", 7, isPrinted: false, "Its row there.") { .number($0.line) },
    ]
}
