import Foundation

/// Decides whether only one user and root can change a file, by the rules of OpenSSH (`safe_path` in its misc.c, with
/// Debian's exception for groups that a user has alone).
///
/// What a connection is made of and what was sent to whom must not come from anyone else.
///
/// ```swift
/// let resolved = try FileTrust.ofThisProcess.follow("/home/ada/.config/rollcall/config.yaml")
/// ```
public struct FileTrust: Sendable {
    /// The user whose files are trusted beside root's.
    public var user: UInt32
    /// Who is who, and who is in which group.
    public var accounts: SystemAccounts

    /// Takes the user and the databases.
    public init(user: UInt32, accounts: SystemAccounts) {
        self.user = user
        self.accounts = accounts
    }

    /// The user whose rights this process has.
    public static var ofThisProcess: FileTrust { FileTrust(user: geteuid(), accounts: .ofThisMachine) }

    /// What is wrong with a file, a folder or a symbolic link, looked at by itself; nil where only the user and root
    /// can change it.
    public func fault(in status: FileStatus) -> UntrustedFile.Fault? {
        guard isTrusted(status.owner) else { return .foreignOwner }
        switch status.kind {
        // Nobody can write to a symbolic link, and what is written to a device is not read back from it.
        case .link, .device: return nil
        // In a folder such as /tmp only an entry's owner can replace it, and the entry's owner is looked at as well.
        case .folder where isSticky(status): return nil
        case .folder, .regular, .pipe, .socket: break
        }
        return writers(of: status)
    }

    /// What is wrong with a folder in which files are made under names that others can guess: even a sticky one then
    /// lets others be the first to make them.
    public func faultAsPlaceForNewFiles(in folder: FileStatus) -> UntrustedFile.Fault? {
        fault(in: folder) ?? (isSticky(folder) && writers(of: folder) != nil ? .openToNewFiles : nil)
    }

    /// What is wrong with a file that holds a secret: its owner lets others read it. ssh refuses a private key in the
    /// same case; a file of root's that the user can read has been given to the user on purpose.
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

    /// Whether the user and root are a group's only members. A group without members that are known may have members
    /// that a directory service does not list.
    private func isPrivate(_ group: UInt32) -> Bool {
        let members = accounts.members(group)
        return !members.isEmpty && members.allSatisfy(isTrusted)
    }
}
