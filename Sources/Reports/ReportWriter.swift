import Domain

/// A writer for one format. The file appears under its name only when it is complete.
protocol ReportWriter {
    /// Writes the whole report to a new file.
    ///
    /// - Parameter path: the path at which the file appears; an existing file is replaced only when the new one is
    ///   complete.
    /// - Returns: the number of rows written of each table in this format, by its id, counted during writing.
    /// - Throws: ``WriteFailure``, ``RowCountMismatch``, or errors of the tables.
    @discardableResult
    func write(_ report: Report, to path: String) throws -> [String: Int]
}

extension Table {
    /// Passes every row to `body` and counts the rows.
    ///
    /// - Throws: ``RowCountMismatch`` if their number differs from ``count``, and errors of `body`.
    func counted(_ body: ([Cell]) throws -> Void) throws -> Int {
        var written = 0
        try rows { cells in
            try body(cells)
            written += 1
            if ProgressStep.isDue(after: written) { onRows?(written) }
        }
        guard written == count else { throw RowCountMismatch(table: title, promised: count, written: written) }
        return written
    }
}
