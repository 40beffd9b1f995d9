/// The source of the cells of a column.
enum CellSource<Item> {
    /// The same cell in every row.
    case always(Cell)
    /// A function of the item of the row.
    case found((Item) -> Cell)
}

/// Makes the cells of one item after the other, for the columns of a table.
struct RowCells<Item> {
    /// The index and closure of a column. The rest of the column would be copied for each cell.
    private struct Finder {
        var place: Int
        var find: (Item) -> Cell
    }

    private let finders: [Finder]
    /// The same array is used for all rows; constant cells stay in it.
    private var cells: [Cell]

    init(_ sources: [CellSource<Item>]) {
        finders = sources.enumerated().compactMap { place, source in
            if case .found(let find) = source { Finder(place: place, find: find) } else { nil }
        }
        cells = sources.map { if case .always(let cell) = $0 { cell } else { .empty } }
    }

    /// Passes the cells of an item to `body`.
    mutating func hand(_ item: Item, to body: ([Cell]) throws -> Void) rethrows {
        for finder in finders { cells[finder.place] = finder.find(item) }
        try body(cells)
    }

    /// The cells of an item, in a new array.
    func cells(of item: Item) -> [Cell] {
        var row = self
        for finder in finders { row.cells[finder.place] = finder.find(item) }
        return row.cells
    }
}
