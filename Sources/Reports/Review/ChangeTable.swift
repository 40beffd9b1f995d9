import Domain

/// The accounts that are gone, new or changed since the last review.
enum ChangeTable {
    static func make(_ source: some ReviewSource, count: Int) -> Table {
        let note =
            source.previous.map { "Since review \($0.id) of \(Timestamp.text($0.takenAt, toSeconds: true))." }
            ?? "This is the first review of this workspace in this ledger, so there is nothing to compare with."
        return Table(id: "changes", title: "Changes", note: note, role: .annex, columns: columns, count: count) {
            body in try source.changes { try body(cells(of: $0)) }
        }
    }

    private static let columns = [
        Column("change", "Change", width: 11, help: "gone, new or changed."),
        Column("kind", "Kind", width: 8, help: "user or invite."),
        Column("email", "Email", width: 36, help: "As in the API now, or in the last snapshot with the account."),
        Column("name", "Name", width: 26, help: "The display name in the workspace."),
        Column("accountTypeBefore", "Previous type", width: 18, help: "The account type in the previous review."),
        Column("accountTypeAfter", "Current type", width: 18, help: "The account type now."),
        Column("statusBefore", "Previous status", width: 14, help: "The invitation status in the previous review."),
        Column("statusAfter", "Current status", width: 14, help: "The invitation status now."),
        Column("uid", "Uid", width: 66, isPrinted: false, help: "The uid of the account in the API."),
    ]

    private static func cells(of change: RosterChange) -> [Cell] {
        [
            .text(change.change.rawValue), .text(change.kind.rawValue), .text(change.email), Cell(change.name),
            Cell(change.typeBefore?.rawValue), Cell(change.typeAfter?.rawValue), Cell(change.statusBefore?.rawValue),
            Cell(change.statusAfter?.rawValue), Cell(change.uid),
        ]
    }
}
