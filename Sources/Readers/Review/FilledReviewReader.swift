import Domain
import Foundation

/// Why a file is no filled-in review.
public enum FilledReviewError: ReadingError, Hashable, Sendable {
    /// No sheet, or not the file's first row, has the columns of a review.
    case noReview
    /// Two columns have the same name.
    case twoColumns(String)
    /// A sheet with decisions is hidden.
    case hiddenSheet(String)

    /// What is wrong, ready to follow the file's name.
    public var sentence: String {
        switch self {
        case .noReview:
            "is no review of rollcall's: it has no columns \"Email\", \"Decision\" and \"Row key\" beside each other"
        case .twoColumns(let name):
            "has two columns named \"\(Terminal.plain(name, limit: 60))\"; take one of them away"
        case .hiddenSheet(let name):
            "has decisions in \"\(Terminal.plain(name, limit: 60))\", a hidden sheet; show the sheet and check them, or "
                + "delete it"
        }
    }
}

/// Reads the workbook or the CSV of a review after people have filled it in, whatever program has saved it.
///
/// Sheets may have been moved or added, columns moved or hidden, rows sorted. A sheet is read if one of its first rows
/// has the names of the columns; the others are somebody's notes.
public struct FilledReviewReader {
    /// How many rows above the names of the columns are passed over.
    private static let headroom = 20

    private let file: String
    private let options: CSVOptions

    /// - Parameters:
    ///   - file: its path.
    ///   - options: how to read a CSV.
    public init(file: String, options: CSVOptions = CSVOptions()) {
        self.file = file
        self.options = options
    }

    /// Hands over every row that is not empty.
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

    /// Ends the reading of a sheet that is not one of the review's.
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

/// Which column of a filled-in review holds what.
private struct ReviewColumns {
    private var places: [DecidedRow.Field: Int] = [:]

    /// The names that the workbook gives its columns; the CSV has the fields' own.
    private static let titles: [String: DecidedRow.Field] = {
        var titles = Dictionary(uniqueKeysWithValues: DecidedRow.Field.allCases.map { ($0.rawValue.lowercased(), $0) })
        titles["invitestatus"] = .status
        return titles
    }()

    /// Reads a row of names; nil if it is none.
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

    /// A row; nil if none of its cells that matter has text.
    func row(_ cell: (Int) -> String, file: String, place: String, number: Int) -> DecidedRow? {
        let found = places.mapValues { EmailAddress.trimmed(FileText.held(cell($0))) }
        guard found.values.contains(where: { !$0.isEmpty }) else { return nil }
        return DecidedRow(file: file, place: place, row: number, cells: found)
    }
}
