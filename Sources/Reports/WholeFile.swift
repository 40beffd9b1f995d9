import Domain
import Foundation

/// A file whose bytes are all there already.
public enum WholeFile {
    /// Writes it; it appears under its name only when it is complete.
    public static func write(_ data: Data, to path: String) throws(WriteFailure) {
        let file = try AtomicFile(path: path)
        try file.write(bytes: data)
        try file.commit()
    }
}
