import Foundation
import Synchronization

/// The users and groups in the databases of the system.
public struct SystemAccounts: Sendable {
    /// The name of a user; nil if there is none.
    public var userName: @Sendable (_ user: UInt32) -> String?
    /// The name of a group; nil if there is none.
    public var groupName: @Sendable (_ group: UInt32) -> String?
    /// The members of a group: users with this primary group, and users whom the group lists. An empty result does not
    /// prove that the group has no members.
    public var members: @Sendable (_ group: UInt32) -> Set<UInt32>

    /// Creates databases from three look-up functions.
    public init(
        userName: @escaping @Sendable (UInt32) -> String?, groupName: @escaping @Sendable (UInt32) -> String?,
        members: @escaping @Sendable (UInt32) -> Set<UInt32>
    ) {
        self.userName = userName
        self.groupName = groupName
        self.members = members
    }

    /// The databases of this machine.
    public static let ofThisMachine = SystemAccounts(
        userName: { user in oneAtATime.withLock { _ in getpwuid(user).flatMap { text($0.pointee.pw_name) } } },
        groupName: { group in oneAtATime.withLock { _ in getgrgid(group).flatMap { text($0.pointee.gr_name) } } },
        members: { group in oneAtATime.withLock { _ in listMembers(of: group) } })

    /// The C library returns memory that the next call overwrites, and has one cursor for the list of users.
    private static let oneAtATime = Mutex(())

    private static func text(_ pointer: UnsafeMutablePointer<CChar>?) -> String? { pointer.map { String(cString: $0) } }

    private static func listMembers(of group: UInt32) -> Set<UInt32> {
        var members: Set<UInt32> = []
        setpwent()
        while let user = getpwent() {
            if user.pointee.pw_gid == group { members.insert(user.pointee.pw_uid) }
        }
        endpwent()
        var names: [String] = []
        if let entry = getgrgid(group), var name = entry.pointee.gr_mem {
            while let text = text(name.pointee) {
                names.append(text)
                name += 1
            }
        }
        for name in names {
            // A name without a user counts as a member, so that the group does not appear private.
            members.insert(getpwnam(name)?.pointee.pw_uid ?? UInt32.max)
        }
        return members
    }
}
