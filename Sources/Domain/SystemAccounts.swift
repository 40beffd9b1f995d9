import Foundation
import Synchronization

/// Users and groups, as the system's databases have them.
public struct SystemAccounts: Sendable {
    /// The name of a user; nil where there is none.
    public var userName: @Sendable (_ user: UInt32) -> String?
    /// The name of a group; nil where there is none.
    public var groupName: @Sendable (_ group: UInt32) -> String?
    /// The users of a group: those whose primary group it is, and those whom the group itself lists. Empty where the
    /// databases name none, which does not prove that there are none.
    public var members: @Sendable (_ group: UInt32) -> Set<UInt32>

    /// Takes the three look-ups.
    public init(
        userName: @escaping @Sendable (UInt32) -> String?, groupName: @escaping @Sendable (UInt32) -> String?,
        members: @escaping @Sendable (UInt32) -> Set<UInt32>
    ) {
        self.userName = userName
        self.groupName = groupName
        self.members = members
    }

    /// This machine's.
    public static let ofThisMachine = SystemAccounts(
        userName: { user in oneAtATime.withLock { _ in getpwuid(user).flatMap { text($0.pointee.pw_name) } } },
        groupName: { group in oneAtATime.withLock { _ in getgrgid(group).flatMap { text($0.pointee.gr_name) } } },
        members: { group in oneAtATime.withLock { _ in listMembers(of: group) } })

    /// The C library hands out memory that the next call overwrites, and has one cursor for the list of users.
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
            // A name without a user is counted as one, so that the group is not taken for private.
            members.insert(getpwnam(name)?.pointee.pw_uid ?? UInt32.max)
        }
        return members
    }
}
