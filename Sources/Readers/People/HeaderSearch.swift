import Domain

/// Finds the header row: exports have titles above it, and handmade lists may have none.
struct HeaderSearch {
    /// The index of the row; nil for a list without headers.
    let row: Int?

    /// The number of rows that are searched.
    static let depth = 20

    init(_ rows: [ListRow], _ options: ListOptions) throws(ListError) {
        switch options.headerRow {
        case .some(.none): row = nil
        case .line(let line):
            guard let place = rows.firstIndex(where: { $0.line == line }) else { throw .noSuchHeader(line: line) }
            if rows[place].hasAtSign { throw .headerWithAddress(line: line) }
            row = place
        case nil: row = Self.search(rows.prefix(Self.depth), options)
        }
    }

    private static func search(_ rows: ArraySlice<ListRow>, _ options: ListOptions) -> Int? {
        if let found = rows.firstIndex(where: { isHeader($0, options) }) { return found }
        let first = rows.firstIndex { isSomebody($0, options) }
        // The first row already names a person.
        if first == rows.startIndex { return nil }
        // No header is recognized; of the rows above the first person, the one with the most texts names the columns.
        let above = rows[..<(first ?? rows.startIndex + 1)]
        let texts = above.map { row in (0..<row.count).count { row[$0].contains(where: \.isLetter) } }
        return texts.max().flatMap { most in texts.firstIndex(of: most) }.map { above.startIndex + $0 }
    }

    /// Whether the words of a row name the column of addresses, and the row does not name a person.
    static func isHeader(_ row: ListRow, _ options: ListOptions) -> Bool {
        var isFound = false
        var filled = 0
        for column in 0..<row.count where !row.isEmpty(at: column) {
            if row.hasAtSign(at: column) { return false }
            filled += 1
            // One cell is enough; free text in another cell may mention an email as well.
            if isFound { continue }
            let text = ListText.plain(row[column])
            if case .header(let name) = options.columns[.email], ListText.key(name) == ListText.key(text) {
                isFound = true
                continue
            }
            let words = HeaderWords(text)
            isFound = words.isAddress || words.isLogin || (options.takesUIDs && words.isUID)
        }
        // The other cells in the row of a title are empty.
        return isFound && (filled > 1 || row.count == 1)
    }

    /// The line of a person above the header: this happens if a list is sorted together with its headers. A single
    /// address is that of the author of the list.
    static func peopleAbove(_ header: Int, _ rows: [ListRow]) -> Int? {
        let found = rows[..<header].filter(\.hasAtSign)
        let isRow = { (row: ListRow) in (0..<row.count).count { !row.isEmpty(at: $0) } > 1 }
        return found.count > 1 ? found[0].line : found.first(where: isRow)?.line
    }

    /// Whether a row names a person.
    private static func isSomebody(_ row: ListRow, _ options: ListOptions) -> Bool {
        (0..<row.count).contains { column in
            guard !row.isEmpty(at: column) else { return false }
            return row.hasAtSign(at: column)
                ? (try? WrittenAddress(row[column], allowsUnusual: true)) != nil
                : options.takesUIDs && ListText.isUID(ListText.plain(row[column]))
        }
    }
}
