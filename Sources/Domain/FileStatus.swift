import Foundation

/// What the system knows about a file (inode(7)). The only use of `stat`, whose C type Swift finds in other modules in an
/// optimized build than in a debug build.
public struct FileStatus: Hashable, Sendable {
    /// What kind of file it is.
    public enum Kind: Hashable, Sendable {
        case regular, folder, link, pipe, socket, device
    }

    /// Its kind; of a symbolic link that was followed, the kind of what it points to.
    public var kind: Kind
    /// The user who owns it.
    public var owner: UInt32
    /// The group that owns it.
    public var group: UInt32
    /// Permissions with the sticky bit, 0 to 0o7777.
    public var permissions: UInt32
    /// In bytes; 0 for a pipe.
    public var size: Int
    /// How many names it has in its file system.
    public var links: Int
    /// Together with ``inode``, tells files apart.
    public var device: UInt64
    /// Together with ``device``, tells files apart.
    public var inode: UInt64

    /// Looks at what a path leads to.
    ///
    /// - Parameter followsLinks: whether a symbolic link at the end of the path is followed.
    /// - Returns: nil where there is nothing, or it cannot be looked at.
    public init?(path: String, followsLinks: Bool = true) {
        var status = stat()
        guard (followsLinks ? stat(path, &status) : lstat(path, &status)) == 0 else { return nil }
        self.init(status)
    }

    /// Looks at an open file; nil where the descriptor is not open.
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

    /// Whether two looks were at the same file.
    public func isSameFile(as other: FileStatus) -> Bool { device == other.device && inode == other.inode }
}
