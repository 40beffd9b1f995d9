import Foundation

/// Reads the cells of an Excel workbook (.xlsx, ECMA-376) as text, sheet by sheet, row by row.
///
///     let book = try WorkbookReader(path: "review.xlsx")
///     try book.rows(of: "Active users") { row in print(row[1]) }
public final class WorkbookReader {
    /// The names of the sheets, in the order of their tabs.
    public let sheetNames: [String]
    private let archive: ZipArchive
    private let parts: [String: String]
    private let sharedStrings: [String]

    /// Opens a workbook and reads what its sheets have in common.
    ///
    /// - Throws: ``WorkbookError``, also for a sheet that has no part or another's name: its rows would be missed.
    public init(path: String) throws(WorkbookError) {
        archive = try ZipArchive(path: path)
        guard let book = try archive.data("xl/workbook.xml"),
            let relations = try archive.data("xl/_rels/workbook.xml.rels")
        else { throw .notAWorkbook }
        let targets = Dictionary(
            try SheetXML.attributes(of: "Relationship", in: relations, part: "xl/_rels/workbook.xml.rels")
                .compactMap { entry in entry["Id"].flatMap { id in entry["Target"].map { (id, $0) } } },
            uniquingKeysWith: { first, _ in first })
        var names: [String] = []
        var parts: [String: String] = [:]
        for sheet in try SheetXML.attributes(of: "sheet", in: book, part: "xl/workbook.xml") {
            // The prefix is the writing program's choice; a sheet's own number, sheetId, has none.
            let relation = sheet.first { $0.key.hasSuffix(":id") }?.value
            guard let name = sheet["name"], let target = relation.flatMap({ targets[$0] }), parts[name] == nil else {
                throw .damaged(part: "xl/workbook.xml")
            }
            names.append(name)
            parts[name] = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
        }
        sheetNames = names
        self.parts = parts
        sharedStrings =
            try archive.data("xl/sharedStrings.xml").map { data throws(WorkbookError) in
                try SheetXML.sharedStrings(in: data)
            } ?? []
    }

    /// Hands over every row of a sheet that has cells.
    ///
    /// - Throws: ``WorkbookError``, or what `body` throws.
    public func rows(of sheet: String, _ body: @escaping (WorkbookRow) throws -> Void) throws {
        guard let part = parts[sheet], let data = try archive.data(part) else {
            throw WorkbookError.damaged(part: sheet)
        }
        try SheetXML.rows(in: data, part: part, sharedStrings: sharedStrings, body)
    }
}

/// One row of a sheet.
public struct WorkbookRow: Sendable {
    /// As Excel shows it, from 1.
    public var number: Int
    /// Whether a filter, or somebody, has hidden it.
    public var isHidden = false
    var cells: [Int: String] = [:]

    /// The text of a cell, columns counted from 0; empty for one that is not there. Numbers and dates are text as the
    /// file has it: a date is a number of days.
    public subscript(column: Int) -> String { cells[column] ?? "" }

    /// One more than the last column that has a cell.
    public var width: Int { (cells.keys.max() ?? -1) + 1 }
}
