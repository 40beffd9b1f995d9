/// Cells that are shown as one, with the content of the first.
struct MergedRange: Hashable {
    var rows: ClosedRange<Int>
    var columns: ClosedRange<Int>

    /// Reads `B2:C9`; nil for a text that is not a range.
    init?(_ text: String) {
        let ends = text.split(separator: ":", omittingEmptySubsequences: false).map { CellReference(String($0)) }
        guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first.row <= last.row,
            first.column <= last.column
        else { return nil }
        (rows, columns) = (first.row...last.row, first.column...last.column)
    }

    var text: String {
        CellReference(row: rows.lowerBound, column: columns.lowerBound).text + ":"
            + CellReference(row: rows.upperBound, column: columns.upperBound).text
    }
}

/// Finds content that merged cells hide; rows must come in order.
struct MergedCells {
    /// The last row with merged cells.
    let lastRow: Int
    /// The ranges that begin below the rows so far, the nearest last.
    private var coming: [MergedRange]
    /// The ranges that contain the last row, from left to right.
    private var open: [MergedRange] = []
    /// The ranges so far whose first cell has a text.
    private(set) var filled: [MergedRange] = []
    /// The row in which the first of these ranges ends.
    private var nearestEnd = Int.max

    /// nil if no cells are merged.
    init?(_ ranges: [MergedRange]) {
        guard let lastRow = ranges.map(\.rows.upperBound).max() else { return nil }
        self.lastRow = lastRow
        coming = ranges.sorted {
            ($0.rows.lowerBound, $0.columns.lowerBound) > ($1.rows.lowerBound, $1.columns.lowerBound)
        }
    }

    /// Checks the next row.
    ///
    /// - Throws: ``PartFault`` for content that is hidden, and for ranges that overlap.
    mutating func check(_ row: WorkbookRow) throws(PartFault) {
        try open(at: row.number)
        for cell in row.cells {
            let place = open.placeInOrder(where: { $0.columns.upperBound >= cell.column })
            guard place < open.count else { return }
            let range = open[place]
            let isFirst = row.number == range.rows.lowerBound && cell.column == range.columns.lowerBound
            if isFirst { filled.append(range) }
            if range.columns.contains(cell.column), !isFirst {
                throw .cell(CellReference(row: row.number, column: cell.column).text, .merged(in: range.text))
            }
        }
    }

    private mutating func open(at row: Int) throws(PartFault) {
        if nearestEnd < row {
            open.removeAll { $0.rows.upperBound < row }
            nearestEnd = open.map(\.rows.upperBound).min() ?? .max
        }
        while let next = coming.last, next.rows.lowerBound <= row {
            coming.removeLast()
            guard next.rows.upperBound >= row else { continue }
            let place = open.placeInOrder(where: { $0.columns.upperBound >= next.columns.lowerBound })
            if place < open.count, open[place].columns.overlaps(next.columns) { throw .merge(next.text) }
            open.insert(next, at: place)
            nearestEnd = min(nearestEnd, next.rows.upperBound)
        }
    }
}
