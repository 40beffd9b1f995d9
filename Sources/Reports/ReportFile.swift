import Domain
import Foundation

/// The path of a report, and the format that its extension selects.
public struct ReportFile: Sendable {
    /// The path of the file.
    public let path: String
    /// The format of the file.
    public let format: ReportFormat
    /// The options of the formats.
    public var options = Options()

    /// The options of the formats.
    public struct Options: Sendable {
        /// Whether CSV files start with a byte order mark, so that Excel reads UTF-8.
        public var csvForExcel = false
        /// A folder with templates that replace those of the program; nil for none.
        public var templates: String?

        /// Creates the default options.
        public init() {}
    }

    /// Creates a report file; nil if the extension names no format.
    public init?(path: String, options: Options = Options()) {
        guard let format = ReportFormat(path: path) else { return nil }
        self.init(path: path, format: format, options: options)
    }

    /// A file in a format, whatever its extension is.
    public init(path: String, format: ReportFormat, options: Options = Options()) {
        self.path = path
        self.format = format
        self.options = options
    }

    /// Checks that the file can be written. No file is left behind.
    ///
    /// - Throws: ``WriteFailure`` if the folder does not exist, is not writable, or the path is a folder.
    public func probe() throws(WriteFailure) {
        if FileStatus(path: path)?.kind == .folder {
            throw WriteFailure(path: path, reason: String(cString: strerror(EISDIR)))
        }
        _ = try PartialFile(path: path)
    }

    /// Writes the report. The file appears under its name only when it is complete.
    ///
    /// - Parameter onRows: called from time to time with the number of rows written, of all tables.
    /// - Returns: the number of rows written of each table, by its id.
    /// - Throws: ``WriteFailure``, ``RowCountMismatch``, or errors of the report's tables.
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
