import Domain
import Foundation

/// A source of bytes, which come in pieces.
///
/// A source can be wrapped in another one, for example to hash the bytes. Make such a wrapper a class if its result is
/// needed after reading, because a reader keeps its own copy of a structure.
public protocol ByteSource {
    /// Reads the next bytes.
    ///
    /// - Parameter buffer: the destination; never empty.
    /// - Returns: the number of bytes read, at most the size of the buffer; 0 only at the end.
    /// - Throws: the reason why reading failed, preferably as ``ByteSourceError``.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int
}

/// Bytes in memory.
public struct DataByteSource: ByteSource, Sendable {
    private var remaining: Data
    private let piece: Int

    /// - Parameters:
    ///   - data: the bytes.
    ///   - piece: the maximum number of bytes that one read returns, at least 1; tests use it to simulate a slow pipe.
    public init(_ data: Data, piece: Int = .max) {
        remaining = data
        self.piece = max(1, piece)
    }

    /// Copies out the next bytes; never throws.
    public mutating func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, piece, remaining.count)
        remaining.copyBytes(to: buffer, count: count)
        remaining = remaining.dropFirst(count)
        return count
    }
}

/// Why bytes cannot be read.
public enum ByteSourceError: ReadingError, Equatable, Sendable {
    /// The file does not exist.
    case missing
    /// The path is a folder.
    case folder
    /// The operating system's reason.
    case unreadable(reason: String)

    /// What is wrong, to follow the file's name: `people.csv does not exist`.
    public var sentence: String {
        switch self {
        case .missing: "does not exist"
        case .folder: "is a folder; specify a file in it"
        case .unreadable(let reason): "cannot be read: \(reason)"
        }
    }
}
