import CXlsxWriter
import Domain
import Foundation

/// Writes a workbook for Excel and LibreOffice, with libxlsxwriter in constant-memory mode: *Summary*, one or more
/// sheets for each table, *Completeness check*, *Guide*.
struct XLSXWriter: ReportWriter {
    /// The maximum number of rows of a table on one sheet: the 1,048,576 of Excel less the header.
    var rowsPerSheet = 1_048_575
    /// Whether rows are written directly into the file of the library (``SheetRows``).
    var isDirect = WorkbookLibrary.isAsCompiled

    @discardableResult
    func write(_ report: Report, to path: String) throws -> [String: Int] {
        let place = try PartialFile(path: path)
        let book = try Workbook(path: path, partial: place.descriptorPath)
        let formats = WorkbookFormats(book)
        let sheets = report.tables.map {
            TableSheets(table: $0, rowsPerSheet: rowsPerSheet, formats: formats, isDirect: isDirect)
        }
        let decided = sheets.filter { sheets in
            sheets.table.role == .population && sheets.table.columns.contains(where: \.isDecision)
        }
        book.setProperties(title: report.title, author: report.signOff?.preparer ?? "", created: report.time)
        let proof = report.facts.first { $0.key == "population" }
        var summary = SummarySheet(report, formats: formats, decided: decided)
        try summary.write(report.facts.filter { $0.key != "population" }, to: book)
        var written: [String: Int] = [:]
        for sheet in sheets {
            written[sheet.table.id] = try sheet.write(
                to: book, title: report.title, isLocked: !decided.isEmpty, mirrored: mirror(of: sheet.table, in: sheets)
            )
        }
        let guide = GuideSheets(report: report, formats: formats)
        if let proof { try guide.writeProof(proof, to: book) }
        try guide.writeGuide(to: book)
        try book.close()
        try place.commit()
        return written
    }

    /// For an extract: the formula that shows the entry of the original row.
    private func mirror(of table: Table, in sheets: [TableSheets]) -> ((Int, Int) -> String)? {
        guard case .extract(let extents) = table.role else { return nil }
        return { row, column in
            var row = row
            for extent in extents {
                guard row >= extent.rows else {
                    return Self.mirror(row, table.columns[column].key, of: sheets.first { $0.table.id == extent.table })
                }
                row -= extent.rows
            }
            return "=\"\""
        }
    }

    private static func mirror(_ row: Int, _ key: String, of sheets: TableSheets?) -> String {
        guard let sheets, let column = sheets.table.columns.firstIndex(where: { $0.key == key }) else { return "=\"\"" }
        let name = SheetName.inFormula(sheets.names[row / sheets.rowsPerSheet])
        // Concatenated with an empty text, so that an empty cell is not shown as 0.
        return "=\(name)!\(SheetName.column(column))\(row % sheets.rowsPerSheet + 2)&\"\""
    }
}

/// The library that writes workbooks.
public enum WorkbookLibrary {
    /// The version, for example `1.1.4`.
    public static var version: String { String(cString: lxw_version()) }

    /// Whether the loaded library has the version with which this program was compiled. Only then can ``SheetRows``
    /// bypass its functions: another version may store rows elsewhere or in another form.
    static var isAsCompiled: Bool { Int32(lxw_version_id()) == LXW_VERSION_ID }
}
