/// One person's accounts in all of a company's workspaces.
public struct PersonAccess: Hashable, Sendable {
    /// An account in one of the workspaces.
    public struct Account: Hashable, Sendable {
        /// The index of the workspace among those of the source.
        public var workspace: Int
        /// User or invitation.
        public var kind: AccountKind
        /// The account type of the user, or the one that the invitation offers.
        public var accountType: AccountType
        /// Whether the account type counts as privileged; false for an invitation, which gives no access yet.
        public var isPrivileged: Bool
        /// The status of an invitation; nil for a user.
        public var status: InviteStatus?

        /// Creates an account.
        public init(
            workspace: Int, kind: AccountKind, accountType: AccountType, isPrivileged: Bool = false,
            status: InviteStatus? = nil
        ) {
            self.workspace = workspace
            self.kind = kind
            self.accountType = accountType
            self.isPrivileged = isPrivileged
            self.status = status
        }
    }

    /// In the spelling of the first workspace that lists the person.
    public var email: String
    /// The first display name that is not empty; empty if there is none.
    public var name: String
    /// In the order of the workspaces, users before invitations.
    public var accounts: [Account]

    /// Creates a person, by default without accounts.
    public init(email: String, name: String, accounts: [Account] = []) {
        self.email = email
        self.name = name
        self.accounts = accounts
    }

    /// The number of workspaces in which the person is an active user.
    public var workspaces: Int { Set(accounts.filter { $0.kind == .user }.map(\.workspace)).count }

    /// The number of these workspaces with a privileged account type.
    public var privileged: Int {
        Set(accounts.filter(\.isPrivileged).map(\.workspace)).count
    }

    /// The number of workspaces in which the person has a pending or expired invitation.
    public var invites: Int { Set(accounts.filter { $0.kind == .invite }.map(\.workspace)).count }
}

/// Access to all workspaces, as a report reads it: people come one at a time, in the same order each time.
public protocol AccessSource {
    /// Passes every person to `body`: first those who are privileged in most workspaces, then by address.
    func people(_ body: (PersonAccess) throws -> Void) throws
}
