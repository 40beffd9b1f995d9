/// One row of a filled-in review, as text.
public struct DecidedRow: Hashable, Sendable {
    /// A column of a filled-in review.
    public enum Field: String, Sendable, CaseIterable {
        case kind, email, uid, name, accountType, status, decision, newAccountType, reviewer, justification, part,
            review
        case rowKey
    }

    /// The file, as it was given.
    public var file: String
    /// The file and, in a workbook, the sheet: `review.xlsx, Active users`.
    public var place: String
    /// The line of the file or the row of the sheet, from 1.
    public var row: Int
    /// The cells by column, as ``FileText`` has them and without white space around them; a column that the file does not
    /// have is missing.
    public var cells: [Field: String]

    /// Takes a row.
    public init(file: String, place: String, row: Int, cells: [Field: String]) {
        self.file = file
        self.place = place
        self.row = row
        self.cells = cells
    }

    /// The text of a cell; empty where there is none.
    public subscript(field: Field) -> String { cells[field] ?? "" }
}
