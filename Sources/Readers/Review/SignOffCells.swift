import Domain

/// Finds the name of the reviewer and the sign-off in the sheets that are not tables of accounts.
struct SignOffCells {
    /// The content of the cell beside *Your name*; nil if there is none.
    private(set) var yourName: String?
    private(set) var signOff = CompletedSignOff()

    /// The entry that a label belongs to.
    private static func slot(_ label: String) -> WritableKeyPath<CompletedSignOff, CompletedSignOff.Entry?>? {
        switch label {
        case "preparedby": \.prepared
        case "reviewedby": \.reviewed
        case "approvedby": \.approved
        default: nil
        }
    }

    /// Reads the next row. The first cells with a content count.
    mutating func take(_ row: WorkbookRow, countsFrom1904: Bool) {
        for (column, text) in row.cells {
            let label = ListText.letters(ListText.bare(text))
            if label == "yourname", yourName == nil {
                yourName = row.firstFilled(from: column + 1).flatMap { Self.text(row, $0) }
            }
            guard let slot = Self.slot(label) else { continue }
            let cell = { (offset: Int) in Self.text(row, column + offset) ?? "" }
            let entry = CompletedSignOff.Entry(
                name: cell(1), date: CellDay.text(cell(2), countsFrom1904: countsFrom1904), signature: cell(3))
            let isEmpty = entry.name.isEmpty && !entry.isSigned
            if !isEmpty, signOff[keyPath: slot].map({ !$0.isSigned && entry.isSigned }) ?? true {
                signOff[keyPath: slot] = entry
            }
        }
    }

    /// The text of a cell; nil if it is empty, or a formula without a result.
    private static func text(_ row: WorkbookRow, _ column: Int) -> String? {
        let text = EmailAddress.trimmed(FileText.held(row[column]))
        let isUnknown = row.formulas.contains { $0.column == column && !$0.formula.hasResult }
        return text.isEmpty || isUnknown ? nil : text
    }
}
