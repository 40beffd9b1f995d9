import Domain

/// The active users of a workspace, by uid and by address.
public struct AccountIndex: Sendable {
    private let byUID: [String: ActiveUser]
    private let byAddress: [String: [ActiveUser]]
    private let invited: Set<String>

    /// Indexes a roster.
    public init(_ roster: Roster) {
        byUID = Dictionary(roster.active.map { ($0.uid, $0) }, uniquingKeysWith: { first, _ in first })
        byAddress = Dictionary(grouping: roster.active) { EmailAddress.key(of: $0.email) }
        invited = Set(roster.invited.map { EmailAddress.key(of: $0.email) })
    }

    /// The user with a uid.
    public func user(uid: String) -> ActiveUser? { byUID[uid] }

    /// Every user with an address; more than one if the API lists several.
    public func users(at email: String) -> [ActiveUser] { byAddress[EmailAddress.key(of: email)] ?? [] }

    /// Whether the address has an invitation, pending or expired.
    public func isInvited(_ email: String) -> Bool { invited.contains(EmailAddress.key(of: email)) }
}
