import Domain
import Foundation
import Readers
import Reports
import TerminalIO

/// A list of people whose header has been read.
struct PeopleList {
    private var reader: PeopleReader
    let digest: HashingSource<FileByteSource>.Digest
    /// The sheet of the workbook; nil for a CSV file.
    let sheet: String?
    /// How many rows have been read, those included that a filter excludes.
    private(set) var rowCount = 0
    /// The progress of reading.
    private let counter: StageCounter

    /// The columns of the list.
    var columns: ListColumns { reader.columns }

    /// Reads the beginning of a list.
    ///
    /// - Throws: ``CommandFailure`` for a file that is not a list, or may not be one.
    init(path: String, options: ListOptions, console: Console) throws {
        digest = HashingSource<FileByteSource>.Digest()
        do {
            var bytes = HashingSource(try FileByteSource(path: path), digest: digest)
            if !OrdinaryFile.isStream(path), try ListSource.isWorkbook(path) {
                // The reader opens the parts of the archive in its own order, so the file is hashed separately.
                var piece = [UInt8](repeating: 0, count: 1 << 16)
                while try piece.withUnsafeMutableBytes({ try bytes.read(into: $0) }) > 0 {}
                let source = try ListSource(workbook: path, options)
                if case .sheet(_, let name) = source { sheet = name } else { sheet = nil }
                reader = try PeopleReader(source, options)
            } else {
                sheet = nil
                reader = try PeopleReader(.text(CSVReader(source: bytes, options: options.csv)), options)
            }
        } catch ListError.ownResults(let results) {
            let sentence = results.sentence { console.command($0, isPractice: results.isPractice) }
            throw CommandFailure(
                .nothingSent, code: .inputInvalid, "\(Terminal.plain(path)) \(sentence); nothing was sent")
        } catch ListError.ownReview {
            let sentence = ListError.sentence(ofReviewFor: console.command("apply " + ShellWord.path(path)))
            throw CommandFailure(
                .nothingSent, code: .inputInvalid, "\(Terminal.plain(path)) \(sentence); nothing was sent")
        } catch {
            throw CommandFailure.reading(path, error)
        }
        counter = StageCounter(
            "Reading \(Terminal.plain((path as NSString).lastPathComponent))", size: FileStatus(path: path)?.size ?? 0)
    }

    /// Finds the column with uids, by comparing its values with the uids of the workspace.
    mutating func findUIDs(_ isUID: (String) -> Bool) throws(ListError) { try reader.findUIDs(isUID) }

    /// Reads all remaining rows.
    ///
    /// - Throws: ``ListError``, ``CSVError`` or ``WorkbookError`` if a row cannot be read, and errors of `body`.
    mutating func forEach(_ console: Console, _ body: (PersonRow) throws -> Void) throws {
        let (counter, digest) = (counter, digest)
        var count = 0
        defer { rowCount = count }
        try console.during(counter) {
            try reader.forEach { row in
                CrashPoint.pass("row read")
                try body(row)
                count += 1
                guard ProgressStep.isDue(after: count) else { return }
                counter.set(count)
                counter.read(digest.count)
            }
        }
    }
}
