import Domain

/// The cells of one account after the other, by the columns of a table.
struct AccountCells {
    /// A column's closure alone, and its place: what else a column has would be copied for each cell.
    private struct Finder {
        var place: Int
        var find: (ReviewedAccount) -> Cell
    }

    private let finders: [Finder]
    /// The same array from row to row, so that it need not be made anew; cells that are always the same stay in it.
    private var cells: [Cell]

    init(_ columns: [AccountColumn]) {
        finders = columns.enumerated().compactMap { place, column in
            if case .account(let find) = column.source { Finder(place: place, find: find) } else { nil }
        }
        cells = columns.map { column in
            if case .always(let cell) = column.source { cell } else { .empty }
        }
    }

    /// Hands over the cells of an account.
    mutating func hand(_ account: ReviewedAccount, to body: ([Cell]) throws -> Void) rethrows {
        for finder in finders { cells[finder.place] = finder.find(account) }
        try body(cells)
    }
}
