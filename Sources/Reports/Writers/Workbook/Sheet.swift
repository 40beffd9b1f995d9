import CXlsxWriter
import Domain
import Foundation

/// One sheet. Rows and columns are counted from 0, and rows are written from top to bottom.
struct Sheet {
    let pointer: UnsafeMutablePointer<lxw_worksheet>
    /// The name on its tab.
    let name: String

    init(_ pointer: UnsafeMutablePointer<lxw_worksheet>, name: String) {
        self.pointer = pointer
        self.name = name
    }

    /// A rectangle of cells, including its edges.
    struct Area {
        var firstRow, firstColumn, lastRow, lastColumn: Int

        /// The reference in a formula: `$A$2:$B$9`.
        var text: String {
            "$\(SheetColumn.letters(firstColumn))$\(firstRow + 1):$\(SheetColumn.letters(lastColumn))$\(lastRow + 1)"
        }
    }

    /// Writes a cell. Text is always text, never a formula or a link, whatever it looks like.
    func write(_ cell: Cell, row: Int, column: Int, _ format: Format, time: Format) {
        let (row, place) = (UInt32(row), UInt16(column))
        switch cell {
        case .text(let text), .remark(let text):
            worksheet_write_string(pointer, row, place, XLSXText.cell(text), format.pointer)
        case .number(let number): worksheet_write_number(pointer, row, place, Double(number), format.pointer)
        case .time(let date): worksheet_write_number(pointer, row, place, Self.days(date), time.pointer)
        case .flag(let flag): worksheet_write_string(pointer, row, place, flag ? "yes" : "no", format.pointer)
        case .empty: worksheet_write_blank(pointer, row, place, format.pointer)
        }
    }

    /// A time in the format of a workbook: days since 1899-12-30, without a time zone; the header names UTC.
    static func days(_ date: Date) -> Double {
        (date.timeIntervalSince1970 / 86_400 * 1e8).rounded() / 1e8 + 25_569
    }

    /// Writes text.
    func write(_ text: String, row: Int, column: Int, _ format: Format) {
        write(.text(text), row: row, column: column, format, time: .plain)
    }

    /// Writes a formula of this program, with the number that is shown until it is calculated.
    func write(formula: String, value: Double, row: Int, column: Int, _ format: Format) {
        worksheet_write_formula_num(pointer, UInt32(row), UInt16(column), formula, format.pointer, value)
    }

    /// Writes a formula of this program. Its value is text, empty until it is calculated.
    func write(textFormula formula: String, row: Int, column: Int, _ format: Format) {
        worksheet_write_formula_str(pointer, UInt32(row), UInt16(column), formula, format.pointer, "")
    }

    /// Makes a row high enough for wrapped text, because not every program does this. Call it before writing the cells
    /// of the row.
    func setHeight(row: Int, for texts: [(text: String, width: Int)]) {
        let lines = texts.map { text, width in
            text.split(separator: "\n", omittingEmptySubsequences: false)
                .reduce(0) { $0 + max(1, ($1.count + width - 1) / max(1, width)) }
        }
        setHeight(row: row, lines: lines.max() ?? 1)
    }

    /// Makes a row high enough for a number of lines. Call it before writing the cells of the row.
    func setHeight(row: Int, lines: Int) {
        if lines > 1 { worksheet_set_row(pointer, UInt32(row), Self.height(of: lines), nil) }
    }

    /// The height of a row in points. Excel's rows are at most 409 points high.
    static func height(of lines: Int) -> Double { min(409, Double(lines) * 15 + 2) }

    /// Sets the widths of columns, in characters, and hides some of them. Columns may be set after their cells.
    func setWidths(_ widths: [Int], hiding hidden: Set<Int> = []) {
        for (column, width) in widths.enumerated() {
            var options = lxw_row_col_options()
            options.hidden = hidden.contains(column) ? 1 : 0
            worksheet_set_column_opt(pointer, UInt16(column), UInt16(column), Double(width), nil, &options)
        }
    }

    /// Keeps the rows above visible while scrolling.
    func freeze(below row: Int, columns: Int = 0) { worksheet_freeze_panes(pointer, UInt32(row), UInt16(columns)) }

    /// Adds filter buttons to a table.
    func filter(_ area: Area) {
        worksheet_autofilter(
            pointer, UInt32(area.firstRow), UInt16(area.firstColumn), UInt32(area.lastRow), UInt16(area.lastColumn))
    }

