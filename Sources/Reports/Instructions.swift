import Domain

/// What a reviewer does with a report, for the first sheet of a workbook.
public struct Instructions: Sendable {
    /// What to do, in a few sentences.
    public var sentences: [String]
    /// When, how many rows, and for whom.
    public var facts: [Fact]

    /// Creates instructions.
    public init(sentences: [String], facts: [Fact]) {
        self.sentences = sentences
        self.facts = facts
    }
}

extension Instructions {
    /// The instructions for a review, or for a part of one.
    init(_ context: ReviewContext, users: Int, invites: Int) {
        let sheets = [users > 0 ? "Active users" : nil, invites > 0 ? "Invites" : nil].compactMap(\.self)
        let place =
            sheets.isEmpty ? "" : " on \(sheets.count == 1 ? "the sheet" : "the sheets") \(sheets.listed("and"))"
        sentences = [
            "Choose a decision for every account\(place), in the column Decision.",
            "Enter your name below: it counts for every row in which the column Reviewer is empty.",
            "Save the workbook and send it to \(context.preparer)\(context.due.map { ", not later than \($0)" } ?? "").",
        ]
        let rows = [
            users > 0 ? "\(users.counted("active user"))" : nil, invites > 0 ? invites.counted("invitation") : nil,
        ].compactMap(\.self)
        facts = [
            Fact("due", "Due", Cell(context.due)),
            Fact("rows", "Rows to decide", .text(rows.isEmpty ? "0" : rows.listed("and"))),
            Fact("part", "Your part", Cell(context.part)),
            Fact("sendTo", "Send to", Cell(context.preparer)),
            Fact("proposedReviewer", "Proposed reviewer", Cell(context.reviewer)),
        ]
    }
}
