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