    /// Locks every cell whose format does not unlock it; filters and widths can be changed. There is no password,
    /// because it would not protect against intentional changes.
    func protect() {
        var options = lxw_protection()
        options.autofilter = 1
        options.format_columns = 1
        options.format_rows = 1
        worksheet_protect(pointer, nil, &options)
    }

    /// Adds a drop-down list. If `isOpen`, other values can be entered after a warning.
    func offer(_ choices: [String], in area: Area, isOpen: Bool, message: String) {
        let texts = CTexts()
        // Excel keeps at most 255 characters of such a list.
        guard choices.joined(separator: ",").utf16.count <= 255 else { return }
        var list = choices.map { texts.pointer($0) } + [nil]
        list.withUnsafeMutableBufferPointer { list in
            var validation = lxw_data_validation()
            validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST.rawValue)
            validation.value_list = list.baseAddress
            validation.error_type =
                UInt8((isOpen ? LXW_VALIDATION_ERROR_TYPE_WARNING : LXW_VALIDATION_ERROR_TYPE_STOP).rawValue)
            validation.error_title = texts.pointer("rollcall")
            validation.error_message = texts.pointer(message)
            worksheet_data_validation_range(
                pointer, UInt32(area.firstRow), UInt16(area.firstColumn), UInt32(area.lastRow),
                UInt16(area.lastColumn), &validation)
        }
    }

    /// Accepts only dates from a day on.
    func acceptDates(from day: Date, in area: Area, message: String) {
        let texts = CTexts()
        var validation = lxw_data_validation()
        validation.validate = UInt8(LXW_VALIDATION_TYPE_DATE_NUMBER.rawValue)
        validation.criteria = UInt8(LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO.rawValue)
        validation.value_number = Self.days(day).rounded(.down)
        validation.error_type = UInt8(LXW_VALIDATION_ERROR_TYPE_STOP.rawValue)
        validation.error_title = texts.pointer("rollcall")
        validation.error_message = texts.pointer(message)
        worksheet_data_validation_range(
            pointer, UInt32(area.firstRow), UInt16(area.firstColumn), UInt32(area.lastRow), UInt16(area.lastColumn),
            &validation)
    }

    /// Colours the cells of an area that have the given text.
    func colour(_ area: Area, where text: String, _ format: Format) {
        let texts = CTexts()
        var rule = lxw_conditional_format()
        rule.type = UInt8(LXW_CONDITIONAL_TYPE_CELL.rawValue)
        rule.criteria = UInt8(LXW_CONDITIONAL_CRITERIA_EQUAL_TO.rawValue)
        rule.value_string = texts.pointer("\"" + text.replacing("\"", with: "\"\"") + "\"")
        rule.format = format.pointer
        worksheet_conditional_format_range(
            pointer, UInt32(area.firstRow), UInt16(area.firstColumn), UInt32(area.lastRow), UInt16(area.lastColumn),
            &rule)
    }

    /// Sets the print area.
    func print(_ area: Area) {
        worksheet_print_area(
            pointer, UInt32(area.firstRow), UInt16(area.firstColumn), UInt32(area.lastRow), UInt16(area.lastColumn))
    }

    /// Sets up printing: A4 or Letter, one page wide, with title and page numbers, optionally the first row on each page.
    func setUpPrint(title: String, landscape: Bool, repeatsFirstRow: Bool) {
        if landscape { worksheet_set_landscape(pointer) } else { worksheet_set_portrait(pointer) }
        worksheet_set_paper(pointer, 9)
        worksheet_fit_to_pages(pointer, 1, 0)
        worksheet_set_margins(pointer, 0.4, 0.4, 0.7, 0.7)
        if repeatsFirstRow { worksheet_repeat_rows(pointer, 0, 0) }
        worksheet_set_header(pointer, "&L&\"Calibri,Bold\"\(Self.headerText(title))&R&A")
        worksheet_set_footer(pointer, "&LPrinted &D &T&RPage &P of &N")
    }

    /// Text for a page header, cut to fit: the header can have 255 characters, otherwise there is none. An ampersand
    /// begins a code, so it is doubled.
    private static func headerText(_ title: String) -> String {
        var text = ""
        for scalar in XLSXText.outsideCells(title).unicodeScalars {
            let next = scalar == "&" ? "&&" : String(scalar)
            guard text.utf16.count + next.utf16.count <= 200 else { break }
            text += next
        }
        return text
    }
}
