/// One row of a completed review, as text.
public struct DecidedRow: Hashable, Sendable {
    /// A column of a completed review.
    public enum Field: String, Sendable, CaseIterable {
        case kind, email, uid, name, accountType, status, decision, newAccountType, reviewer, justification, part,
            review
        case rowKey
    }

    /// The path of the file, as given on the command line.
    public var file: String
    /// The file and, in a workbook, the sheet: `review.xlsx, Active users`.
    public var place: String
    /// The line of the file or the row of the sheet, from 1.
    public var row: Int
    /// The cells by column, as ``FileText`` returns them and without surrounding white space; a column that the file
    /// does not have is missing.
    public var cells: [Field: String]

    /// Creates a decided row.
    public init(file: String, place: String, row: Int, cells: [Field: String]) {
        self.file = file
        self.place = place
        self.row = row
        self.cells = cells
    }

    /// The text of a cell; empty if there is none.
    public subscript(field: Field) -> String { cells[field] ?? "" }
}
