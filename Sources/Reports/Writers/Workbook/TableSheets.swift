import Domain
import Foundation

/// Writes a table on as many sheets as it needs.
struct TableSheets {
    let table: Table
    /// The maximum number of rows on a sheet without the header: the 1,048,576 of Excel less one.
    let rowsPerSheet: Int
    let formats: WorkbookFormats
    /// Whether ``SheetRows`` writes the middle rows.
    let isDirect: Bool
    /// The columns in the order of the sheet.
    let columns: [Column]
    /// The index of the cell of each column in the rows of the table.
    private let order: [Int]
    /// The indices of the cells with wrapped text in the rows of the table, and the widths of their columns.
    private let wrapped: [(source: Int, width: Int)]

    init(table: Table, rowsPerSheet: Int, formats: WorkbookFormats, isDirect: Bool) {
        self.table = table
        self.rowsPerSheet = rowsPerSheet
        self.formats = formats
        self.isDirect = isDirect
        order = table.layout?.order(of: table.columns) ?? Array(table.columns.indices)
        columns = order.map { table.columns[$0] }
        let keys = Set(table.layout?.first.map(\.key) ?? [])
        wrapped = table.columns.indices.compactMap { place in
            let column = table.columns[place]
            guard keys.contains(column.key), column.entry == nil else { return nil }
            return table.layout.map { (place, $0.width(of: column)) }
        }
    }

    /// The names of the sheets, in their order.
    var names: [String] {
        let parts = max(1, (table.count + rowsPerSheet - 1) / rowsPerSheet)
        return (1...parts).map { SheetName.part($0, of: table.title) }
    }

    /// The area of a column on a sheet: `'Active users'!$L$2:$L$26`; nil if the sheet has no rows.
    func area(of column: Int, part: Int) -> String? {
        let rows = rows(of: part)
        guard rows > 0 else { return nil }
        let area = Sheet.Area(firstRow: 1, firstColumn: column, lastRow: rows, lastColumn: column)
        return SheetName.inFormula(names[part]) + "!" + area.text
    }

    /// The areas of a column, one for each sheet.
    func areas(of column: Int) -> [String] {
        names.indices.compactMap { area(of: column, part: $0) }
    }

    private func rows(of part: Int) -> Int { min(rowsPerSheet, table.count - part * rowsPerSheet) }

    /// Writes all rows.
    ///
    /// - Parameter mirrored: for an extract, the formula that shows the entry of the original row; nil for other
    ///   tables.
    /// - Returns: the number of rows written.
    func write(
        to book: Workbook, title: String, mirrored: ((_ row: Int, _ column: Int) -> String)?
    ) throws -> Int {
        var part = 0
        let isEntered = mirrored == nil
        var sheet = try begin(part, in: book, title: title, isEntered: isEntered)
        let formats = cellFormats(isEntered: isEntered)
        var rows = SheetRows(sheet, formats: formats, order: order)
        var blank = blankable
        var row = 0
        let written = try table.counted { cells in
            // If there are more rows than declared, `counted` reports it; they must not start a sheet without a name.
            if row == rowsPerSheet, part + 1 < names.count {
                finish(sheet, part, blank: blank)
                part += 1
                row = 0
                sheet = try begin(part, in: book, title: title, isEntered: isEntered)
                rows = SheetRows(sheet, formats: formats, order: order)
                blank = blankable
            }
            let ordinal = part * rowsPerSheet + row
            row += 1
            if blank.contains(where: { !cells[order[$0]].isBlank }) { blank.removeAll { !cells[order[$0]].isBlank } }
            let formula = mirrored.map { mirrored in
                { (place: Int) in columns[place].entry == nil ? nil : mirrored(ordinal, place) }
            }
            let lines = lines(of: cells)
            // The library writes the first and the last row of a sheet.
            if isDirect, row < self.rows(of: part) {
                rows.write(cells, row: row, lines: lines, formula: formula)
                return
            }
            rows.flush()
            sheet.setHeight(row: row, lines: lines)
            for (place, source) in order.enumerated() {
                if let formula = formula?(place) {
                    sheet.write(textFormula: formula, row: row, column: place, formats[place].format)
                } else {
                    sheet.write(
                        cells[source], row: row, column: place, formats[place].format, time: formats[place].time)
                }
            }
        }
        finish(sheet, part, blank: blank)
        return written
    }

