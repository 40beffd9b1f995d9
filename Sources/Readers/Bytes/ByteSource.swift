import Domain
import Foundation

/// Where bytes come from, a piece at a time.
///
/// A source may be wrapped in another that watches what passes, to hash it for example; make such a wrapper a class
/// where its result is wanted after the reading, because a reader keeps its own copy of a structure.
public protocol ByteSource {
    /// Reads the next bytes.
    ///
    /// - Parameter buffer: where they go; never empty.
    /// - Returns: how many bytes were read, at most the buffer's size; 0 at the end, and only there.
    /// - Throws: whatever kept the bytes from being read; ``ByteSourceError`` reads best.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int
}

/// Bytes that are in memory already.
public struct DataByteSource: ByteSource, Sendable {
    private var remaining: Data
    private let piece: Int

    /// - Parameters:
    ///   - data: the bytes.
    ///   - piece: the most that one read hands out, at least 1, to try what a slow pipe does.
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

/// Why bytes cannot be had.
public enum ByteSourceError: ReadingError, Equatable, Sendable {
    /// There is nothing of that name.
    case missing
    /// The name is a folder's.
    case folder
    /// The system refused; its own words.
    case unreadable(reason: String)

    /// What is wrong, to follow the file's name: `people.csv does not exist`.
    public var sentence: String {
        switch self {
        case .missing: "does not exist"
        case .folder: "is a folder; name a file in it"
        case .unreadable(let reason): "cannot be read: \(reason)"
        }
    }
}
