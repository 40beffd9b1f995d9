import Domain
import Foundation

/// The content of a completed review.
public struct FilledReview: Sendable {
    /// The rows, in the order of the file.
    public var rows: [DecidedRow] = []
    /// The name of the reviewer, from the cell beside *Your name*; nil if it is empty.
    public var yourName: String?
    /// The sign-off cells.
    public var signOff = CompletedSignOff()
}

/// Reads a completed review from a workbook or CSV, saved by any program.
///
/// Sheets may have been moved, copied, renamed or added, columns moved or hidden, rows sorted. A sheet is a table of the
/// review if one of its first rows contains the names of the columns. Rows of tables that have lost a column are read,
/// too: `ReviewMatch` decides whether they matter.
public struct FilledReviewReader {
    private let file: String
    private let options: CSVOptions

    /// - Parameters:
    ///   - file: the path of the file.
    ///   - options: how to read a CSV.
    public init(file: String, options: CSVOptions = CSVOptions()) {
        self.file = file
        self.options = options
    }

    /// Reads the whole file.
    ///
    /// - Parameter onRow: called after each row with the number of rows so far.
    /// - Throws: ``FilledReviewError``, ``WorkbookError``, ``CSVError``, ``ByteSourceError``, or what `onRow` throws.
    public func read(_ onRow: (Int) throws -> Void = { _ in }) throws -> FilledReview {
        try ForeignFormat.refuseReview(file)
        let isWorkbook = try ListSource.isArchive(file)
        var (review, sheets) = try isWorkbook ? workbook(onRow) : csv(onRow)
        try Self.requireTable(sheets)
        review.rows = PersonDecisions.spread(sheets.flatMap(\.rows))
        if let name = review.yourName {
            for index in review.rows.indices
            where !review.rows[index][.decision].isEmpty && review.rows[index][.reviewer].isEmpty {
                review.rows[index].cells[.reviewer] = name
            }
        }
        return review
    }

    private var name: String { URL(fileURLWithPath: file).lastPathComponent }

    private func workbook(_ onRow: (Int) throws -> Void) throws -> (FilledReview, [FilledSheet]) {
        let book = try WorkbookReader(path: file)
        var sheets: [FilledSheet] = []
        var signs = SignOffCells()
        var count = 0
        for name in book.sheetNames {
            var sheet = FilledSheet(
                file: file, name: name, place: "\(self.name), \(name)", countsFrom1904: book.countsFrom1904)
            let merges = try book.rowsAndMerges(of: name) { row in
                try sheet.take(row)
                if !sheet.isTable { signs.take(row, countsFrom1904: book.countsFrom1904) }
                count += 1
                try onRow(count)
            }
            sheet.mark(merges)
            sheets.append(sheet)
        }
        let tables = Dictionary(
            sheets.compactMap { sheet in sheet.table.map { ((sheet.name ?? "").lowercased(), $0) } },
            uniquingKeysWith: { first, _ in first })
        for index in sheets.indices {
            sheets[index].resolve(tables)
            if book.hiddenSheets.contains(sheets[index].name ?? "") { try sheets[index].markHidden() }
        }
        return (FilledReview(yourName: signs.yourName, signOff: signs.signOff), sheets)
    }

    private func csv(_ onRow: (Int) throws -> Void) throws -> (FilledReview, [FilledSheet]) {
        var reader = try CSVReader(source: FileByteSource(path: file), options: options)
        var sheet = FilledSheet(file: file, name: nil, place: name)
        while let row = try reader.next() {
            try sheet.take(number: row.line, width: row.count) { $0 < row.count ? row[$0] : "" }
            try onRow(sheet.rows.count)
        }
        return (FilledReview(), [sheet])
    }

    /// - Throws: ``FilledReviewError`` if no sheet has all the columns.
    private static func requireTable(_ sheets: [FilledSheet]) throws(FilledReviewError) {
        if sheets.contains(where: { $0.columns?.isComplete == true }) { return }
        for sheet in sheets {
            if let columns = sheet.columns, !sheet.rows.isEmpty {
                throw .noColumns(sheet: sheet.name, missing: columns.missing.map(\.title))
            }
        }
        if let sheet = sheets.first(where: { !$0.rows.isEmpty }) { throw .noTitles(sheet: sheet.name) }
        throw .noReview
    }
}
