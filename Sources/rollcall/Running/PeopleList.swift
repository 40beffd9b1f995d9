import Domain
import Foundation
import Readers

/// A list of people whose header has been read.
struct PeopleList {
    private var reader: PeopleReader
    let digest: HashingSource<FileByteSource>.Digest
    /// How far the reading is.
    private let counter: StageCounter

    /// Which column holds what.
    var mapping: HeaderMap { reader.mapping }

    /// - Parameter takesUIDs: whether a row may name a user by uid instead of an address.
    init(path: String, options: CSVOptions, takesUIDs: Bool) throws {
        let digest = HashingSource<FileByteSource>.Digest()
        do {
            let source = try FileByteSource(path: path)
            reader = try PeopleReader(
                source: HashingSource(source, digest: digest), options: options, takesUIDs: takesUIDs)
        } catch let error as ByteSourceError {
            throw CommandFailure(.nothingSent, "\(Terminal.plain(path)) \(error.sentence)")
        } catch let error as CSVError {
            throw CommandFailure(.nothingSent, "\(Terminal.plain(path)) \(error.sentence)")
        }
        self.digest = digest
        counter = StageCounter("Reading \(Terminal.plain((path as NSString).lastPathComponent))", size: Self.size(path))
    }

    /// Reads every row that is left.
    ///
    /// - Throws: ``CSVError`` where no further row can be read, or what `body` throws.
    mutating func forEach(_ console: Console, _ body: (PersonRow) throws -> Void) throws {
        try console.during(counter) {
            var count = 0
            while let row = try reader.next() {
                CrashPoint.pass("row read")
                try body(row)
                count += 1
                if ProgressStep.isDue(after: count) { tell(count) }
            }
        }
    }

    /// Says how far the reading is.
    private func tell(_ rows: Int) {
        counter.set(rows)
        counter.read(digest.count)
    }

    /// How many bytes the file has; 0 for a pipe.
    private static func size(_ path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }
}
