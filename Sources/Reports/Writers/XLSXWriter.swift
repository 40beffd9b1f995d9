import CXlsxWriter
import Domain
import Foundation

/// Writes a workbook for Excel and LibreOffice, with libxlsxwriter in constant-memory mode: *Start here* for people who
/// complete it, *Summary*, one or more sheets for each table, *Completeness check*, *Guide*.
///
/// The sheets with rows to complete are not protected: neither program sorts a protected sheet, and people would remove
/// the protection of all of it. ``RowKeys`` bind each row to its account, so that edits are detected.
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
        if let instructions = report.instructions {
            try StartSheet(title: report.title, instructions: instructions, formats: formats).write(to: book)
        }
        let proof = report.facts.first { $0.key == "population" }
        var summary = SummarySheet(report, formats: formats, decided: decided)
        try summary.write(report.facts.filter { $0.key != "population" }, to: book)
        var written: [String: Int] = [:]
        for sheet in sheets {
            written[sheet.table.id] = try sheet.write(
                to: book, title: report.title, mirrored: mirror(of: sheet, in: sheets))
        }
        let guide = GuideSheets(report: report, formats: formats)
        if let proof { try guide.writeProof(proof, to: book) }
        try guide.writeGuide(to: book)
        try book.close()
        try place.commit()
        return written
    }

    /// For an extract: the formula that shows the entry of the original row.
    private func mirror(of extract: TableSheets, in sheets: [TableSheets]) -> ((Int, Int) -> String)? {
        guard case .extract(let extents) = extract.table.role else { return nil }
        let mirrors = extents.map { extent in
            (extent.rows, Mirror(of: extract, in: sheets.first { $0.table.id == extent.table }))
        }
        return { row, column in
            var original = row
            for (rows, mirror) in mirrors {
                guard original >= rows else { return mirror.formula(at: row, of: original, column) }
                original -= rows
            }
            return Mirror.nothing
        }
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
