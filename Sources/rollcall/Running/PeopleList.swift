import Domain
import Foundation
import Readers

/// A list of people whose header has been read.
struct PeopleList {
    var reader: PeopleReader
    let digest: HashingSource<FileByteSource>.Digest
    /// How far the reading is.
    let counter: StageCounter

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

    /// Says how far the reading is.
    func tell(_ rows: Int) {
        counter.set(rows)
        counter.read(digest.count)
    }

    /// How many bytes the file has; 0 for a pipe.
    private static func size(_ path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }
}
