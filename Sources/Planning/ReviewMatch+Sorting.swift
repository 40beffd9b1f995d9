import Domain

/// A row with changed facts.
struct EditedRow {
    var row: DecidedRow
    var account: ReviewedAccount
    var edits: [ReviewEdit]
}

extension ReviewMatch {
    /// With fewer misplaced values, each row is reported by itself.
    private static let fewestSorted = 3

    /// Reports the edited rows of one sheet. If values stand in the rows of other accounts, columns were sorted without
    /// the others, and that is one problem.
    mutating func refuse(_ edited: [EditedRow]) {
        let moved = movedFields(edited)
        let (sorted, others) = edited.reduce(into: ([EditedRow](), [EditedRow]())) { rows, row in
            let isMoved = row.edits.contains { moved.contains($0.field) }
            if isMoved, row.edits.allSatisfy(isFactOfAnother) { rows.0.append(row) } else { rows.1.append(row) }
        }
        if let first = sorted.first, sorted.count >= Self.fewestSorted {
            let columns = Self.sortedColumns(sorted)
            let titles = columns.map(\.title).listed("and")
            let shown = sorted.prefix(3).map { "\($0.row.row) (\(Terminal.plain($0.account.email, limit: 80)))" }
            problems.append(
                ReviewProblem(
                    place: first.row.place, row: nil, kind: .edited,
                    message:
                        "the column\(columns.count == 1 ? "" : "s") \(titles) \(columns.count == 1 ? "was" : "were") "
                        + "sorted without the others: \(sorted.count.counted("row has", "rows have")) the row key of "
                        + "another account: \(shown.joined(separator: ", "))\(sorted.count > 3 ? ", …" : ""); undo "
                        + "the sorting, or copy the decisions into the exported file"))
        }
        for row in sorted.count >= Self.fewestSorted ? others : edited {
            problems.append(
                ReviewProblem(
                    row.row, row.edits.count == 1 ? row.edits[0].field : nil, kind: .edited,
                    "\(Self.quoted(row.account.email)) was edited: "
                        + row.edits.map(\.sentence).joined(separator: "; ")))
        }
    }

    /// The columns whose values stand in the rows of other accounts.
    private func movedFields(_ edited: [EditedRow]) -> Set<DecidedRow.Field> {
        let edits = Dictionary(grouping: edited.flatMap(\.edits), by: \.field)
        // An address, a uid or a name belongs to one account; other facts are shared, so that all of them must still be
        // there.
        let unique = [DecidedRow.Field.email, .uid, .name].filter { field in
            (edits[field] ?? []).count(where: isFactOfAnother) >= Self.fewestSorted
        }
        if !unique.isEmpty { return Set(unique) }
        let shared = edits.filter { field, edits in
            field != .part && edits.count >= Self.fewestSorted
                && edits.map(\.found).sorted() == edits.map { Self.held($0.reviewed) }.sorted()
        }
        return Set(shared.keys)
    }

    private func isFactOfAnother(_ edit: ReviewEdit) -> Bool {
        switch edit.field {
        case .email: index.contains(edit.found)
        case .uid: edit.found.isEmpty || index.contains(uid: edit.found)
        case .name: index.contains(name: edit.found)
        case .part: false
        default: true
        }
    }

    /// The columns that were sorted: those with misplaced values, or *Row key* if all facts about the accounts stand
    /// together in other rows.
    private static func sortedColumns(_ rows: [EditedRow]) -> [DecidedRow.Field] {
        let moved = Set(rows.flatMap(\.edits).map(\.field))
        let facts: [DecidedRow.Field] = [.email, .uid, .name, .accountType, .status]
        let still = facts.filter { field in
            !moved.contains(field)
                && Set(rows.map { held(ReviewEdit.fact(field, of: $0.account)) }).count > 1
                && rows.contains { !$0.row[field].isEmpty }
        }
        return still.isEmpty && moved.contains(.email) ? [.rowKey] : facts.filter(moved.contains)
    }

    private static func held(_ text: String) -> String { EmailAddress.trimmed(FileText.held(text)) }
}
