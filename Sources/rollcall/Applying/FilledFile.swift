import Domain
import Foundation
import Hashing
import Readers
import Reports

/// A filled-in review as it was given: its rows, and its bytes for the evidence.
struct FilledFile {
    let path: String
    let bytes: Data
    let rows: [DecidedRow]

    /// Reads a workbook or a CSV.
    ///
    /// - Parameter onRows: told now and then how many rows were read.
    /// - Throws: ``CommandFailure`` with what is wrong with it.
    init(path: String, options: CSVOptions, onRows: @escaping (Int) -> Void = { _ in }) throws {
        self.path = path
        let name = Terminal.plain(path, limit: 1000)
        // Read for its rows, and then for its bytes.
        guard !OrdinaryFile.isStream(path) else {
            throw CommandFailure(
                .nothingSent,
                "\(path == "-" ? "standard input" : name) is no file, and a review is read more than once; save it first; "
                    + "nothing was sent")
        }
        let sentence: String
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
            return
        } catch let error as FilledReviewError {
            sentence = error.sentence
        } catch let error as WorkbookError {
            sentence = error.sentence
        } catch let error as CSVError {
            sentence = error.sentence
        } catch let error as ByteSourceError {
            sentence = error.sentence
        }
        throw CommandFailure(.nothingSent, "\(name) \(sentence); nothing was sent")
    }

    var sha256: String { SHA256Text.of(bytes) }
}
