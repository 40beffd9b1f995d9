import Domain
import Foundation

/// What a results file says of each row: the columns, in their order, and their cells.
public enum ResultsReport {
    /// `line,operation,email,uid,accountType,outcome,reason,attempts,startedAt,finishedAt`
    public static let columns = [
        "line", "operation", "email", "uid", "accountType", "outcome", "reason", "attempts", "startedAt", "finishedAt",
    ]

    /// The cells of one row, as many as there are columns.
    public static func cells(of row: ResultRow) -> [Cell] {
        [
            .number(row.line), .text(row.kind.rawValue), .text(row.email), row.uid.isEmpty ? .empty : .text(row.uid),
            .text(row.accountType), .text(row.outcome.kind.rawValue), row.outcome.reason.map(Cell.text) ?? .empty,
            .number(row.attempts), row.startedAt.map(Cell.time) ?? .empty, row.finishedAt.map(Cell.time) ?? .empty,
        ]
    }
}

/// A format that a results file can have, chosen by its extension.
public enum ResultsFormat: String, Sendable, CaseIterable {
    case csv, json

    /// The format of a path; nil if its extension names none.
    public init?(path: String) {
        self.init(rawValue: (path as NSString).pathExtension.lowercased())
    }
}

/// Writes a run's results to a file.
public struct ResultsFile {
    /// Where it goes.
    public let path: String
    /// How it is spelled.
    public let format: ResultsFormat

    /// Takes a place.
    public init(path: String, format: ResultsFormat) {
        self.path = path
        self.format = format
    }

    /// Finds out whether the file could be written, before anything depends on it. Nothing is left behind.
    ///
    /// - Throws: ``WriteFailure``: no such folder, no permission, a folder of that name.
    public func probe() throws(WriteFailure) {
        var status = stat()
        if stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR {
            throw WriteFailure(path: path, reason: String(cString: strerror(EISDIR)))
        }
        _ = try AtomicFile(path: path)
    }

    /// Writes every row that `rows` hands over; the file appears only if none of it failed.
    ///
    /// - Parameter rows: calls its argument once a row, in the order of the input.
    /// - Returns: how many rows of each outcome were written, counted while they were.
    /// - Throws: ``WriteFailure``, or what `rows` throws.
    public func write(
        _ run: RunRecord, rows: ((ResultRow) throws -> Void) throws -> Void
    ) throws -> [Outcome.Kind: Int] {
        var counts: [Outcome.Kind: Int] = [:]
        let file = try AtomicFile(path: path)
        var writer: any ResultsWriter =
            switch format {
            case .csv: ResultsCSVWriter()
            case .json: ResultsJSONWriter()
            }
        try file.write(try writer.head(of: run))
        try rows { row in
            try file.write(try writer.line(for: row))
            counts[row.outcome.kind, default: 0] += 1
        }
        try file.write(try writer.foot(counts: counts))
        try file.commit()
        return counts
    }
}

/// One format: text before the rows, for each row, and after them.
protocol ResultsWriter {
    mutating func head(of run: RunRecord) throws -> String
    mutating func line(for row: ResultRow) throws -> String
    mutating func foot(counts: [Outcome.Kind: Int]) throws -> String
}
