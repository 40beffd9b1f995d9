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

    /// The names of the sheets, in their order.
    var names: [String] {
        let parts = max(1, (table.count + rowsPerSheet - 1) / rowsPerSheet)
        return (1...parts).map { SheetName.part($0, of: table.title) }
    }

    /// The areas of a column, one for each sheet: `'Active users'!$L$2:$L$26`.
    func areas(of column: Int) -> [String] {
        names.enumerated().compactMap { part, name in
            let rows = min(rowsPerSheet, table.count - part * rowsPerSheet)
            guard rows > 0 else { return nil }
            let area = Sheet.Area(firstRow: 1, firstColumn: column, lastRow: rows, lastColumn: column)
            return SheetName.inFormula(name) + "!" + area.text
        }
    }

    /// Writes all rows.
    ///
    /// - Parameters:
    ///   - isLocked: whether to lock all cells except those for entries.
    ///   - mirrored: for an extract, the formula that shows the entry of the original row; nil for other tables.
    /// - Returns: the number of rows written.
    func write(
        to book: Workbook, title: String, isLocked: Bool, mirrored: ((_ row: Int, _ column: Int) -> String)?
    ) throws -> Int {
        var part = 0
        var sheet = try begin(part, in: book, title: title, isLocked: isLocked, isEntered: mirrored == nil)
        let columns = columns(isEntered: mirrored == nil)
        var rows = SheetRows(sheet, formats: columns)
        var row = 0
        let written = try table.counted { cells in
            // If there are more rows than declared, `counted` reports it; they must not start a sheet without a name.
            if row == rowsPerSheet, part + 1 < names.count {
                part += 1
                row = 0
                sheet = try begin(part, in: book, title: title, isLocked: isLocked, isEntered: mirrored == nil)
                rows = SheetRows(sheet, formats: columns)
            }
            let ordinal = part * rowsPerSheet + row
            row += 1
            let formula = mirrored.map { mirrored in
                { (place: Int) in table.columns[place].entry == nil ? nil : mirrored(ordinal, place) }
            }
            // The library writes the first and the last row of a sheet.
            if isDirect, row < min(rowsPerSheet, table.count - part * rowsPerSheet) {
                rows.write(cells, row: row, formula: formula)
                return
            }
            rows.flush()
            for (place, cell) in cells.enumerated() {
                if let formula = formula?(place) {
                    sheet.write(textFormula: formula, row: row, column: place, columns[place].format)
                } else {
                    sheet.write(cell, row: row, column: place, columns[place].format, time: columns[place].time)
                }
            }
        }
        return written
    }

    /// The formats of the cells in a row.
    private func columns(isEntered: Bool) -> [(format: Format, time: Format)] {
        table.columns.map { column in
            guard column.entry != nil else { return (formats.text, formats.time) }
            return isEntered ? (formats.entry, formats.entry) : (formats.mirror, formats.mirror)
        }
    }

    private func begin(
        _ part: Int, in book: Workbook, title: String, isLocked: Bool, isEntered: Bool
    ) throws -> Sheet {
        let sheet = try book.addSheet(names[part])
        for (place, column) in table.columns.enumerated() {
            let isEntry = column.entry != nil && isEntered
            sheet.write(column.title, row: 0, column: place, isEntry ? formats.entryHeader : formats.header)
        }
        sheet.setWidths(table.columns.map(\.width))
        sheet.setUpPrint(title: title, landscape: true, repeatsFirstRow: true)
        let rows = min(rowsPerSheet, table.count - part * rowsPerSheet)
        let identity = table.columns.firstIndex { $0.key == "email" } ?? -1
        sheet.freeze(below: 1, columns: identity + 1)
        if isLocked { sheet.protect() }
        guard rows > 0, !table.columns.isEmpty else { return sheet }
        let printed = table.columns.lastIndex(where: \.isPrinted) ?? table.columns.count - 1
        sheet.print(.init(firstRow: 0, firstColumn: 0, lastRow: rows, lastColumn: printed))
        sheet.filter(.init(firstRow: 0, firstColumn: 0, lastRow: rows, lastColumn: table.columns.count - 1))
        for (place, column) in table.columns.enumerated() {
            let area = Sheet.Area(firstRow: 1, firstColumn: place, lastRow: rows, lastColumn: place)
            addRules(for: column, area, to: sheet, isEntered: isEntered)
        }
        return sheet
    }

    private func addRules(for column: Column, _ area: Sheet.Area, to sheet: Sheet, isEntered: Bool) {
        switch column.entry {
        case .decision(let decisions)?:
            for decision in decisions {
                sheet.colour(area, where: decision.rawValue, formats.colour(of: decision))
            }
            guard isEntered else { return }
            sheet.offer(
                decisions.map(\.rawValue), in: area, isOpen: false,
                message: "Choose a decision from the list, or leave the cell empty (not reviewed).")
        case .accountType(let types)?:
            guard isEntered else { return }
            sheet.offer(
                types, in: area, isOpen: true,
                message: "rollcall does not know this account type. Use it anyway?")
        case .text?: break
        case nil:
            for rule in Emphasis.rules(for: column.key) {
                sheet.colour(area, where: rule.text, formats.colour(of: rule.emphasis))
            }
        }
    }
}
