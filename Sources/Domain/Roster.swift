/// Somebody who can work in the workspace, as `listUsers` gives them.
public struct ActiveUser: Hashable, Sendable {
    /// Opaque; 64 hexadecimal characters in every example (docs/api.md).
    public var uid: String
    /// As the API spells it, unchecked.
    public var email: String
    /// The display name; hostile text like every other.
    public var name: String
    /// What they may do.
    public var accountType: AccountType

    /// Takes what the API said.
    public init(uid: String, email: String, name: String, accountType: AccountType) {
        self.uid = uid
        self.email = email
        self.name = name
        self.accountType = accountType
    }
}

extension ActiveUser {
    /// Whether an address is the user's, in whatever case it is spelled.
    public func hasAddress(_ email: String) -> Bool { EmailAddress.key(of: self.email) == EmailAddress.key(of: email) }

    /// Why a change that was asked for under another address is not made.
    public func otherAddress(than email: String) -> String {
        "the account of \(Terminal.plain(email, limit: 254)) has the address \(Terminal.plain(self.email, limit: 254)) now; "
            + "check whether it is the same person, and decide again"
    }
}

/// Whether an invite still waits. `EXPIRED`, in any case, is expired; every other value is pending and kept as it came
/// (docs/api.md).
public struct InviteStatus: RawRepresentable, Hashable, Sendable {
    /// The API's spelling, for example `SENT`.
    public let rawValue: String

    /// Takes any text.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Whether the invite ran out.
    public var isExpired: Bool { Self.isExpired(rawValue.utf8) }

    /// Whether a status, in UTF-8, says that the invite ran out.
    @inlinable public static func isExpired(_ status: some Collection<UInt8>) -> Bool {
        // A bit makes capitals small, and nothing else a letter.
        status.count == 7 && zip(status, "expired".utf8).allSatisfy { $0 | 0x20 == $1 }
    }
}

/// An invite that has not been accepted, as `listUsers` gives it.
public struct InvitedUser: Hashable, Sendable {
    /// As the API spells it, unchecked.
    public var email: String
    /// What they would be able to do.
    public var accountType: AccountType
    /// Whether the invite still waits.
    public var status: InviteStatus

    /// Takes what the API said.
    public init(email: String, accountType: AccountType, status: InviteStatus) {
        self.email = email
        self.accountType = accountType
        self.status = status
    }
}

/// Everybody in a workspace at one moment: one answer of `listUsers`, which has no pages (docs/api.md).
public struct Roster: Hashable, Sendable {
    /// Who can work.
    public var active: [ActiveUser]
    /// Who was asked.
    public var invited: [InvitedUser]

    /// Takes one whole answer.
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

    /// Takes what the API said.
    public init(uid: String, name: String) {
        self.uid = uid
        self.name = name
    }
}
