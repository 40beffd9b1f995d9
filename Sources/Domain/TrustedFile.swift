import Foundation

/// Reads files that only the user and root can change.
public enum TrustedFile {
    /// Why a file was not read.
    public enum Failure: Error, Equatable {
        /// Someone else can change it or, if it contains a secret, read it.
        case untrusted(UntrustedFile)
        /// It cannot be opened or read, or is a folder.
        case unreadable
        /// It is longer than the limit.
        case tooLong
    }

    /// The contents of a file.
    public struct Contents: Sendable {
        /// All bytes.
        public var bytes: Data
        /// The attributes of the open file.
        public var status: FileStatus
        /// The path without symbolic links.
        public var path: String
    }

    /// Reads a whole file.
    ///
    /// - Parameters:
    ///   - path: the path; relative to the current folder.
    ///   - limit: the maximum number of bytes.
    ///   - isSecret: whether to refuse a file that others can read.
    ///   - trust: who is trusted.
    public static func read(
        _ path: String, atMost limit: Int, isSecret: Bool = false, trust: FileTrust = .ofThisProcess
    ) throws(Failure) -> Contents {
        let followed = try follow(path, trust)
        // Reading a named pipe may wait forever; a pipe from a shell (`<(command)`) has no name.
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

    /// What is wrong with the opened file: it is not the one that the path led to, or it is not trusted.
    static func fault(
        in status: FileStatus, _ isSecret: Bool, after followed: FileTrust.Followed, _ trust: FileTrust
    ) -> UntrustedFile.Fault? {
        // The path of a shell's pipe (`<(command)`) in /proc cannot be followed.
        guard followed.status.map(status.isSameFile) ?? (status.kind == .pipe) else { return .replaced }
        return trust.fault(in: status) ?? (isSecret ? trust.faultAsSecret(in: status) : nil)
    }
}
