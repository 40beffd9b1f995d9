import Domain
import Readers

/// A list of people whose header has been read.
struct PeopleList {
    var reader: PeopleReader
    let digest: HashingSource<FileByteSource>.Digest

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
    }
}
