import Domain

/// The last sheets: the proof that nothing is missing, and what every column means.
struct GuideSheets {
    let report: Report
    let formats: WorkbookFormats

    /// *Population proof*: the facts of one group.
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

    /// *Guide*: every sheet and every column in a sentence.
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

    /// Every column once, with the sheets that have it.
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
        (Decision.approve.rawValue, "The access is right and stays."),
        (Decision.revoke.rawValue, "The access has to go; rollcall apply disables the user."),
        (Decision.changeRole.rawValue, "The person stays with another account type; say which in New account type."),
        (Decision.reinvite.rawValue, "The invite has expired and goes out again."),
        (
            Decision.remove.rawValue,
            "The invite has to go. The API cannot take an invite back: rollcall apply lists it as a step by hand."
        ),
        (Decision.exception.rawValue, "The access is not what the rules say and stays; say why in Justification."),
        (Decision.dontKnow.rawValue, "Somebody else has to decide. The review cannot be closed like this."),
        ("(empty)", "Not reviewed. The review cannot be closed like this."),
    ]

    private static let fillingNotes = [
        (
            "What can be changed",
            "Only the yellow cells. The sheets are locked without a password: it keeps from accidents, not from intent; "
                + "what was changed shows when the workbook is compared with the evidence folder."
        ),
        ("Sorting", "Excel does not sort locked cells. The rows come sorted, the privileged first; use the filters."),
    ]

    private static let notes = [
        (
            "Text that looks like a formula",
            "A name such as =1+1 is stored as text and is not calculated when the workbook is opened. Excel and "
                + "LibreOffice turn it into a formula if somebody edits that cell and confirms; the sheet's lock keeps "
                + "from that. Copy such a cell to another workbook as a value, not by typing."
        ),
        ("Long text", "A cell holds 32,767 characters; longer text is cut and says so. The JSON report has all of it."),
    ]
}
