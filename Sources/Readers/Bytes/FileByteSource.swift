import Domain
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The bytes of a file, a pipe or standard input.
///
/// A class, because it owns a file descriptor and closes it with the last reference.
public final class FileByteSource: ByteSource {
    private let descriptor: CInt
    private let closes: Bool

    /// Opens a file to read.
    ///
    /// - Parameter path: the file; `-` is standard input.
    /// - Throws: ``ByteSourceError`` for a folder, and for a file that is missing or may not be read.
    public init(path: String) throws(ByteSourceError) {
        closes = path != "-"
        descriptor = closes ? open(path, O_RDONLY | O_CLOEXEC) : 0
        guard descriptor >= 0 else { throw Self.error(errno) }
        guard let status = FileStatus(descriptor: descriptor) else { throw Self.error(errno) }
        // Opening a folder succeeds but reading it fails; report this first.
        if status.kind == .folder { throw .folder }
    }

    deinit {
        if closes && descriptor >= 0 { close(descriptor) }
    }

    /// Reads the next bytes, and retries after a signal.
    ///
    /// - Throws: ``ByteSourceError/unreadable(reason:)``.
    public func read(into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
        while true {
            let count = readBytes(descriptor, buffer)
            if count >= 0 { return count }
            if errno != EINTR { throw Self.error(errno) }
        }
    }

    private static func error(_ number: CInt) -> ByteSourceError {
        switch number {
        case ENOENT: .missing
        case EISDIR: .folder
        default: .unreadable(reason: String(cString: strerror(number)))
        }
    }
}

/// The system's function, which the method of the same name would hide inside the class.
private func readBytes(_ descriptor: CInt, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
    read(descriptor, buffer.baseAddress, buffer.count)
}
