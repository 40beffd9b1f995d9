import Domain
import Foundation

/// A file of bytes that appears only when it is complete; see ``PartialFile``.
final class AtomicFile {
    private let place: PartialFile
    private var descriptor: Int32
    /// What is not in the file yet; the same memory from the first row to the last.
    private var buffer: [UInt8] = []

    private static let bufferSize = 1 << 17

    /// Begins a file.
    ///
    /// - Parameter path: where it will appear.
    convenience init(path: String) throws(WriteFailure) {
        let place = try PartialFile(path: path)
        let descriptor = open(place.partial, O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { throw .last(path) }
        self.init(place: place, descriptor: descriptor)
    }

    /// Takes over an open file.
    init(place: PartialFile, descriptor: Int32) {
        self.place = place
        self.descriptor = descriptor
        // One row more than a full buffer, so that it need not grow.
        buffer.reserveCapacity(Self.bufferSize + 1 << 14)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Adds text, as UTF-8.
    func write(_ text: String) throws(WriteFailure) {
        try write(bytes: text.utf8)
    }

    /// Adds bytes as they are.
    func write(bytes: some Collection<UInt8>) throws(WriteFailure) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.bufferSize { try flush() }
    }

    /// Adds what is appended to the bytes that are given, without a copy in between: a row.
    func write(_ spell: (inout [UInt8]) -> Void) throws(WriteFailure) {
        spell(&buffer)
        if buffer.count >= Self.bufferSize { try flush() }
    }

    /// Makes the file appear under its name, durably.
    func commit() throws(WriteFailure) {
        try flush()
        guard close(descriptor) == 0 else { throw .last(place.path) }
        descriptor = -1
        try place.commit()
    }

    private func flush() throws(WriteFailure) {
        var start = 0
        while start < buffer.count {
            let written = buffer.withUnsafeBytes { bytes in
                Foundation.write(descriptor, bytes.baseAddress?.advanced(by: start), bytes.count - start)
            }
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { throw .last(place.path) }
            start += written
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
