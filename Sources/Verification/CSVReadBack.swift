import Readers

/// A CSV that was written, read once more.
enum CSVReadBack {
    /// Hands over its rows, the header first.
    ///
    /// - Returns: false if it cannot be read to its end.
    static func rows(of path: String, _ body: (CSVRow) -> Void) -> Bool {
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
    /// All of its cells.
    var cells: [String] { (0..<count).map { self[$0] } }
}
