import Domain
import Foundation
import Hashing
import Readers
import Reports
import TerminalIO

/// A completed review file: its rows, and its bytes for the evidence folder.
public struct FilledFile {
    let path: String
    let bytes: Data
    /// The rows, in the order of the file, without those of ``otherReviews``.
    public private(set) var rows: [DecidedRow]
    /// The row keys of rows that belong to other reviews, sorted.
    public private(set) var otherReviews: [String] = []

    /// The signatures as the record of a remediation has them; nil if nobody has signed.
    public var recordedSignOff: CompletedSignOff? { signOff.signed.isEmpty ? nil : signOff }
    /// The name in the cell beside *Your name*, which is the reviewer of the rows with a decision that name none; nil
    /// if the cell is empty.
    public let yourName: String?
    /// The sign-off cells.
    public let signOff: CompletedSignOff

    /// Reads a workbook or a CSV file.
    ///
    /// - Parameter onRows: called from time to time with the number of rows read.
    /// - Throws: ``CommandFailure`` if the file cannot be read as a review.
    public init(path: String, options: CSVOptions, onRows: @escaping (Int) -> Void = { _ in }) throws {
        self.path = path
        let name = Terminal.plain(path, limit: 1000)
        // The file is read twice: for its rows, and for its bytes.
        guard !OrdinaryFile.isStream(path) else {
            throw CommandFailure(
                .nothingSent,
                "\(path == "-" ? "standard input" : name) is not a regular file, and a review is read more than once; "
                    + "save it to a file first; nothing was sent")
        }
        do {
            let before = OrdinaryFile.sha256(at: path)
            let review = try FilledReviewReader(file: path, options: options).read { count in
                if ProgressStep.isDue(after: count) { onRows(count) }
            }
            (yourName, signOff) = (review.yourName, review.signOff)
            rows = Self.dated(review.rows, by: path)
            guard let before, let bytes = OrdinaryFile.bytes(at: path), SHA256Text.of(bytes) == before else {
                throw CommandFailure(.nothingSent, "\(name) was changed while it was read;  nothing was sent")
            }
            self.bytes = bytes
        } catch {
            throw CommandFailure.reading(path, error)
        }
    }

    /// Reads a file that was applied before.
    ///
    /// - Throws: as ``init(path:options:onRows:)``.
    public init(_ applied: RemediationRecord.DecisionFile, at path: String, options: CSVOptions) throws {
        self = try FilledFile(path: path, options: options).without(rowsOf: Set(applied.otherReviews ?? []))
    }

    /// What follows the time of a decision that is the time of its file.
    public static let timeOfFile = " (time of the file)"

    /// The rows with the time of the file where a decision has no date, marked as such.
    private static func dated(_ rows: [DecidedRow], by path: String) -> [DecidedRow] {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let time = attributes?[.modificationDate] as? Date else { return rows }
        let text = Timestamp.text(time, toSeconds: true) + timeOfFile
        return rows.map { row in
            guard !row[.decision].isEmpty, row[.decidedAt].isEmpty else { return row }
            var row = row
            row.cells[.decidedAt] = text
            return row
        }
    }

    /// The file without the rows of other reviews.
    ///
    /// - Parameter others: the row keys of those reviews.
    func without(rowsOf others: Set<String>) -> FilledFile {
        var file = self
        file.otherReviews = Set(rows.lazy.map { $0[.rowKey] }.filter(others.contains)).sorted()
        file.rows.removeAll { others.contains($0[.rowKey]) }
        return file
    }

    /// The SHA-256 of the file, 64 hexadecimal characters.
    public var sha256: String { SHA256Text.of(bytes) }
}