    /// The number of lines that the wrapped texts of a row need, at most 5. Not every program makes rows higher.
    private func lines(of cells: [Cell]) -> Int {
        var most = 1
        for (source, width) in wrapped {
            // The width is that of digits; most letters are narrower.
            guard case .text(let text) = cells[source], text.utf8.count > width + width / 8 else { continue }
            most = max(most, (text.count + width - 1) / width)
        }
        return min(most, 5)
    }

    /// The formats of the cells in a row.
    private func cellFormats(isEntered: Bool) -> [(format: Format, time: Format)] {
        columns.map { column in
            guard let entry = column.entry else {
                return (table.layout == nil ? formats.text : formats.plain, formats.time)
            }
            guard isEntered else { return (formats.mirror, formats.mirror) }
            if case .date = entry { return (formats.answerDate, formats.answerDate) }
            return (formats.answer, formats.answer)
        }
    }

    private func begin(_ part: Int, in book: Workbook, title: String, isEntered: Bool) throws -> Sheet {
        let sheet = try book.addSheet(names[part])
        if let layout = table.layout {
            sheet.setHeight(row: 0, for: columns.map { ($0.title, layout.width(of: $0)) })
        }
        for (place, column) in columns.enumerated() {
            let isEntry = column.entry != nil && isEntered
            sheet.write(column.title, row: 0, column: place, isEntry ? formats.entryHeader : formats.header)
        }
        sheet.setUpPrint(title: title, landscape: true, repeatsFirstRow: true)
        let frozen = columns.firstIndex { $0.key == table.layout?.frozenThrough ?? "email" } ?? -1
        sheet.freeze(below: 1, columns: frozen + 1)
        let rows = rows(of: part)
        guard rows > 0, !columns.isEmpty else { return sheet }
        sheet.filter(.init(firstRow: 0, firstColumn: 0, lastRow: rows, lastColumn: columns.count - 1))
        for (place, column) in columns.enumerated() {
            let area = Sheet.Area(firstRow: 1, firstColumn: place, lastRow: rows, lastColumn: place)
            SheetRules(formats: formats).add(for: column, area, to: sheet, isEntered: isEntered)
        }
        return sheet
    }

    /// The columns that are hidden if they turn out to be empty: those of a sheet to complete that are not completed.
    private var blankable: [Int] {
        table.layout == nil ? [] : columns.indices.filter { columns[$0].entry == nil && !columns[$0].isTechnical }
    }

    /// Sets what depends on the cells: hidden columns, and the printed area.
    ///
    /// - Parameter blank: the columns without any value.
    private func finish(_ sheet: Sheet, _ part: Int, blank: [Int]) {
        let rows = rows(of: part)
        let hidden = rows > 0 ? Set(blank) : []
        let widths = columns.map { table.layout?.width(of: $0) ?? $0.width }
        sheet.setWidths(widths, hiding: hidden)
        guard rows > 0, !columns.isEmpty else { return }
        var printed = columns.lastIndex(where: \.isPrinted) ?? columns.count - 1
        if table.layout != nil {
            printed = PrintWidth.last(of: widths, hidden: hidden, isPrinted: { columns[$0].isPrinted })
        }
        sheet.print(.init(firstRow: 0, firstColumn: 0, lastRow: rows, lastColumn: printed))
    }
}

/// The width of a printed page, in the pixels of a spreadsheet.
enum PrintWidth {
    /// The printable width of Letter in landscape, which is narrower than A4, at the scale that makes the font of a
    /// sheet, 11 points, as small as 9 points.
    static let most = Int((11 - 2 * 0.4) * 96 * 11 / 9)

    /// The width of a column with a number of characters; each side has a margin.
    static func pixels(_ characters: Int) -> Int { characters * 7 + 5 }

    /// The last column of the first ones that fit a page: those that are printed, until one is not or does not fit.
    ///
    /// - Parameter widths: the widths of all columns, in characters; at least one.
    static func last(of widths: [Int], hidden: Set<Int>, isPrinted: (Int) -> Bool) -> Int {
        var last = 0
        var width = 0
        for place in widths.indices where !hidden.contains(place) {
            width += pixels(widths[place])
            guard isPrinted(place), width <= most || last == 0 else { break }
            last = place
        }
        return last
    }
}
