import Domain

/// What can be wrong with a row as a whole, beside its columns.
struct RowChecks {
    private let columns: ListColumns
    private let options: ListOptions
    private let delimiter: UInt8?
    /// Columns that were not taken for account types, as long as they hold none.
    private let typeless: [Int]

    init(_ columns: ListColumns, _ options: ListOptions, delimiter: Delimiter?) {
        self.columns = columns
        self.options = options
        self.delimiter = delimiter?.byte
        typeless = columns.typeless
    }

    /// Why a row is nobody's; nil for a good row.
    ///
    /// - Throws: ``ListError`` for a row that says that the whole list is read wrongly.
    func fault(of row: ListRow) throws(ListError) -> (column: Int, message: String)? {
        for column in typeless where !row.isEmpty(at: column) {
            let text = ListText.plain(row[column])
            if options.isType(text) { throw .lateType(columns.candidate(column), line: row.line, value: text) }
        }
        for pair in columns.same where ListText.key(row[pair.first]) != ListText.key(row[pair.second]) {
            throw .ambiguous(.email, [pair.first, pair.second].map(columns.candidate))
        }
        if row.lineCount > 1, case .text(let text) = row { try refuseSwallowed(text) }
        return row.malformation ?? surplus(of: row) ?? comment(row)
    }

    /// More fields than the header has: most often a delimiter in a field that lacks its quotes.
    private func surplus(of row: ListRow) -> (column: Int, message: String)? {
        guard let column = row.firstFilled(from: columns.width) else { return nil }
        let first = columns.headerLine == nil ? "first row" : "header"
        return (
            column + 1,
            "the row has \(row.count) fields, and the \(first) has \(columns.width); put quotes around a field that holds "
                + "the delimiter"
        )
    }

    /// `#bob@acme.io` was taken out by somebody. A number behind it is a number.
    private func comment(_ row: ListRow) -> (column: Int, message: String)? {
        guard row.begins(with: 0x23) else { return nil }
        let text = ListText.plain(row[0])
        guard text.count > 1, !text.dropFirst().allSatisfy(\.isNumber) else { return nil }
        return (1, "the row begins with #, as one does that is not meant; take the # away, or the row")
    }

    /// A quote without its partner takes the rows up to the next one into its field.
    private func refuseSwallowed(_ row: CSVRow) throws(ListError) {
        guard let delimiter, let place = columns.place(.email) ?? columns.place(.uid) else { return }
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
