/// One row of a list: of a CSV, or of a sheet.
enum ListRow: Sendable {
    case text(CSVRow)
    case sheet(WorkbookRow)

    /// Where it begins: the line of the file, or the row of the sheet.
    var line: Int {
        switch self {
        case .text(let row): row.line
        case .sheet(let row): row.number
        }
    }

    /// How many lines it takes.
    var lineCount: Int {
        if case .text(let row) = self { return row.lines }
        return 1
    }

    /// Whether a sheet does not show it.
    var isHidden: Bool {
        if case .sheet(let row) = self { return row.isHidden }
        return false
    }

    /// How many cells it has, up to the last one with text in a sheet.
    var count: Int {
        switch self {
        case .text(let row): row.count
        case .sheet(let row): row.width
        }
    }

    /// What is wrong with it as a whole.
    var malformation: (column: Int, message: String)? {
        if case .text(let row) = self { return row.malformation }
        return nil
    }

    /// The text of a cell, counted from 0; empty for one that it does not have.
    subscript(column: Int) -> String {
        switch self {
        case .text(let row): row[column]
        case .sheet(let row): row[column]
        }
    }

    /// The first column from one on that has text; nil if there is none.
    func firstFilled(from column: Int) -> Int? {
        switch self {
        case .text(let row): (min(column, row.count)..<row.count).first { !row.isEmpty(at: $0) }
        case .sheet(let row): row.firstFilled(from: column)
        }
    }

    /// Whether a cell has no text.
    func isEmpty(at column: Int) -> Bool {
        switch self {
        case .text(let row): column >= row.count || row.isEmpty(at: column)
        case .sheet(let row): row[column].isEmpty
        }
    }

    /// Whether a cell has an `@` in it; cheaper than to ask for its text.
    func hasAtSign(at column: Int) -> Bool {
        switch self {
        case .text(let row): column < row.count && row.hasAtSign(at: column)
        case .sheet(let row): row[column].contains { $0 == "@" || $0 == "＠" }
        }
    }

    /// Whether some cell has an `@` in it.
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
