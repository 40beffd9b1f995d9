import Domain
import Foundation

/// Why a file is not a completed review.
public enum FilledReviewError: ReadingError, Hashable, Sendable {
    /// No sheet, or not the first row of the CSV, has the columns of a review.
    case noReview
    /// Two columns have the same name.
    case twoColumns(String)
    /// A sheet with decisions is hidden.
    case hiddenSheet(String)

    /// What is wrong; follows the name of the file.
    public var sentence: String {
        switch self {
        case .noReview:
            "is not a review exported by rollcall: the columns \"Email\", \"Decision\" and \"Row key\" are missing"
        case .twoColumns(let name):
            "has two columns named \"\(Terminal.plain(name, limit: 60))\"; remove one of them"
        case .hiddenSheet(let name):
            "has decisions in the hidden sheet \"\(Terminal.plain(name, limit: 60))\"; unhide the sheet and check "
                + "them, or delete it"
        }
    }
}

/// Reads a completed review from a workbook or CSV, saved by any program.
///
/// Sheets may have been moved or added, columns moved or hidden, rows sorted. A sheet is read if one of its first rows
/// contains the names of the columns; other sheets are ignored.
public struct FilledReviewReader {
    /// The maximum number of rows above the names of the columns.
    private static let headroom = 20

    private let file: String
    private let options: CSVOptions

    /// - Parameters:
    ///   - file: the path of the file.
    ///   - options: how to read a CSV.
    public init(file: String, options: CSVOptions = CSVOptions()) {
        self.file = file
        self.options = options
    }

    /// Passes every row that is not empty to `body`.
    ///
    /// - Throws: ``FilledReviewError``, ``WorkbookError``, ``CSVError``, ``ByteSourceError``, or what `body` throws.
    public func rows(_ body: (DecidedRow) throws -> Void) throws {
        if try ListSource.isArchive(file) {
            try workbookRows(body)
        } else {
            try csvRows(body)
        }
    }

    private var name: String { URL(fileURLWithPath: file).lastPathComponent }

    private func workbookRows(_ body: (DecidedRow) throws -> Void) throws {
        let book = try WorkbookReader(path: file)
        var isReview = false
        for sheet in book.sheetNames {
            var columns: ReviewColumns?
            let place = "\(name), \(sheet)"
            do {
                try book.rows(of: sheet) { row in
                    guard let columns else {
                        guard row.number <= Self.headroom else { throw Skip() }
                        columns = try ReviewColumns((0..<row.width).map { row[$0] })
                        return
                    }
                    guard let decided = columns.row({ row[$0] }, file: file, place: place, number: row.number)
                    else { return }
                    if book.hiddenSheets.contains(sheet), decided.cells[.decision]?.isEmpty == false {
                        throw FilledReviewError.hiddenSheet(sheet)
                    }
                    try body(decided)
                }
            } catch is Skip {}
            isReview = isReview || columns != nil
        }
        guard isReview else { throw FilledReviewError.noReview }
    }

    /// Stops reading a sheet that does not belong to the review.
    private struct Skip: Error {}

    private func csvRows(_ body: (DecidedRow) throws -> Void) throws {
        var reader = try CSVReader(source: FileByteSource(path: file), options: options)
        guard let first = try reader.next(), let columns = try ReviewColumns((0..<first.count).map { first[$0] })
        else { throw FilledReviewError.noReview }
        while let row = try reader.next() {
            let cell = { (column: Int) in column < row.count ? row[column] : "" }
            if let row = columns.row(cell, file: file, place: name, number: row.line) { try body(row) }
        }
    }
}

/// The columns of a completed review.
private struct ReviewColumns {
    private var places: [DecidedRow.Field: Int] = [:]

    /// The column names in the workbook; the CSV uses the names of the fields.
    private static let titles: [String: DecidedRow.Field] = {
        var titles = Dictionary(uniqueKeysWithValues: DecidedRow.Field.allCases.map { ($0.rawValue.lowercased(), $0) })
        titles["invitestatus"] = .status
        return titles
    }()

    /// Reads a row of names; nil if it is not one.
    init?(_ cells: [String]) throws(FilledReviewError) {
        var second: String?
        for (place, cell) in cells.enumerated() {
            guard let field = Self.titles[ListText.letters(cell)] else { continue }
            if places[field] != nil { second = cell }
            places[field] = place
        }
        guard places[.email] != nil, places[.decision] != nil, places[.rowKey] != nil else { return nil }
        if let second { throw .twoColumns(second) }
    }

    /// A row; nil if all cells of these columns are empty.
    func row(_ cell: (Int) -> String, file: String, place: String, number: Int) -> DecidedRow? {
        let found = places.mapValues { EmailAddress.trimmed(FileText.held(cell($0))) }
        guard found.values.contains(where: { !$0.isEmpty }) else { return nil }
        return DecidedRow(file: file, place: place, row: number, cells: found)
    }
}
