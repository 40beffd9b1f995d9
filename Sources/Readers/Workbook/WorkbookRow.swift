/// A formula in a cell.
struct CellFormula: Hashable, Sendable {
    /// The formula without the equals sign.
    var text: String
    /// Whether the file has its result.
    var hasResult: Bool
}

/// One row of a sheet.
public struct WorkbookRow: Sendable {
    /// The number in Excel, from 1.
    public var number: Int
    /// Whether it is hidden, by a filter or by hand.
    public var isHidden = false
    /// The cells with text, from left to right.
    private(set) var cells: [(column: Int, text: String)] = []

    /// The cells with a formula, from left to right; also those with an empty result, which are not among ``cells``.
    private(set) var formulas: [(column: Int, formula: CellFormula)] = []

    init(number: Int, isHidden: Bool) { (self.number, self.isHidden) = (number, isHidden) }

    /// Adds a cell to the right of the others.
    mutating func append(_ text: String, column: Int) { cells.append((column, text)) }

    /// Adds the formula of a cell to the right of the others.
    mutating func append(_ formula: CellFormula, column: Int) { formulas.append((column, formula)) }

    /// The text of a cell, columns counted from 0; empty if there is no such cell. Numbers and dates are text as stored
    /// in the file: a date is a number of days. A formula without a result is its own text, `=B1&C1`.
    public subscript(column: Int) -> String {
        // Most rows have a cell in each column.
        if column < cells.count, cells[column].column == column { return cells[column].text }
        let place = place(of: column)
        return place < cells.count && cells[place].column == column ? cells[place].text : ""
    }

    /// The number of columns up to the last cell.
    public var width: Int { (cells.last?.column ?? -1) + 1 }

    /// The first column with text from the given one on; nil if there is none.
    func firstFilled(from column: Int) -> Int? {
        let place = place(of: column)
        return place < cells.count ? cells[place].column : nil
    }

    /// The number of cells to the left of a column.
    private func place(of column: Int) -> Int { cells.placeInOrder(where: { $0.column >= column }) }
}
