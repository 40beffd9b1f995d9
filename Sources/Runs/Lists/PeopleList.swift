import Domain
import Foundation
import Readers
import Reports
import TerminalIO

/// A list of people whose header has been read.
struct PeopleList {
    private var reader: PeopleReader
    let digest: HashingSource<FileByteSource>.Digest
    /// The workbook's sheet.
    let sheet: String?
    /// How far the reading is.
    private let counter: StageCounter

    /// Which column holds what.
    var columns: ListColumns { reader.columns }

    /// Reads the beginning of a list.
    ///
    /// - Throws: ``CommandFailure`` for a file that is no list, or not certainly one.
    init(path: String, options: ListOptions, console: Console) throws {
        digest = HashingSource<FileByteSource>.Digest()
        do {
            var bytes = HashingSource(try FileByteSource(path: path), digest: digest)
            if !OrdinaryFile.isStream(path), try ListSource.isWorkbook(path) {
                // The archive is read in its own order; what the run came from is the file as it is.
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
            throw CommandFailure(.nothingSent, "\(Terminal.plain(path)) \(sentence); nothing was sent")
        } catch ListError.ownReview {
            let sentence = ListError.sentence(ofReviewFor: console.command("apply " + ShellWord.path(path)))
            throw CommandFailure(.nothingSent, "\(Terminal.plain(path)) \(sentence); nothing was sent")
        } catch {
            throw CommandFailure.reading(path, error)
        }
        counter = StageCounter(
            "Reading \(Terminal.plain((path as NSString).lastPathComponent))", size: FileStatus(path: path)?.size ?? 0)
    }

    /// Decides which column holds uids, beside those of the workspace.
    mutating func findUIDs(_ isUID: (String) -> Bool) throws(ListError) { try reader.findUIDs(isUID) }

    /// Reads every row that is left.
    ///
    /// - Throws: ``ListError``, ``CSVError`` or ``WorkbookError`` where no further row can be read, or what `body` throws.
    mutating func forEach(_ console: Console, _ body: (PersonRow) throws -> Void) throws {
        let (counter, digest) = (counter, digest)
        try console.during(counter) {
            var count = 0
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
