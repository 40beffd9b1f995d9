import Domain

/// A column of a table, with the function that returns its cell.
public struct RowColumn<Row>: Sendable {
    /// The column.
    public var column: Column
    /// The cell of a row.
    public var cell: @Sendable (Row) -> Cell

    /// Creates a column.
    ///
    /// - Parameters:
    ///   - width: in characters, 4 to 80.
    ///   - help: one sentence: the meaning and source of the column.
    public init(
        _ key: String, _ title: String, _ width: Int, isPrinted: Bool = true, isTechnical: Bool = false, _ help: String,
        cell: @escaping @Sendable (Row) -> Cell
    ) {
        column = Column(key, title, width: width, isPrinted: isPrinted, isTechnical: isTechnical, help: help)
        self.cell = cell
    }
}

extension Table {
    /// A table of rows in memory.
    public init<Row>(
        id: String, title: String, note: String, role: Role, columns: [RowColumn<Row>], layout: SheetLayout? = nil,
        rows: [Row]
    ) {
        self.init(
            id: id, title: title, note: note, role: role, columns: columns.map(\.column), layout: layout,
            count: rows.count
        ) { body in for row in rows { try body(columns.map { $0.cell(row) }) } }
    }
}
