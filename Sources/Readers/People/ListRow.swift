/// One row of a list: of a CSV, or of a sheet.
enum ListRow: Sendable {
    case text(CSVRow)
    case sheet(WorkbookRow)

    /// The line of the file, or the row of the sheet, where it begins.
    var line: Int {
        switch self {
        case .text(let row): row.line
        case .sheet(let row): row.number
        }
    }

    /// The number of lines.
    var lineCount: Int {
        if case .text(let row) = self { return row.lines }
        return 1
    }

    /// Whether the sheet hides it.
    var isHidden: Bool {
        if case .sheet(let row) = self { return row.isHidden }
        return false
    }

    /// The number of cells; in a sheet, up to the last one with text.
    var count: Int {
        switch self {
        case .text(let row): row.count
        case .sheet(let row): row.width
        }
    }

    /// What is wrong with the whole row; nil for a good row.
    var malformation: (column: Int, message: String)? {
        if case .text(let row) = self { return row.malformation }
        return nil
    }

    /// The text of a cell, counted from 0; empty if the row does not have it.
    subscript(column: Int) -> String {
        switch self {
        case .text(let row): row[column]
        case .sheet(let row): row[column]
        }
    }

    /// The first column with text from the given one on; nil if there is none.
    func firstFilled(from column: Int) -> Int? {
        switch self {
        case .text(let row): (min(column, row.count)..<row.count).first { !row.isEmpty(at: $0) }
        case .sheet(let row): row.firstFilled(from: column)
        }
    }

    /// Whether a cell has a formula whose result the file does not have.
    func lacksResult(at column: Int) -> Bool {
        guard case .sheet(let row) = self else { return false }
        return row.formulas.contains { $0.column == column && !$0.formula.hasResult }
    }

    /// Whether a cell has no text.
    func isEmpty(at column: Int) -> Bool {
        switch self {
        case .text(let row): column >= row.count || row.isEmpty(at: column)
        case .sheet(let row): row[column].isEmpty
        }
    }

    /// Whether a cell contains an `@`; cheaper than reading its text.
    func hasAtSign(at column: Int) -> Bool {
        switch self {
        case .text(let row): column < row.count && row.hasAtSign(at: column)
        case .sheet(let row): row[column].contains { $0 == "@" || $0 == "＠" }
        }
    }

    /// Whether any cell contains an `@`.
    var hasAtSign: Bool { (0..<count).contains(where: hasAtSign) }

    /// Whether the first cell begins with a byte.
    func begins(with byte: UInt8) -> Bool {
        switch self {
        case .text(let row): row.begins(with: byte)
        case .sheet(let row): row[0].utf8.first == byte
        }
    }

    /// All of its cells.
    var cells: [String] { (0..<count).map { self[$0] } }
}
