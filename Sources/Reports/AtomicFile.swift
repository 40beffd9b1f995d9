import Domain
import Foundation

/// A file of bytes that appears only when it is complete; see ``PartialFile``.
final class AtomicFile {
    private let place: PartialFile
    /// What is not in the file yet; the same memory from the first row to the last.
    private var buffer = RowBytes(capacity: bufferSize + (1 << 14))

    /// What the file is handed at once; the buffer holds some rows more, so that it need not grow.
    private static let bufferSize = 1 << 17

    /// Begins a file.
    ///
    /// - Parameter path: where it will appear.
    convenience init(path: String) throws(WriteFailure) { self.init(place: try PartialFile(path: path)) }

    /// Writes to a place that was taken.
    init(place: PartialFile) { self.place = place }

    /// Adds text, as UTF-8.
    func write(_ text: String) throws(WriteFailure) {
        try write { $0.append(text: text) }
    }

    /// Adds bytes as they are, without a copy: an answer may have half a gigabyte.
    func write(bytes: Data) throws(WriteFailure) {
        try flush()
        let isWritten = bytes.withUnsafeBytes { hand(over: $0) }
        guard isWritten else { throw .last(place.path) }
    }

    /// Adds what is appended to the bytes that are given, without a copy in between: a row.
    func write(_ spell: (inout RowBytes) -> Void) throws(WriteFailure) {
        spell(&buffer)
        if buffer.count >= Self.bufferSize { try flush() }
    }

    /// Makes the file appear under its name, durably.
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

/// A file whose bytes are all there already.
public enum WholeFile {
    /// Writes it; it appears under its name only when it is complete.
    public static func write(_ data: Data, to path: String) throws(WriteFailure) {
        let file = try AtomicFile(path: path)
        try file.write(bytes: data)
        try file.commit()
    }
}
