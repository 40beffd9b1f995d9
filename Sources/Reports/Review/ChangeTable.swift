import Domain

/// What is gone, new or different since the last review.
enum ChangeTable {
    static func make(_ source: some ReviewSource, count: Int) -> Table {
        let note =
            source.previous.map { "Since review \($0.id) of \(Timestamp.text($0.takenAt, toSeconds: true))." }
            ?? "This is the first review of this workspace that this ledger knows; there is nothing to compare with."
        return Table(id: "changes", title: "Changes", note: note, role: .annex, columns: columns, count: count) {
            body in try source.changes { try body(cells(of: $0)) }
        }
    }

    private static let columns = [
        Column("change", "Change", width: 11, help: "gone, new or changed."),
        Column("kind", "Kind", width: 8, help: "user or invite."),
        Column("email", "Email", width: 36, help: "As the API spells it now, or spelled it last."),
        Column("name", "Name", width: 26, help: "The display name in the workspace."),
        Column("accountTypeBefore", "Type before", width: 18, help: "The account type in the last review."),
        Column("accountTypeAfter", "Type now", width: 18, help: "The account type now."),
        Column("statusBefore", "Status before", width: 14, help: "The invite's status in the last review."),
        Column("statusAfter", "Status now", width: 14, help: "The invite's status now."),
        Column("uid", "Uid", width: 66, isPrinted: false, help: "The account's identifier in the API."),
    ]

    private static func cells(of change: RosterChange) -> [Cell] {
        [
            .text(change.change.rawValue), .text(change.kind.rawValue), .text(change.email), Cell(change.name),
            Cell(change.typeBefore?.rawValue), Cell(change.typeAfter?.rawValue), Cell(change.statusBefore?.rawValue),
            Cell(change.statusAfter?.rawValue), Cell(change.uid),
        ]
    }
}
