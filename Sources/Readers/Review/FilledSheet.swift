import Domain
import Foundation

/// One sheet of a completed review, or a CSV.
struct FilledSheet {
    /// The maximum number of rows above the titles.
    private static let headroom = 20
    /// Error values of Excel, LibreOffice and Google Sheets.
    private static let errorValues: Set = [
        "#n/a", "#name?", "#ref!", "#value!", "#div/0!", "#null!", "#num!", "#spill!", "#calc!", "#error!",
        "#getting_data", "#field!", "#blocked!", "#connect!", "#unknown!", "#busy!", "#python!", "#external!",
    ]

    let file: String
    /// nil for a CSV.
    let name: String?
    let place: String
    let countsFrom1904: Bool
    private(set) var columns: ReviewColumns?
    private(set) var rows: [DecidedRow] = []
    /// The rows with titles.
    private var titles: [Int] = []
    /// Formulas in the columns that reviewers fill in, with the index of their row.
    private var formulas: [(row: Int, field: DecidedRow.Field, formula: CellFormula)] = []

    init(file: String, name: String?, place: String, countsFrom1904: Bool = false) {
        self.file = file
        self.name = name
        self.place = place
        self.countsFrom1904 = countsFrom1904
    }

    /// Whether it is a table of a review, possibly one that has lost a column.
    var isTable: Bool { columns != nil }

    /// The index of each column of a table, empty if it has lost its titles; nil for other sheets.
    var table: [DecidedRow.Field: Int]? { columns?.places ?? (rows.isEmpty ? nil : [:]) }

    /// Adds the next row of a sheet.
    mutating func take(_ row: WorkbookRow) throws {
        let count = rows.count
        try take(number: row.number, width: row.width) { row[$0] }
        guard rows.count > count, !row.formulas.isEmpty, let columns else { return }
        for field in DecidedRow.Field.entries {
            for found in row.formulas where found.column == columns.places[field] {
                formulas.append((count, field, found.formula))
            }
        }
    }

    /// Adds the next row.
    mutating func take(number: Int, width: Int, _ cell: (Int) -> String) throws {
        if columns == nil ? number <= Self.headroom : columns?.isRepeated(cell) == true,
            let found = try ReviewColumns((0..<width).map(cell))
        {
            columns = found
            titles.append(number)
            return
        }
        guard let columns else {
            for column in 0..<width {
                let text = EmailAddress.trimmed(cell(column))
                if DecidedRow.isRowKey(text) { return add([.rowKey: text], number, [.noTitles]) }
            }
            return
        }
        guard var cells = columns.cells(cell) else { return }
        var faults: [DecidedRow.Fault] = []
        for field in DecidedRow.Field.entries {
            guard let text = cells[field], text.utf8.first == 0x23 else { continue }
            if Self.errorValues.contains(text.lowercased()) { faults.append(.errorValue(field)) }
        }
        for field in [DecidedRow.Field.exceptionUntil, .decidedAt] where name != nil {
            cells[field] = cells[field].map { CellDay.text($0, countsFrom1904: countsFrom1904) }
        }
        add(cells, number, faults)
    }

    private mutating func add(_ cells: [DecidedRow.Field: String], _ number: Int, _ faults: [DecidedRow.Fault]) {
        rows.append(
            DecidedRow(
                file: file, place: place, row: number, cells: cells, sheet: name, columns: columns?.places ?? [:],
                faults: faults))
    }

    /// Marks the rows in which merged cells hide what a column contains.
    ///
    /// A merge discards the content of all cells but the first, so whether the first is meant for all of them is not
    /// certain.
    mutating func mark(_ merges: [MergedRange]) {
        guard let columns, !merges.isEmpty else { return }
        let indices = Dictionary(uniqueKeysWithValues: rows.enumerated().map { ($1.row, $0) })
        let read = columns.places.sorted { $0.value < $1.value }
        for range in merges {
            let covered = read.filter { range.columns.contains($0.value) }
            if covered.isEmpty { continue }
            if range.columns.count > 1, let title = titles.first(where: range.rows.contains) {
                if let below = rows.firstIndex(where: { $0.row > title }) {
                    rows[below].faults.append(.mergedTitles(range.text))
                }
                continue
            }
            for (field, column) in covered {
                let isFirst = column == range.columns.lowerBound
                let hidden = range.rows.filter { !isFirst || $0 > range.rows.lowerBound }
                if hidden.isEmpty { continue }
                let known = hidden.compactMap { indices[$0] }
                // A row without its key may have no other text, and then it is not in the list.
                for index in known.isEmpty && field == .rowKey ? range.rows.compactMap({ indices[$0] }) : known {
                    rows[index].faults.append(.merged(range.text, field))
                }
            }
        }
    }

    /// Empties the cells of an extract that only show the entries of another sheet, and marks formulas without a
    /// result.
    ///
    /// - Parameter tables: the columns of all tables of the workbook, by the name of the sheet in lower case. A table
    ///   may have lost its titles, or the column that the extract shows.
    mutating func resolve(_ tables: [String: [DecidedRow.Field: Int]]) {
        for (row, field, formula) in formulas {
            // An extract has this formula where the original table has no such column.
            if formula.text == "\"\"" {
                rows[row].cells[field] = ""
            } else if let (sheet, column) = Self.mirrored(formula.text), let table = tables[sheet],
                table[field].map({ $0 == column }) ?? true
            {
                rows[row].cells[field] = ""
                rows[row].faults.removeAll { $0 == .errorValue(field) }
            } else if !formula.hasResult {
                rows[row].faults.append(.noResult(field))
            }
        }
    }

    /// The column that a formula of an extract shows. The export writes the form
    /// `IFERROR(INDEX('Active users'!$C$2:$C$26,MATCH($O2,'Active users'!$T$2:$T$26,0))&"","")`; earlier versions wrote
    /// `'Active users'!J2&""`.
    private static func mirrored(_ formula: String) -> (sheet: String, column: Int)? {
        var shown = formula[...]
        let (start, middle, end) = ("IFERROR(INDEX(", ",MATCH(", ",0))&\"\",\"\")")
        if shown.hasPrefix(start), shown.hasSuffix(end), let match = shown.range(of: middle) {
            shown = shown[..<match.lowerBound].dropFirst(start.count)
        } else if shown.hasSuffix("&\"\"") {
            shown = shown.dropLast(3)
        } else {
            return nil
        }
        guard let mark = shown.lastIndex(of: "!") else { return nil }
        let area = shown[shown.index(after: mark)...].split(separator: ":").map { $0.filter { $0 != "$" } }
        let places = area.compactMap { CellReference(String($0)) }
        guard let first = places.first, places.count == area.count, places.allSatisfy({ $0.column == first.column })
        else { return nil }
        var sheet = shown[..<mark]
        if sheet.hasPrefix("'"), sheet.hasSuffix("'"), sheet.count > 1 { sheet = sheet.dropFirst().dropLast() }
        return (sheet.replacing("''", with: "'").lowercased(), first.column)
    }

    /// Marks decisions in a hidden sheet.
    ///
    /// - Throws: ``FilledReviewError`` if the sheet has all the columns of a review.
    mutating func markHidden() throws(FilledReviewError) {
        guard let name, let columns else { return }
        for index in rows.indices where !rows[index][.decision].isEmpty {
            if columns.isComplete { throw .hiddenSheet(name) }
            rows[index].faults.append(.hidden)
        }
    }
}
