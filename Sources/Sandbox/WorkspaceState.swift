import Domain
import Foundation
import Synchronization

/// The state of a sandbox workspace: active users, invitations, and how often each invitation took effect.
///
/// Every change takes constant time. A disabled user leaves a gap, so that positions stay valid.
public final class WorkspaceState: Sendable {
    struct Refusal: Error, Hashable {
        var message: String
    }

    private struct Content {
        var active: [ActiveUser?] = []
        var invited: [InvitedUser] = []
        var positionOfUID: [String: Int] = [:]
        var positionOfActive: [String: Int] = [:]
        var positionOfInvited: [String: Int] = [:]
        var invites: [String: Int] = [:]
        /// The last listing, until something changes: one document may request thousands of listings.
        var listed: Roster?
        var log = AuditLog()
    }

    private let content: Mutex<Content>
    /// The initial state of the workspace.
    let original: Roster
    /// The name of the workspace, and its number in the company, from 1.
    let item: WorkspaceItem
    let number: Int

    init(_ roster: Roster, _ item: WorkspaceItem, number: Int) {
        (self.item, self.number) = (item, number)
        var content = Content(active: roster.active, invited: roster.invited)
        content.log = AuditLog(of: roster, endingAt: Date())
        for (index, user) in roster.active.enumerated() {
            content.positionOfUID[user.uid] = index
            content.positionOfActive[EmailAddress.key(of: user.email)] = index
        }
        for (index, user) in roster.invited.enumerated() {
            content.positionOfInvited[EmailAddress.key(of: user.email)] = index
        }
        self.content = Mutex(content)
        original = roster
    }

    /// The current state, as `listUsers` returns it.
    public var roster: Roster {
        content.withLock { content in
            if let listed = content.listed { return listed }
            let roster = Roster(active: content.active.compactMap { $0 }, invited: content.invited)
            content.listed = roster
            return roster
        }
    }

    /// The made-up history, and the changes since the start.
    var auditLogs: AuditLogs {
        let entries = content.withLock(\.log.entries)
        return AuditLogs(
            items: entries.enumerated().map { index, entry in
                AuditItem(number: index + 1, entry: entry, workspace: item, workspaceNumber: number)
            })
    }

    /// The number of times that an invitation took effect since the start, by `EmailAddress.key(of:)`.
    public var invites: [String: Int] { content.withLock(\.invites) }

    /// Invites a new person, or re-sends an expired invitation.
    func invite(_ email: String, _ accountType: AccountType) throws(Refusal) {
        let halves = email.split(separator: "@", omittingEmptySubsequences: false)
        guard halves.count == 2, halves.allSatisfy({ !$0.isEmpty }) else {
            throw Refusal(message: "Invalid email address")
        }
        let key = EmailAddress.key(of: email)
        try content.withLock { (content) throws(Refusal) in
            if content.positionOfActive[key] != nil {
                throw Refusal(message: "User already exists in this workspace")
            }
            let user = InvitedUser(email: email, accountType: accountType, status: InviteStatus(rawValue: "SENT"))
            // Released first, so that the list of invitations is changed in place without a copy.
            content.listed = nil
            if let position = content.positionOfInvited[key] {
                guard content.invited[position].status.isExpired else {
                    throw Refusal(message: "User has already been invited")
                }
                content.invited[position] = user
            } else {
                content.positionOfInvited[key] = content.invited.count
                content.invited.append(user)
            }
            content.invites[key, default: 0] += 1
            content.log.note(.userInvited, ["email": email, "accountType": accountType.rawValue])
        }
    }

    /// - Returns: whether there is a user with the uid.
    func update(_ uid: String, to accountType: AccountType) -> Bool {
        content.withLock { content in
            guard let position = content.positionOfUID[uid] else { return false }
            content.listed = nil
            content.active[position]?.accountType = accountType
            content.log.note(.accountTypeUpdated, ["uid": uid, "accountType": accountType.rawValue])
            return true
        }
    }

    /// - Returns: whether there was a user with the uid.
    func disable(_ uid: String) -> Bool {
        content.withLock { content in
            guard let position = content.positionOfUID.removeValue(forKey: uid) else { return false }
            content.listed = nil
            if let user = content.active[position] {
                content.positionOfActive[EmailAddress.key(of: user.email)] = nil
            }
            content.active[position] = nil
            content.log.note(.userDisabled, ["uid": uid])
            return true
        }
    }
}
