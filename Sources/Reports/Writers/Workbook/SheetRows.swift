import CXlsxWriter
import Domain
import Foundation

/// Writes rows of one sheet directly into the temporary file of libxlsxwriter: the same bytes that the library would
/// write, but without a heap copy of each text and a formatted print for each cell.
///
/// The library must write the row above and the row below, so that it knows the dimensions of the sheet and none of its
/// fields need to be set. `SheetRowsTests` compares both ways of writing.
struct SheetRows: ~Copyable {
    private let sheet: UnsafeMutablePointer<lxw_worksheet>
    private var columns: [ColumnSpelling]
    /// The index of the cell of each column.
    private let order: [Int]
    private var bytes = RowBytes(capacity: bufferSize + (1 << 14))
    private var isBegun = false

    private static let bufferSize = 1 << 17

    /// Creates the writer for a sheet.
    ///
    /// - Parameters:
    ///   - formats: the formats of each column, for text and for times.
    ///   - order: the index of the cell of each column in the cells of a row.
    init(_ sheet: Sheet, formats: [(format: Format, time: Format)], order: [Int]) {
        self.sheet = sheet.pointer
        self.order = order
        columns = formats.enumerated().map { ColumnSpelling($0, format: $1.format, time: $1.time) }
    }

    /// Appends a row.
    ///
    /// - Parameters:
    ///   - row: the index of the row, from 0; greater than that of the last row.
    ///   - lines: the number of lines for which the row is high enough.
    ///   - formula: the formula for a column, in place of the cell; nil for the cell.
    mutating func write(_ cells: [Cell], row: Int, lines: Int = 1, formula: ((_ column: Int) -> String?)?) {
        if !isBegun {
            // The library has not written the row above yet.
            lxw_worksheet_write_single_row(sheet)
            isBegun = true
        }
        let number = Array(String(row + 1).utf8)
        let start = bytes.count
        bytes.append("<row r=\"")
        bytes.append(number)
        bytes.append("\"")
        if lines > 1 {
            bytes.append(text: " ht=\"\(Int(Sheet.height(of: lines)))\" customHeight=\"1\"")
        }
        bytes.append(">")
        let empty = bytes.count
        for (place, source) in order.enumerated() {
            if let formula = formula?(place) {
                columns[place].append(formula: formula, number, to: &bytes)
            } else {
                columns[place].append(cells[source], number, to: &bytes)
            }
        }
        if bytes.count == empty {
            // Like the library, this leaves out rows without cells.
            bytes.removeLast(empty - start)
        } else {
            bytes.append("</row>")
        }
        if bytes.count >= Self.bufferSize { flush() }
    }

    /// Writes the buffer to the file. Call it before the library writes the row below.
    ///
    /// Errors stay in the state of the file, which the workbook checks when it is closed.
    mutating func flush() {
        guard let file = sheet.pointee.optimize_tmpfile else { return }
        bytes.withBytes { _ = fwrite($0.baseAddress, 1, $0.count, file) }
        bytes.removeAll()
    }
}
