import Domain
import Foundation

/// A file of bytes that appears only when it is complete; see ``PartialFile``.
final class AtomicFile {
    private let place: PartialFile
    /// Bytes that are not in the file yet. The same memory is used for all rows.
    private var buffer = RowBytes(capacity: bufferSize + (1 << 14))

    /// The number of bytes for one write. The buffer has room for some more rows, so that it need not grow.
    private static let bufferSize = 1 << 17

    /// Starts a file.
    ///
    /// - Parameter path: the path at which the file appears.
    convenience init(path: String) throws(WriteFailure) { self.init(place: try PartialFile(path: path)) }

    /// Writes to a file that was already created.
    init(place: PartialFile) { self.place = place }

    /// Adds text, as UTF-8.
    func write(_ text: String) throws(WriteFailure) {
        try write { $0.append(text: text) }
    }

    /// Adds bytes without copying them, because a response may be half a gigabyte.
    func write(bytes: Data) throws(WriteFailure) {
        try flush()
        let isWritten = bytes.withUnsafeBytes { hand(over: $0) }
        guard isWritten else { throw .last(place.path) }
    }

    /// Adds the bytes that `spell` appends, without a copy.
    func write(_ spell: (inout RowBytes) -> Void) throws(WriteFailure) {
        spell(&buffer)
        if buffer.count >= Self.bufferSize { try flush() }
    }

    /// Gives the file its final name, durably.
    func commit() throws(WriteFailure) {
        try flush()
        try place.commit()
    }

    private func flush() throws(WriteFailure) {
        let isWritten = buffer.withBytes { hand(over: UnsafeRawBufferPointer($0)) }
        guard isWritten else { throw .last(place.path) }
        buffer.removeAll()
    }

    /// - Returns: false if the system refused; its reason is in `errno`.
    private func hand(over bytes: UnsafeRawBufferPointer) -> Bool {
        var start = 0
        while start < bytes.count {
            let written = Foundation.write(
                place.descriptor, bytes.baseAddress?.advanced(by: start), bytes.count - start)
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { return false }
            start += written
        }
        return true
    }
}

/// Writes a file from bytes in memory.
public enum WholeFile {
    /// Writes the file. It appears under its name only when it is complete.
    public static func write(_ data: Data, to path: String) throws(WriteFailure) {
        let file = try AtomicFile(path: path)
        try file.write(bytes: data)
        try file.commit()
    }
}
