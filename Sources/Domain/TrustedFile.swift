import Foundation

/// Reads files that only the user and root can change.
public enum TrustedFile {
    /// Why there is nothing.
    public enum Failure: Error, Equatable {
        /// Someone else can change it, or, where it holds a secret, read it.
        case untrusted(UntrustedFile)
        /// It cannot be opened or read, or is a folder.
        case unreadable
        /// It has more bytes than are wanted.
        case tooLong
    }

    /// What is in a file.
    public struct Contents: Sendable {
        /// All of it.
        public var bytes: Data
        /// The open file's.
        public var status: FileStatus
        /// Where it is, without symbolic links.
        public var path: String
    }

    /// Reads a file as a whole.
    ///
    /// - Parameters:
    ///   - path: where it is; relative to the current folder.
    ///   - limit: how many bytes it may have.
    ///   - isSecret: whether others must not be able to read it.
    ///   - trust: who is trusted.
    public static func read(
        _ path: String, atMost limit: Int, isSecret: Bool = false, trust: FileTrust = .ofThisProcess
    ) throws(Failure) -> Contents {
        let followed = try follow(path, trust)
        // A pipe with a name would keep its reader waiting for ever; one that a shell hands over has no name.
        if let kind = followed.status?.kind, kind == .pipe || kind == .socket { throw .unreadable }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | (followed.status == nil ? 0 : O_NONBLOCK))
        guard descriptor >= 0 else { throw .unreadable }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        guard let status = FileStatus(descriptor: descriptor), status.kind != .folder else { throw .unreadable }
        if let fault = fault(in: status, isSecret, after: followed, trust) {
            throw .untrusted(trust.untrusted(fault, status, at: path, as: path))
        }
        guard let bytes = try? handle.read(upToCount: limit + 1) ?? Data() else { throw .unreadable }
        guard bytes.count <= limit else { throw .tooLong }
        return Contents(bytes: bytes, status: status, path: followed.path)
    }

    private static func follow(_ path: String, _ trust: FileTrust) throws(Failure) -> FileTrust.Followed {
        do { return try trust.follow(path) } catch { throw .untrusted(error) }
    }

    /// Compares what was opened with what the path led to.
    static func fault(
        in status: FileStatus, _ isSecret: Bool, after followed: FileTrust.Followed, _ trust: FileTrust
    ) -> UntrustedFile.Fault? {
        // A pipe that a shell hands over (`<(command)`) has no place that its path in /proc leads to.
        guard followed.status.map(status.isSameFile) ?? (status.kind == .pipe) else { return .replaced }
        return trust.fault(in: status) ?? (isSecret ? trust.faultAsSecret(in: status) : nil)
    }
}
