import CXlsxWriter
import Domain
import Foundation
import Testing

@testable import Reports

/// Rows that are spelled here are those that libxlsxwriter would have written: every part of the workbook is the same.
@Suite struct SheetRowsTests {
    private struct Content {
        var rows: [[Cell]]
        /// Columns that show a formula in place of the cell.
        var formulas: [Int: String] = [:]
        /// A height for the header and for the last row.
        var height: Double?
        /// The plain format in place of those of a table.
        var isPlain = false
    }

    private static let day = Date(timeIntervalSince1970: 1_769_850_000.25)

    /// Each text beside each other kind of cell, in turn.
    private static let kinds: [[Cell]] = HostileTexts.all.enumerated().map { place, text in
        let others: [Cell] = [
            .number(place), .number(-place), .number([0, Int.max, Int.min, 1_000_000_000_000_000][place % 4]),
            .time(day), .time(day.addingTimeInterval(Double(place) * 12_345.678)), .flag(place % 2 == 0), .empty,
            .text(""),
        ]
        return [.text(text), others[place % others.count], .text(text), others[place / 3 % others.count]]
    }

    private func write(_ sheets: [Content], directly: Bool, to scratch: Scratch) throws {
        let name = directly ? "direct.xlsx" : "library.xlsx"
        let book = try Workbook(path: scratch.path(name), partial: scratch.path(name))
        book.setProperties(title: "t", author: "a", created: Self.day)
        let formats = WorkbookFormats(book)
        for (number, content) in sheets.enumerated() {
            let sheet = try book.addSheet("Sheet \(number)")
            if let height = content.height { worksheet_set_row(sheet.pointer, 0, height, nil) }
            for column in 0..<4 { sheet.write("Column \(column)", row: 0, column: column, formats.header) }
            let columns: [(format: Format, time: Format)] = (0..<4).map { column in
                if content.isPlain { return (.plain, .plain) }
                return column == 3 ? (formats.entry, formats.entry) : (formats.text, formats.time)
            }
            var direct = SheetRows(sheet, formats: columns, order: Array(0..<4))
            for (place, cells) in content.rows.enumerated() {
                if directly && place < content.rows.count - 1 {
                    direct.write(
                        cells, row: place + 1, formula: content.formulas.isEmpty ? nil : { content.formulas[$0] })
                    continue
                }
                direct.flush()
                if let height = content.height, place == content.rows.count - 1 {
                    worksheet_set_row(sheet.pointer, UInt32(place + 1), height, nil)
                }
                for (column, cell) in cells.enumerated() {
                    let (format, time) = columns[column]
                    if let formula = content.formulas[column] {
                        sheet.write(textFormula: formula, row: place + 1, column: column, format)
                    } else {
                        sheet.write(cell, row: place + 1, column: column, format, time: time)
                    }
                }
            }
        }
        try book.close()
    }

    private func expectSame(_ sheets: [Content]) throws {
        let scratch = try Scratch()
        for directly in [true, false] { try write(sheets, directly: directly, to: scratch) }
        let unzip =
            "for f in direct library; do mkdir $f; (cd $f && unzip -q ../$f.xlsx); done; diff -rq direct library"
        #expect(try scratch.shell(unzip + " && echo same") == "same\n")
        let rows = try scratch.shell("cat direct/xl/worksheets/*.xml | grep -o '<row ' | wc -l")
        #expect(Int(rows.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0 >= sheets.count)
    }

    @Test func `every kind of cell`() throws {
        try expectSame([Content(rows: Self.kinds)])
    }

    @Test func `a second sheet, and formulas in place of cells`() throws {
        try expectSame([
            Content(rows: Array(Self.kinds.prefix(60)), formulas: [3: "='Active users'!D2&\"\"", 1: "A1<>B1&\">\""]),
            Content(rows: Array(Self.kinds.suffix(500))),
        ])
    }

    @Test(arguments: [0, 1, 2, 3])
    func `few rows`(count: Int) throws {
        let rows = Array(Self.kinds.suffix(count))
        try expectSame([Content(rows: rows), Content(rows: rows, formulas: [0: "=1"]), Content(rows: rows)])
    }

    @Test func `a workbook is the same by the library's own functions`() throws {
        #expect(WorkbookLibrary.isAsCompiled)
        let scratch = try Scratch()
        let report = Report.sample(users: HostileTexts.all)
        for (name, isDirect) in [("direct", true), ("library", false)] {
            try XLSXWriter(rowsPerSheet: 50, isDirect: isDirect).write(report, to: scratch.path(name + ".xlsx"))
        }
        let unzip =
            "for f in direct library; do mkdir $f; (cd $f && unzip -q ../$f.xlsx); done; diff -rq direct library"
        #expect(try scratch.shell(unzip + " && echo same") == "same\n")
    }

    @Test func `rows that have a height stand above and below`() throws {
        try expectSame([Content(rows: Array(Self.kinds.prefix(9)), height: 31.5)])
    }

    @Test func `cells without a format`() throws {
        try expectSame([
            Content(rows: Self.kinds + [[.empty, .empty, .empty, .empty]] + Self.kinds.prefix(3), isPlain: true)
        ])
    }

    /// More than the buffer holds, so that it is handed over in the middle of a sheet.
    @Test func `many rows`() throws {
        try expectSame([Content(rows: (0..<3000).map { [.text("Row \($0)"), .number($0), .empty, .flag(true)] })])
    }
}
