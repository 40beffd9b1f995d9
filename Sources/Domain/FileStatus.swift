import Foundation

/// The attributes of a file (inode(7)). Only this type uses `stat`, because Swift finds its C type in different modules
/// in optimized and debug builds.
public struct FileStatus: Hashable, Sendable {
    /// What kind of file it is.
    public enum Kind: Hashable, Sendable {
        case regular, folder, link, pipe, socket, device
    }

    /// Its kind; for a symbolic link that was followed, the kind of its target.
    public var kind: Kind
    /// The user who owns it.
    public var owner: UInt32
    /// The group that owns it.
    public var group: UInt32
    /// Permissions with the sticky bit, 0 to 0o7777.
    public var permissions: UInt32
    /// In bytes; 0 for a pipe.
    public var size: Int
    /// The number of hard links.
    public var links: Int
    /// Identifies the file, together with ``inode``.
    public var device: UInt64
    /// Identifies the file, together with ``device``.
    public var inode: UInt64

    /// Reads the attributes of the file at a path.
    ///
    /// - Parameter followsLinks: whether a symbolic link at the end of the path is followed.
    /// - Returns: nil if there is no file, or its attributes cannot be read.
    public init?(path: String, followsLinks: Bool = true) {
        var status = stat()
        guard (followsLinks ? stat(path, &status) : lstat(path, &status)) == 0 else { return nil }
        self.init(status)
    }

    /// Reads the attributes of an open file; nil if the descriptor is not open.
    public init?(descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }

    private init(_ status: stat) {
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .regular
            case S_IFDIR: .folder
            case S_IFLNK: .link
            case S_IFIFO: .pipe
            case S_IFSOCK: .socket
            default: .device
            }
        owner = status.st_uid
        group = status.st_gid
        permissions = UInt32(status.st_mode) & 0o7777
        size = Int(status.st_size)
        links = Int(status.st_nlink)
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
    }

    /// Whether both are attributes of the same file.
    public func isSameFile(as other: FileStatus) -> Bool { device == other.device && inode == other.inode }
}
