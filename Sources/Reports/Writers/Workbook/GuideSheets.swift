import Domain

/// Writes the last sheets: the completeness check, and the guide to all columns.
struct GuideSheets {
    let report: Report
    let formats: WorkbookFormats

    /// *Completeness check*: the facts of one group.
    func writeProof(_ group: FactGroup, to book: Workbook) throws {
        let sheet = try book.addSheet(group.title)
        sheet.setWidths([34, 90])
        sheet.setUpPrint(title: report.title, landscape: true, repeatsFirstRow: true)
        sheet.protect()
        sheet.write("Fact", row: 0, column: 0, formats.header)
        sheet.write("Value", row: 0, column: 1, formats.header)
        sheet.freeze(below: 1)
        for (place, fact) in group.facts.enumerated() {
            sheet.setHeight(row: place + 1, for: [(fact.value.text, 90)])
            sheet.write(fact.title, row: place + 1, column: 0, formats.label)
            var format = formats.value
            if case .number = fact.value { format = formats.number }
            sheet.write(fact.value, row: place + 1, column: 1, format, time: formats.valueTime)
        }
    }

    /// *Guide*: one sentence about every sheet and every column.
    func writeGuide(to book: Workbook) throws {
        let sheet = try book.addSheet("Guide")
        sheet.setWidths([36, 24, 100])
        sheet.setUpPrint(title: report.title, landscape: true, repeatsFirstRow: true)
        sheet.protect()
        for (place, name) in ["Sheets", "Column", "Meaning"].enumerated() {
            sheet.write(name, row: 0, column: place, formats.header)
        }
        sheet.freeze(below: 1)
        var row = 1
        let line = { (cells: [String]) in
            sheet.setHeight(row: row, for: [(cells[0], 44), (cells[2], 100)])
            for (place, text) in cells.enumerated() {
                sheet.write(text, row: row, column: place, formats.value)
            }
            row += 1
        }
        for table in report.tables where !table.note.isEmpty { line([table.title, "", table.note]) }
        for (column, tables) in columns { line([tables.joined(separator: ", "), column.title, column.help]) }
        let isFilledIn = report.tables.contains { $0.columns.contains(where: \.isDecision) }
        if isFilledIn {
            for (decision, meaning) in Self.decisions { line(["Decisions", decision, meaning]) }
        }
        let notes = (isFilledIn ? Self.fillingNotes : []) + Self.notes
        for (subject, text) in notes { line(["About this workbook", subject, text]) }
    }

    /// All columns, each with the sheets that have it.
    private var columns: [(column: Column, tables: [String])] {
        var columns: [(column: Column, tables: [String])] = []
        for table in report.tables {
            for column in table.columns {
                let same = columns.firstIndex { $0.column.title == column.title && $0.column.help == column.help }
                if let same {
                    columns[same].tables.append(table.title)
                } else {
                    columns.append((column, [table.title]))
                }
            }
        }
        return columns
    }

    private static let decisions = [
        (Decision.approve.rawValue, "The access is right. Nothing changes."),
        (Decision.revoke.rawValue, "Remove the access. rollcall apply disables the user; the API cannot undo this."),
        (Decision.changeRole.rawValue, "Change the account type. Enter the new type in New account type."),
        (Decision.reinvite.rawValue, "Re-send the expired invitation."),
        (
            Decision.remove.rawValue,
            "Cancel the invitation. The API cannot do this, so rollcall apply lists it as a manual step."
        ),
        (
            Decision.exception.rawValue,
            "Keep the access although it does not comply with the rules. Enter the reason in Justification."
        ),
        (Decision.dontKnow.rawValue, "Another reviewer must decide. Until then, the review is not complete."),
        ("(empty)", "Not reviewed. The review is not complete."),
    ]

    private static let fillingNotes = [
        (
            "Editable cells",
            "Complete the yellow columns, whose headers have a thick line. rollcall apply compares the account in each "
                + "row with the evidence folder, and refuses edited, added and removed rows."
        ),
        (
            "Sorting",
            "Sort and filter as you like: the row key binds each row to its account. Sort whole rows, never one column."
        ),
        (
            "Printing",
            "As many columns are printed as fit a page in landscape, A4 or Letter, at 9 points. Columns without any "
                + "value are hidden."
        ),
    ]

    private static let notes = [
        (
            "Text that looks like a formula",
            "A name such as =1+1 is stored as text and is not calculated when the workbook is opened. Its cell "
                + "has the format Text, so that it stays text if a user edits it and confirms. Copy such a cell to "
                + "another workbook as a value, not by typing."
        ),
        (
            "Long text",
            "A cell can hold 32,767 characters. Longer text is cut, with a mark; the JSON report has the full text."
        ),
    ]
}
