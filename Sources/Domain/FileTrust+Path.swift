import Foundation

extension FileTrust {
    /// The target of a path, after a check of every folder and link on the way.
    public struct Followed: Sendable {
        /// Absolute and without symbolic links.
        public var path: String
        /// Its attributes; nil if nothing is there, or they cannot be read.
        public var status: FileStatus?
    }

    /// The number of symbolic links that Linux follows.
    private static let mostLinks = 40

    /// Follows a path from the root as the system does, and checks every folder, every symbolic link and the file
    /// itself: anyone who can change one of them decides which file the path names.
    ///
    /// A file that does not exist yet is not a fault.
    ///
    /// - Throws: the first entry that someone else can change.
    @discardableResult
    public func follow(_ path: String) throws(UntrustedFile) -> Followed {
        let whole = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
        var left = Self.parts(whole)
        var done: [Substring] = []
        var links = 0
        var status = FileStatus(path: "/")
        if let status { try check(status, at: "/", as: path) }
        while let part = left.popLast() {
            if part == ".." {
                _ = done.popLast()
                status = FileStatus(path: Self.joined(done))
                continue
            }
            done.append(part)
            let entry = Self.joined(done)
            status = FileStatus(path: entry, followsLinks: false)
            guard let found = status else { return Followed(path: Self.joined(done + left.reversed()), status: nil) }
            try check(found, at: entry, as: path)
            guard found.kind == .link else { continue }
            links += 1
            guard links <= Self.mostLinks, let target = Self.target(of: entry) else {
                return Followed(path: entry, status: nil)
            }
            done = target.hasPrefix("/") ? [] : done.dropLast()
            left += Self.parts(target)
        }
        return Followed(path: Self.joined(done), status: status)
    }

    /// Checks one entry by itself.
    ///
    /// - Parameters:
    ///   - entry: its path, for the message.
    ///   - file: the path that was requested, for the message.
    public func check(_ status: FileStatus, at entry: String, as file: String) throws(UntrustedFile) {
        if let fault = fault(in: status) { throw untrusted(fault, status, at: entry, as: file) }
    }

    /// The fault, with the names of the user and the group.
    public func untrusted(
        _ fault: UntrustedFile.Fault, _ status: FileStatus, at entry: String, as file: String
    ) -> UntrustedFile {
        UntrustedFile(
            file: file, entry: entry, isFolder: status.kind == .folder, fault: fault,
            owner: accounts.userName(status.owner) ?? "uid \(status.owner)",
            group: accounts.groupName(status.group) ?? "gid \(status.group)",
            user: accounts.userName(user) ?? "\(user)", needsRoot: user != 0 && status.owner != user)
    }

    /// In reverse order, because ``follow(_:)`` takes parts from the end.
    private static func parts(_ path: String) -> [Substring] {
        path.split(separator: "/").filter { $0 != "." }.reversed()
    }

    private static func joined(_ parts: [Substring]) -> String { "/" + parts.joined(separator: "/") }

    private static func target(of link: String) -> String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: link)
    }
}
