import Domain

/// One format. What it writes appears under its name only when it is complete.
protocol ReportWriter {
    /// Writes the whole report to a new file.
    ///
    /// - Parameter path: where the file will appear; an earlier one stays as it was until then.
    /// - Returns: how many rows were written of each table that the format holds, by the table's id, counted while
    ///   they were written.
    /// - Throws: ``WriteFailure``, ``RowCountMismatch``, or what the tables throw.
    @discardableResult
    func write(_ report: Report, to path: String) throws -> [String: Int]
}

extension Table {
    /// Hands over every row and counts them.
    ///
    /// - Throws: ``RowCountMismatch`` if there are more or fewer than were promised, and what `body` throws.
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
