import Foundation

/// Decides whether only one user and root can change a file, by the rules of OpenSSH (`safe_path` in its misc.c, with
/// Debian's exception for a group whose only member is the user).
///
/// Credentials, settings and the record of what was sent must not come from anyone else.
///
/// ```swift
/// let resolved = try FileTrust.ofThisProcess.follow("/home/ada/.config/rollcall/config.yaml")
/// ```
public struct FileTrust: Sendable {
    /// The user whose files are trusted, besides root's.
    public var user: UInt32
    /// The databases of users and groups.
    public var accounts: SystemAccounts

    /// Creates the check for a user.
    public init(user: UInt32, accounts: SystemAccounts) {
        self.user = user
        self.accounts = accounts
    }

    /// The check for the effective user of this process.
    public static var ofThisProcess: FileTrust { FileTrust(user: geteuid(), accounts: .ofThisMachine) }

    /// What is wrong with a file, a folder or a symbolic link by itself; nil if only the user and root can change it.
    public func fault(in status: FileStatus) -> UntrustedFile.Fault? {
        guard isTrusted(status.owner) else { return .foreignOwner }
        switch status.kind {
        // A symbolic link cannot be written to, and data written to a device is not read back from it.
        case .link, .device: return nil
        // In a sticky folder such as /tmp, only the owner of an entry can replace it, and that owner is checked as
        // well.
        case .folder where isSticky(status): return nil
        case .folder, .regular, .pipe, .socket: break
        }
        return writers(of: status)
    }

    /// What is wrong with a folder for new files with predictable names: in a sticky folder, other users can create
    /// these files first.
    public func faultAsPlaceForNewFiles(in folder: FileStatus) -> UntrustedFile.Fault? {
        fault(in: folder) ?? (isSticky(folder) && writers(of: folder) != nil ? .openToNewFiles : nil)
    }

    /// What is wrong with a file that contains a secret: its owner lets others read it. ssh refuses a private key in
    /// the same case. A file of root's that the user can read was given to the user on purpose.
    public func faultAsSecret(in status: FileStatus) -> UntrustedFile.Fault? {
        let isOwn = status.kind == .regular && status.owner == user
        return isOwn && status.permissions & 0o077 != 0 ? .readable : nil
    }

    private func isTrusted(_ user: UInt32) -> Bool { user == self.user || user == 0 }

    private func isSticky(_ status: FileStatus) -> Bool { status.permissions & 0o1000 != 0 }

    private func writers(of status: FileStatus) -> UntrustedFile.Fault? {
        if status.permissions & 0o002 != 0 { return .writableByEveryone }
        if status.permissions & 0o020 != 0, !isPrivate(status.group) { return .writableByGroup }
        return nil
    }

    /// Whether the user and root are the only members of a group. A group without known members may have members that a
    /// directory service does not list.
    private func isPrivate(_ group: UInt32) -> Bool {
        let members = accounts.members(group)
        return !members.isEmpty && members.allSatisfy(isTrusted)
    }
}
