/// Where the cells of a column come from.
enum CellSource<Item> {
    /// The same in every row.
    case always(Cell)
    /// Found in what the row is about.
    case found((Item) -> Cell)
}

/// The cells of one item after the other, by the columns of a table.
struct RowCells<Item> {
    /// A column's closure alone, and its place: what else a column has would be copied for each cell.
    private struct Finder {
        var place: Int
        var find: (Item) -> Cell
    }

    private let finders: [Finder]
    /// The same array from row to row, so that it need not be made anew; cells that are always the same stay in it.
    private var cells: [Cell]

    init(_ sources: [CellSource<Item>]) {
        finders = sources.enumerated().compactMap { place, source in
            if case .found(let find) = source { Finder(place: place, find: find) } else { nil }
        }
        cells = sources.map { if case .always(let cell) = $0 { cell } else { .empty } }
    }

    /// Hands over the cells of an item.
    mutating func hand(_ item: Item, to body: ([Cell]) throws -> Void) rethrows {
        for finder in finders { cells[finder.place] = finder.find(item) }
        try body(cells)
    }

    /// The cells of an item, in an array of their own.
    func cells(of item: Item) -> [Cell] {
        var row = self
        for finder in finders { row.cells[finder.place] = finder.find(item) }
        return row.cells
    }
}
