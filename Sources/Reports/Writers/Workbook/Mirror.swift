import Domain

/// Makes the formulas of an extract, which show what was entered in the original rows.
///
/// A formula searches for its account, because people sort the sheets.
struct Mirror {
    /// The formula without an original.
    static let nothing = "=\"\""

    private let extract: TableSheets
    private let original: TableSheets?
    /// The columns by which an account is found, on the extract and on the original.
    private let key: (extract: Int, original: Int)?

    init(of extract: TableSheets, in original: TableSheets?) {
        self.extract = extract
        self.original = original
        key =
            ["rowKey", "uid", "email"].lazy.compactMap { key in
                guard let own = extract.columns.firstIndex(where: { $0.key == key }),
                    let other = original?.columns.firstIndex(where: { $0.key == key })
                else { return nil }
                return (own, other)
            }.first
    }

    /// The formula of a cell.
    ///
    /// - Parameters:
    ///   - row: the index of the row in the extract.
    ///   - place: the index of the row in the original, as it was written; people sort each sheet on its own.
    ///   - column: the index of the column on the extract.
    func formula(at row: Int, of place: Int, _ column: Int) -> String {
        let name = extract.columns[column].key
        guard let original, let key, let source = original.columns.firstIndex(where: { $0.key == name }) else {
            return Self.nothing
        }
        let part = place / original.rowsPerSheet
        guard let values = original.area(of: source, part: part), let keys = original.area(of: key.original, part: part)
        else { return Self.nothing }
        let account = "$\(SheetColumn.letters(key.extract))\(row % extract.rowsPerSheet + 2)"
        // Concatenated with an empty text, so that an empty cell is not shown as 0.
        return "=IFERROR(INDEX(\(values),MATCH(\(account),\(keys),0))&\"\",\"\")"
    }
}
