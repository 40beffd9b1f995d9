import CXlsxWriter
import Domain

/// Writes the sheet on which a review opens: what to do, until when, and the name of the person who decides.
struct StartSheet {
    /// The name of the sheet.
    static let name = "Start here"
    /// The label of the cell for the name; the name is in the cell to its right.
    static let nameLabel = "Your name"
    /// The name of that cell in formulas.
    static let nameCell = "YourName"

    let title: String
    let instructions: Instructions
    let formats: WorkbookFormats

    /// Writes the sheet.
    func write(to book: Workbook) throws {
        let sheet = try book.addSheet(Self.name)
        sheet.setWidths([24, 70])
        sheet.setUpPrint(title: title, landscape: true, repeatsFirstRow: false)
        sheet.protect()
        worksheet_set_row(sheet.pointer, 0, 24, nil)
        sheet.write(title, row: 0, column: 0, formats.title)
        var row = 2
        for (place, sentence) in instructions.sentences.enumerated() {
            let text = "\(place + 1). \(sentence)"
            sheet.setHeight(row: row, lines: max(2, (text.count + 89) / 90))
            worksheet_merge_range(
                sheet.pointer, UInt32(row), 0, UInt32(row), 1, XLSXText.cell(text), formats.value.pointer)
            row += 1
        }
        row += 1
        worksheet_set_row(sheet.pointer, UInt32(row), 26, nil)
        sheet.write(Self.nameLabel, row: row, column: 0, formats.entryHeader)
        sheet.write(.empty, row: row, column: 1, formats.answer, time: formats.answer)
        book.name(Self.nameCell, row: row, column: 1, on: sheet)
        worksheet_set_selection(sheet.pointer, UInt32(row), 1, UInt32(row), 1)
        row += 2
        for fact in instructions.facts where !fact.value.isBlank {
            sheet.setHeight(row: row, for: [(fact.value.text, 70)])
            sheet.write(fact.title, row: row, column: 0, formats.label)
            sheet.write(fact.value, row: row, column: 1, formats.value, time: formats.valueTime)
            row += 1
        }
    }
}
