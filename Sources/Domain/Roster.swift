/// A user who has access to the workspace, as listed by `listUsers`.
public struct ActiveUser: Hashable, Sendable {
    /// Opaque; 64 hexadecimal characters in every example (docs/api.md).
    public var uid: String
    /// In the API's spelling, unchecked.
    public var email: String
    /// The display name; untrusted text.
    public var name: String
    /// The account type.
    public var accountType: AccountType

    /// Creates a user.
    public init(uid: String, email: String, name: String, accountType: AccountType) {
        self.uid = uid
        self.email = email
        self.name = name
        self.accountType = accountType
    }
}

extension ActiveUser {
    /// Whether the user has this address; ignores case.
    public func hasAddress(_ email: String) -> Bool { EmailAddress.key(of: self.email) == EmailAddress.key(of: email) }

    /// The reason for not making a change that was requested under another address.
    public func otherAddress(than email: String) -> String {
        "the account of \(Terminal.plain(email, limit: 254)) has the address "
            + "\(Terminal.plain(self.email, limit: 254)) now; check whether it is the same person, and decide again"
    }
}

/// The status of an invitation. `EXPIRED`, in any case, is expired; every other value is pending and kept unchanged
/// (docs/api.md).
public struct InviteStatus: RawRepresentable, Hashable, Sendable {
    /// The API's spelling, for example `SENT`.
    public let rawValue: String

    /// Accepts any text.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Whether the invitation has expired.
    public var isExpired: Bool { Self.isExpired(rawValue.utf8) }

    /// Whether a status, in UTF-8, means that the invitation has expired.
    @inlinable public static func isExpired(_ status: some Collection<UInt8>) -> Bool {
        // Setting this bit makes capital letters small, and turns no other character into a letter.
        status.count == 7 && zip(status, "expired".utf8).allSatisfy { $0 | 0x20 == $1 }
    }
}

/// An invitation that has not been accepted, as listed by `listUsers`.
public struct InvitedUser: Hashable, Sendable {
    /// In the API's spelling, unchecked.
    public var email: String
    /// The account type that the invitation offers.
    public var accountType: AccountType
    /// Pending or expired.
    public var status: InviteStatus

    /// Creates an invitation.
    public init(email: String, accountType: AccountType, status: InviteStatus) {
        self.email = email
        self.accountType = accountType
        self.status = status
    }
}

/// All users and invitations of a workspace at one moment: one response of `listUsers`, which has no pages
/// (docs/api.md).
public struct Roster: Hashable, Sendable {
    /// The users with access.
    public var active: [ActiveUser]
    /// The pending and expired invitations.
    public var invited: [InvitedUser]

    /// Creates a roster from a complete response.
    public init(active: [ActiveUser], invited: [InvitedUser]) {
        self.active = active
        self.invited = invited
    }
}

/// A workspace that a company token can reach.
public struct Workspace: Hashable, Sendable {
    /// Opaque.
    public var uid: String
    /// The display name.
    public var name: String

    /// Creates a workspace.
    public init(uid: String, name: String) {
        self.uid = uid
        self.name = name
    }
}
