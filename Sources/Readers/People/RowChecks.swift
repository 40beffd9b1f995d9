import Domain

/// Checks of whole rows.
struct RowChecks {
    private let columns: ListColumns
    private let options: ListOptions
    private let delimiter: UInt8?
    /// Columns that are not used for account types, as long as they contain none.
    private let typeless: [Int]

    init(_ columns: ListColumns, _ options: ListOptions, delimiter: Delimiter?) {
        self.columns = columns
        self.options = options
        self.delimiter = delimiter?.byte
        typeless = columns.typeless
    }

    /// What is wrong with a row; nil for a good row.
    ///
    /// - Throws: ``ListError`` for a row which shows that the whole list is read wrongly.
    func fault(of row: ListRow) throws(ListError) -> (column: Int, message: String)? {
        for column in typeless where !row.isEmpty(at: column) {
            let text = ListText.plain(row[column])
            if options.isType(text) { throw .lateType(columns.candidate(column), line: row.line, value: text) }
        }
        for pair in columns.same where ListText.key(row[pair.first]) != ListText.key(row[pair.second]) {
            throw .ambiguous(.email, [pair.first, pair.second].map(columns.candidate))
        }
        try refuseSwallowed(row)
        return row.malformation ?? surplus(of: row) ?? comment(row)
    }

    /// More fields than the header: usually a delimiter in a field without quotes.
    private func surplus(of row: ListRow) -> (column: Int, message: String)? {
        guard let column = row.firstFilled(from: columns.width) else { return nil }
        let first = columns.headerLine == nil ? "first row" : "header"
        return (
            column + 1,
            "the row has \(row.count) fields, and the \(first) has \(columns.width); put quotes around a field that "
                + "contains the delimiter"
        )
    }

    /// `#bob@acme.io` is a row that the author of the list commented out; `#` with a number is not.
    private func comment(_ row: ListRow) -> (column: Int, message: String)? {
        guard row.begins(with: 0x23) else { return nil }
        let text = ListText.plain(row[0])
        guard text.count > 1, !text.dropFirst().allSatisfy(\.isNumber) else { return nil }
        return (1, "the row begins with #, which marks a comment; remove the #, or the row")
    }

    /// Throws if a field contains whole rows, because a closing quote is missing.
    func refuseSwallowed(_ row: ListRow) throws(ListError) {
        guard row.lineCount > 1, case .text(let row) = row, let delimiter,
            let place = columns.place(.email) ?? columns.place(.uid)
        else { return }
        var line = row.line
        for column in 0..<row.count {
            let lines = row[column].split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            guard lines.count > 1 else { continue }
            let swallowed = lines.indices.dropFirst().filter { index in
                let cells = lines[index].utf8.split(separator: delimiter, omittingEmptySubsequences: false)
                guard cells.count > 1, cells.indices.contains(place) else { return false }
                return (try? WrittenAddress(String(Substring(cells[place])))) != nil
            }
            if !swallowed.isEmpty {
                throw .swallowed(line: line, column: column + 1, lines: swallowed.map { line + $0 })
            }
            line += lines.count - 1
        }
    }
}
