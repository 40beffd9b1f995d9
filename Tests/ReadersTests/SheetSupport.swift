import Foundation
import TestWorkbooks
import Testing

@testable import Readers

/// What was read of a sheet, up to where the reading stopped.
struct SheetReading: Equatable {
    private(set) var numbers: [Int] = []
    private(set) var hidden: [Int] = []
    private(set) var cells: [[Int: String]] = []
    /// Why it stopped before the end.
    private(set) var fault: PartFault?

    /// Reads the XML whole and in pieces of awkward sizes; the result must not depend on it.
    init(
        of xml: Data, texts: [String] = [], sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) throws {
        try self.init(xml, texts, piece: .max)
        for piece in [1, 2, 3, 7] {
            let other = try SheetReading(xml, texts, piece: piece)
            #expect(other == self, "in pieces of \(piece)", sourceLocation: sourceLocation)
        }
    }

    /// Reads rows between the tags of an ordinary sheet.
    init(
        rows: String, before: String = "", after: String = "", texts: [String] = [],
        sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) throws {
        let sheet = TestWorkbook.sheet(rows, before: before, after: after)
        try self.init(of: Data(sheet.utf8), texts: texts, sourceLocation: sourceLocation)
    }

    private init(_ xml: Data, _ texts: [String], piece: Int) throws {
        var table = SharedStrings()
        for text in texts { table.append(text) }
        do {
            try SheetReader.read(
                { PartReader(name: "s", source: DataByteSource(xml, piece: piece)) }, table
            ) { row in
                numbers.append(row.number)
                if row.isHidden { hidden.append(row.number) }
                cells.append(Dictionary(uniqueKeysWithValues: row.cells.map { ($0.column, $0.text) }))
            }
        } catch WorkbookError.part("s", let fault) {
            self.fault = fault
        }
    }
}

extension TestWorkbook {
    /// Writes the workbook to a file while something looks at it.
    func withFile<Result>(_ look: (String) throws -> Result) throws -> Result {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("book-\(UUID().uuidString).xlsx")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(bytes).write(to: file)
        return try look(file.path)
    }

    /// The texts of each row of the first sheet, or of the one that is named.
    func rows(of sheet: String? = nil) throws -> [[String]] {
        try withFile { path in
            let book = try WorkbookReader(path: path)
            var rows: [[String]] = []
            try book.rows(of: sheet ?? book.sheetNames[0]) { row in rows.append((0..<row.width).map { row[$0] }) }
            return rows
        }
    }
}
