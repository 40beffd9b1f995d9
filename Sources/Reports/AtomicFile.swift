import Domain
import Foundation

/// Why a report could not be written.
public struct WriteFailure: Error, Hashable, Sendable {
    /// Where it should have gone.
    public var path: String
    /// The operating system's reason.
    public var reason: String

    /// What happened and what to do.
    public var sentence: String {
        "cannot write \(Terminal.plain(path)): \(reason)"
    }
}

/// A file that appears only when it is complete: written aside in the same folder, synced, renamed.
///
/// Until ``commit()`` a file of the same name stays as it was; a process that dies leaves at most a hidden file beside.
public final class AtomicFile {
    private let path: String
    private let partial: String
    private var descriptor: Int32
    private var buffer: [UInt8] = []

    private static let bufferSize = 1 << 16

    /// Begins a file.
    ///
    /// - Parameter path: where it will appear.
    public convenience init(path: String) throws(WriteFailure) {
        let url = URL(fileURLWithPath: path)
        let partial =
            url.deletingLastPathComponent().appendingPathComponent(
                ".\(url.lastPathComponent).\(ProcessInfo.processInfo.processIdentifier).partial"
            ).path
        let descriptor = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw WriteFailure(path: path, reason: String(cString: strerror(errno))) }
        self.init(path: path, partial: partial, descriptor: descriptor)
    }

    /// Takes over an open file; `partial` is its name until it is complete.
    init(path: String, partial: String, descriptor: Int32) {
        self.path = path
        self.partial = partial
        self.descriptor = descriptor
        buffer.reserveCapacity(Self.bufferSize)
    }

    deinit {
        guard descriptor >= 0 else { return }
        close(descriptor)
        unlink(partial)
    }

    /// Adds text, as UTF-8.
    public func write(_ text: String) throws(WriteFailure) {
        try write(bytes: text.utf8)
    }

    /// Adds bytes as they are.
    public func write(bytes: some Collection<UInt8>) throws(WriteFailure) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.bufferSize { try flush() }
    }

    /// Makes the file appear under its name, durably.
    public func commit() throws(WriteFailure) {
        try flush()
        guard fsync(descriptor) == 0, close(descriptor) == 0 else { throw failure() }
        descriptor = -1
        guard rename(partial, path) == 0 else {
            let failure = self.failure()
            unlink(partial)
            throw failure
        }
        let folder = open(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        if folder >= 0 {
            // Without this the rename itself may be lost with the power.
            fsync(folder)
            close(folder)
        }
    }

    private func flush() throws(WriteFailure) {
        var start = 0
        while start < buffer.count {
            let written = buffer.withUnsafeBytes { bytes in
                Foundation.write(descriptor, bytes.baseAddress?.advanced(by: start), bytes.count - start)
            }
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { throw failure() }
            start += written
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private func failure() -> WriteFailure {
        WriteFailure(path: path, reason: String(cString: strerror(errno)))
    }
}
