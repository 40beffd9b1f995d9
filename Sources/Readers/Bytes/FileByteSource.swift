import Domain
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The bytes of a file, a pipe or standard input.
///
/// A class, because it owns a file descriptor and closes it when nobody needs it any more.
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
        // Opening a folder succeeds and reading it does not; say so before anything else is tried.
        if status.kind == .folder { throw .folder }
    }

    deinit {
        if closes && descriptor >= 0 { close(descriptor) }
    }

    /// Reads the next bytes, and again where a signal got in between.
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

/// The system's own function, which inside the class the method of its name would hide.
private func readBytes(_ descriptor: CInt, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
    read(descriptor, buffer.baseAddress, buffer.count)
}
