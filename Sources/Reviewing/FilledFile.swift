import Domain
import Foundation
import Hashing
import Readers
import Reports
import TerminalIO

/// A filled-in review as it was given: its rows, and its bytes for the evidence.
public struct FilledFile {
    let path: String
    let bytes: Data
    /// In the order of the file.
    public let rows: [DecidedRow]

    /// Reads a workbook or a CSV.
    ///
    /// - Parameter onRows: told now and then how many rows were read.
    /// - Throws: ``CommandFailure`` with what is wrong with it.
    public init(path: String, options: CSVOptions, onRows: @escaping (Int) -> Void = { _ in }) throws {
        self.path = path
        let name = Terminal.plain(path, limit: 1000)
        // Read for its rows, and then for its bytes.
        guard !OrdinaryFile.isStream(path) else {
            throw CommandFailure(
                .nothingSent,
                "\(path == "-" ? "standard input" : name) is not a file, and a review is read more than once; save it to a file first; "
                    + "nothing was sent")
        }
        do {
            let before = OrdinaryFile.sha256(at: path)
            var rows: [DecidedRow] = []
            try FilledReviewReader(file: path, options: options).rows { row in
                rows.append(row)
                if ProgressStep.isDue(after: rows.count) { onRows(rows.count) }
            }
            self.rows = rows
            guard let before, let bytes = OrdinaryFile.bytes(at: path), SHA256Text.of(bytes) == before else {
                throw CommandFailure(.nothingSent, "\(name) was changed while it was read; nothing was sent")
            }
            self.bytes = bytes
        } catch {
            throw CommandFailure.reading(path, error)
        }
    }

    /// The SHA-256 of its bytes, 64 hexadecimal characters.
    public var sha256: String { SHA256Text.of(bytes) }
}
