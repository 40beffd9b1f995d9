import Domain
import Foundation

extension AccountColumns {
    /// The columns that were added later.
    static func added(_ context: ReviewContext, _ basis: Basis) -> [AccountColumn] {
        [
            AccountColumn(
                "decidedAt", "Decided at", width: 12, entry: .date(from: basis.time), isPrinted: false,
                help: "The day of the decision. If the cell is empty, rollcall apply uses the time of the file."),
            AccountColumn(
                "ticket", "Ticket", width: 14, entry: .text, isPrinted: false,
                help: "The ticket or the approval that belongs to the decision."),
            AccountColumn(
                "exceptionUntil", "Exception until", width: 12, entry: .date(from: basis.time),
                help: "The last day of the exception, such as 2027-03-31."),
            AccountColumn(
                "previousDecision", "Previous decision", width: 30,
                help: "The decision in the previous review, with its author and its day."
            ) { Cell($0.previousDecision?.words) },
            proposedReviewer(context),
        ]
    }

    private static func proposedReviewer(_ context: ReviewContext) -> AccountColumn {
        let help = "The person who was named to decide; only in CSV and JSON."
        let column = Column("proposedReviewer", "Proposed reviewer", width: 18, isTechnical: true, help: help)
        guard let split = context.split, split.namesReviewers else {
            return AccountColumn(column, always: Cell(context.reviewer))
        }
        return AccountColumn(column.key, column.title, width: column.width, isTechnical: true, help: help) { account in
            let part = split.part(of: account)
            return Cell(part == ReviewSplit.unassigned ? context.reviewer : part)
        }
    }

    /// The order on the sheets: the decision beside the name, then what is needed to decide. The widths of the printed
    /// columns fit a page in landscape at 9 points.
    static let layout = SheetLayout(
        first: [
            .init("email", width: 26), .init("name", width: 16), .init("decision", width: 12),
            .init("accountType", width: 15), .init("status", width: 11), .init("flags", width: 18),
            .init("recommendation", width: 24), .init("owner", width: 18), .init("manager", width: 22),
            .init("department", width: 16), .init("employment", width: 14), .init("endDate", width: 11),
            .init("lastActivity", width: 19), .init("events", width: 9),
            .init("previousDecision", width: 18), .init("newAccountType", width: 14), .init("justification", width: 20),
            .init("reviewer", width: 13), .init("exceptionUntil", width: 11), .init("ticket", width: 12),
            .init("decidedAt", width: 12), .init("change", width: 10), .init("previousAccountType", width: 15),
            .init("firstSeen", width: 19),
        ], frozenThrough: "decision", omitted: ["proposedReviewer"])
}

extension PreviousDecision {
    /// `Approve by Ada Admin on 2026-07-01`
    var words: String {
        let author = reviewer.isEmpty ? "" : " by \(reviewer)"
        let day = decidedAt.map { " on \(Timestamp.day($0))" } ?? ""
        let end = exceptionUntil.map { ", until \(Timestamp.day($0))" } ?? ""
        return decision.rawValue + author + day + end
    }
}
