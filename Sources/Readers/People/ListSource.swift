/// The source of the rows of a list.
public enum ListSource {
    /// A CSV, read once.
    case text(CSVReader)
    /// A sheet of a workbook; can be read several times.
    case sheet(WorkbookReader, name: String)

    /// The delimiter of a CSV; nil for a sheet.
    var delimiter: Delimiter? {
        if case .text(let reader) = self { return reader.delimiter }
        return nil
    }

    /// Whether the days of a workbook are counted from 1904.
    var countsFrom1904: Bool {
        if case .sheet(let book, _) = self { return book.countsFrom1904 }
        return false
    }

    /// The first rows, as many as ``ListSample`` uses.
    mutating func window() throws -> [ListRow] {
        var (rows, cells) = ([ListRow](), 0)
        let isFull = { rows.count >= ListSample.limits.rows || cells >= ListSample.limits.cells }
        switch self {
        case .text(var reader):
            while !isFull(), let row = try reader.next() {
                rows.append(.text(row))
                cells += row.count
            }
            self = .text(reader)
            if rows.isEmpty { throw CSVError.empty }
        case .sheet(let book, let name):
            do {
                try book.rows(of: name) { row in
                    rows.append(.sheet(row))
                    cells += row.width
                    if isFull() { throw Enough() }
                }
            } catch is Enough {}
        }
        return rows
    }

    private struct Enough: Error {}

    /// Passes the rows of the window from the given index on, and all rows after them, to `body`.
    mutating func forEach(_ window: [ListRow], from first: Int, _ body: (ListRow) throws -> Void) throws {
        switch self {
        case .text(var reader):
            for row in window.dropFirst(first) { try body(row) }
            defer { self = .text(reader) }
            while let row = try reader.next() { try body(.text(row)) }
        case .sheet(let book, let name):
            var count = 0
            try book.rows(of: name) { row in
                count += 1
                if count > first { try body(.sheet(row)) }
            }
        }
    }
}
