import Readers

/// Reads the CSV files of an evidence folder.
public enum CSVReadBack {
    /// Passes all rows to `body`, the header first.
    ///
    /// - Returns: false if the file cannot be read completely.
    public static func rows(of path: String, _ body: (CSVRow) -> Void) -> Bool {
        guard let source = try? FileByteSource(path: path),
            var reader = try? CSVReader(source: source, options: CSVOptions())
        else { return false }
        do {
            while let row = try reader.next() { body(row) }
            return true
        } catch {
            return false
        }
    }
}

extension CSVRow {
    /// All cells of the row.
    public var cells: [String] { (0..<count).map { self[$0] } }
}
