import Domain

/// The position of a cell in a sheet.
struct CellReference: Hashable {
    /// Excel's own limits.
    static let rows = 1...1_048_576
    static let columns = 0..<16_384

    /// From 1.
    var row: Int
    /// From 0.
    var column: Int

    init(row: Int, column: Int) { (self.row, self.column) = (row, column) }

    /// Reads `C7`; nil for a text that is not a valid cell.
    init?(_ text: String) {
        var (row, column) = (0, 0)
        for byte in text.utf8 {
            switch byte {
            case 0x41...0x5a where row == 0: column = column * 26 + Int(byte - 0x40)
            case 0x30...0x39 where column > 0 && (row > 0 || byte > 0x30): row = row * 10 + Int(byte - 0x30)
            default: return nil
            }
            guard column <= Self.columns.upperBound, row <= Self.rows.upperBound else { return nil }
        }
        guard column > 0, row > 0 else { return nil }
        self.init(row: row, column: column - 1)
    }

    /// The number of a row; nil for a text that is not a valid row.
    static func row(_ text: String) -> Int? {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(text).flatMap { rows.contains($0) ? $0 : nil }
    }

    /// The form in Excel, for example `C7`.
    var text: String { SheetColumn.letters(column) + "\(row)" }
}
