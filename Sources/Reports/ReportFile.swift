import Domain
import Foundation

/// A place for a report, and the format that its extension asks for.
public struct ReportFile: Sendable {
    /// Where it goes.
    public let path: String
    /// How it is spelled.
    public let format: ReportFormat
    /// What the formats can be told.
    public var options = Options()

    /// What the formats can be told.
    public struct Options: Sendable {
        /// Start CSV files with a byte order mark, so that Excel reads UTF-8.
        public var csvForExcel = false
        /// A folder whose templates replace those of the page; nil for the program's own.
        public var templates: String?

        /// The usual.
        public init() {}
    }

    /// A place whose extension names a format; nil if it names none.
    public init?(path: String, options: Options = Options()) {
        guard let format = ReportFormat(path: path) else { return nil }
        self.path = path
        self.format = format
        self.options = options
    }

    /// Finds out whether the file could be written, before anything depends on it. Nothing is left behind.
    ///
    /// - Throws: ``WriteFailure``: no such folder, no permission, a folder of that name.
    public func probe() throws(WriteFailure) {
        if FileStatus(path: path)?.kind == .folder {
            throw WriteFailure(path: path, reason: String(cString: strerror(EISDIR)))
        }
        _ = try PartialFile(path: path)
    }

    /// Writes the report. The file appears under its name only when it is complete.
    ///
    /// - Parameter onRows: told now and then how many rows of all tables were written.
    /// - Returns: how many rows of each table were written, by the table's id.
    /// - Throws: ``WriteFailure``, ``RowCountMismatch``, or what the report's tables throw.
    @discardableResult
    public func write(_ report: Report, onRows: ((Int) -> Void)? = nil) throws -> [String: Int] {
        let writer: any ReportWriter =
            switch format {
            case .csv: CSVWriter(hasByteOrderMark: options.csvForExcel)
            case .json: JSONWriter()
            case .xlsx: XLSXWriter()
            case .html: HTMLWriter(templates: options.templates)
            case .md: MarkdownWriter()
            }
        var report = report
        if let onRows {
            var before = 0
            for place in report.tables.indices {
                report.tables[place].onRows = { [before] in onRows(before + $0) }
                before += report.tables[place].count
            }
        }
        return try writer.write(report, to: path)
    }
}
