import CXlsxWriter
import Domain
import Foundation

/// Rows of one sheet, spelled here and put straight into the temporary file where libxlsxwriter keeps them: what its
/// own functions would have written for the same cells, byte for byte, without a copy of each text on the heap and a
/// formatted print for each cell.
///
/// The library has to have written the row above these, and has to write the one below: so it knows the dimensions of
/// the sheet, and no field of its own has to be set. `SheetRowsTests` holds both ways of writing against each other.
struct SheetRows: ~Copyable {
    private let sheet: UnsafeMutablePointer<lxw_worksheet>
    private var columns: [ColumnSpelling]
    private var bytes = RowBytes(capacity: bufferSize + (1 << 14))
    private var isBegun = false

    private static let bufferSize = 1 << 17

    /// Rows of a sheet.
    ///
    /// - Parameter formats: of each column, for text and for moments.
    init(_ sheet: Sheet, formats: [(format: Format, time: Format)]) {
        self.sheet = sheet.pointer
        columns = formats.enumerated().map { ColumnSpelling($0, format: $1.format, time: $1.time) }
    }

    /// Adds a row.
    ///
    /// - Parameters:
    ///   - row: its number, counted from 0; above the last one that was written.
    ///   - formula: the formula that stands in a column in place of the cell; nil for the cell.
    mutating func write(_ cells: [Cell], row: Int, formula: ((_ column: Int) -> String?)?) {
        if !isBegun {
            // The row above is still in the library's hands.
            lxw_worksheet_write_single_row(sheet)
            isBegun = true
        }
        let number = Array(String(row + 1).utf8)
        let start = bytes.count
        bytes.append("<row r=\"")
        bytes.append(number)
        bytes.append("\">")
        let empty = bytes.count
        for (place, cell) in cells.enumerated() {
            if let formula = formula?(place) {
                columns[place].append(formula: formula, number, to: &bytes)
            } else {
                columns[place].append(cell, number, to: &bytes)
            }
        }
        if bytes.count == empty {
            // The library leaves rows without cells out.
            bytes.removeLast(empty - start)
        } else {
            bytes.append("</row>")
        }
        if bytes.count >= Self.bufferSize { flush() }
    }

    /// Hands over what is not in the file yet; to be called before the library writes the row below.
    ///
    /// A failure stays with the file, where the workbook looks for it when it is closed.
    mutating func flush() {
        guard let file = sheet.pointee.optimize_tmpfile else { return }
        bytes.withBytes { _ = fwrite($0.baseAddress, 1, $0.count, file) }
        bytes.removeAll()
    }
}
