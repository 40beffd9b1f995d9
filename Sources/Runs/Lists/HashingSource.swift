import Foundation
import Hashing
import Readers
import Synchronization

/// An input that is hashed while it is read, so that a run can record the SHA-256 of its input.
struct HashingSource<Source: ByteSource>: ByteSource {
    private var source: Source
    private let digest: Digest

    /// The hash so far. It is shared, so that it is available when the input has been read.
    final class Digest: Sendable {
        private let hash = Mutex(SHA256())
        private let read = Atomic(0)

        fileprivate func update(_ bytes: UnsafeRawBufferPointer) {
            hash.withLock { $0.update(bytes) }
            read.add(bytes.count, ordering: .relaxed)
        }

        /// The number of bytes read.
        var count: Int { read.load(ordering: .relaxed) }

        /// The SHA-256, 64 hexadecimal characters.
        var text: String { hash.withLock { $0.digest.text } }
    }

    init(_ source: Source, digest: Digest) {
        self.source = source
        self.digest = digest
    }

    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = try source.read(into: buffer)
        digest.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        return count
    }
}
