import CXlsxWriter
import Domain
import Foundation

/// Writes the first sheet: title, facts, counts, running totals of the decisions, sign-off.
struct SummarySheet {
    let report: Report
    let formats: WorkbookFormats
    /// The tables whose decisions are counted.
    let decided: [TableSheets]
    private var row = 0
    /// Of the columns, in characters.
    private static let widths = [40, 46, 18, 30]

    init(_ report: Report, formats: WorkbookFormats, decided: [TableSheets]) {
        self.report = report
        self.formats = formats
        self.decided = decided
    }

    /// Writes the sheet.
    ///
    /// - Parameter groups: the fact groups for this sheet.
    mutating func write(_ groups: [FactGroup], to book: Workbook) throws {
        let sheet = try book.addSheet("Summary")
        sheet.setWidths(Self.widths)
        sheet.setUpPrint(title: report.title, landscape: false, repeatsFirstRow: false)
        sheet.protect()
        worksheet_set_row(sheet.pointer, UInt32(row), 24, nil)
        sheet.write(report.title, row: row, column: 0, formats.title)
        row += 1
        let time = Timestamp.text(report.time, toSeconds: true)
        sheet.write("As of \(time). Times are in UTC.", row: row, column: 0, formats.label)
        row += 1
        for warning in report.warnings {
            row += 1
            sheet.setHeight(row: row, for: [(warning, 100)])
            worksheet_merge_range(
                sheet.pointer, UInt32(row), 0, UInt32(row), 3, XLSXText.cell("⚠ " + warning), formats.warning.pointer)
        }
        for group in groups { write(group, to: sheet) }
        for tally in report.tallies { write(tally, to: sheet, of: book) }
        if !decided.isEmpty { writeBalance(to: sheet) }
        if let signOff = report.signOff { write(signOff, to: sheet) }
    }

    private mutating func heading(_ text: String, on sheet: Sheet, columns: Int = 2) {
        row += 1
        sheet.write(text, row: row, column: 0, formats.heading)
        for column in 1..<columns { sheet.write("", row: row, column: column, formats.heading) }
        row += 1
    }

    mutating func write(_ group: FactGroup, to sheet: Sheet) {
        heading(group.title, on: sheet)
        for fact in group.known {
            sheet.setHeight(row: row, for: [(fact.title, Self.widths[0]), (fact.value.text, Self.widths[1])])
            sheet.write(fact.title, row: row, column: 0, formats.wrappedLabel)
            sheet.write(fact.value, row: row, column: 1, format(of: fact.value), time: formats.valueTime)
            row += 1
        }
    }

    private func format(of cell: Cell) -> Format {
        if case .number = cell { return formats.number }
        return formats.value
    }

    private mutating func write(_ tally: Tally, to sheet: Sheet, of book: Workbook) {
        heading(tally.title, on: sheet)
        let first = row
        for (label, count) in tally.counts {
            sheet.write(label, row: row, column: 0, formats.label)
            sheet.write(.number(count), row: row, column: 1, formats.number, time: .plain)
            row += 1
        }
        if tally.isCharted, let chart = book.barChart(), row > first {
            let series = chart_add_series(
                chart, "=Summary!$A$\(first + 1):$A$\(row)", "=Summary!$B$\(first + 1):$B$\(row)")
            chart_series_set_labels(series)
            chart_title_set_name(chart, tally.title)
            chart_legend_set_position(chart, UInt8(LXW_CHART_LEGEND_NONE.rawValue))
            // Reversed, because the first bar would be at the bottom. Each bar has its number, so it needs no axis.
            chart_axis_set_reverse(chart.pointee.y_axis)
            chart_axis_major_gridlines_set_visible(chart.pointee.x_axis, 0)
            chart_axis_off(chart.pointee.x_axis)
            worksheet_insert_chart(sheet.pointer, UInt32(first), 3, chart)
        }
        sheet.write("Total", row: row, column: 0, formats.label)
        let total =
            row > first ? "=SUM(B\(first + 1):B\(row))" : "=0"
        sheet.write(formula: total, value: Double(tally.total), row: row, column: 1, formats.number)
        row += 1
    }

    /// Writes running totals of the decisions. They are formulas, so that they are current while reviewers decide.
    private mutating func writeBalance(to sheet: Sheet) {
        heading("Decisions", on: sheet)
        let first = row
        let areas = decided.flatMap { sheets in
            sheets.columns.firstIndex(where: \.isDecision).map(sheets.areas) ?? []
        }
        let offered = decided.flatMap(\.table.columns).flatMap { column -> [Decision] in
            if case .decision(let decisions) = column.entry { decisions } else { [] }
        }
        for decision in Decision.allCases where offered.contains(decision) {
            let counts = areas.map { "COUNTIF(\($0),\"\(decision.rawValue)\")" }
            sheet.write(decision.rawValue, row: row, column: 0, formats.label)
            sheet.write(
                formula: "=" + (counts.isEmpty ? "0" : counts.joined(separator: "+")), value: 0, row: row, column: 1,
                formats.number)
            row += 1
        }
        let total = decided.reduce(0) { $0 + $1.table.count }
        sheet.write("Not reviewed", row: row, column: 0, formats.label)
        sheet.write(
            formula: "=B\(row + 2)-SUM(B\(first + 1):B\(row))", value: Double(total), row: row, column: 1,
            formats.number)
        row += 1
        sheet.write("All accounts", row: row, column: 0, formats.label)
        sheet.write(.number(total), row: row, column: 1, formats.number, time: .plain)
        row += 1
    }

    private mutating func write(_ signOff: SignOff, to sheet: Sheet) {
        heading("Sign-off", on: sheet, columns: 4)
        for (place, name) in ["Role", "Name", "Date", "Signature"].enumerated() {
            sheet.write(name, row: row, column: place, formats.label)
        }
        row += 1
        let people = [
            ("Prepared by", signOff.preparer), ("Reviewed by", signOff.reviewer),
            ("Approved by (must not be the reviewer)", signOff.approver),
        ]
        for (role, name) in people {
            worksheet_set_row(sheet.pointer, UInt32(row), 26, nil)
            sheet.write(role, row: row, column: 0, formats.wrappedLabel)
            sheet.write(Cell(name), row: row, column: 1, formats.entry, time: formats.entry)
            sheet.write(.empty, row: row, column: 2, formats.entry, time: formats.entry)
            sheet.write(.empty, row: row, column: 3, formats.entry, time: formats.entry)
            row += 1
        }
    }
}
