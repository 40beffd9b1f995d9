/// One person's accounts in all of a company's workspaces.
public struct PersonAccess: Hashable, Sendable {
    /// An account in one of the workspaces.
    public struct Account: Hashable, Sendable {
        /// The workspace's place among the source's.
        public var workspace: Int
        /// User or invite.
        public var kind: AccountKind
        /// What they may do, or were offered.
        public var accountType: AccountType
        /// Whether the account type counts as privileged; an invite gives nobody a privilege yet.
        public var isPrivileged: Bool
        /// Of an invite.
        public var status: InviteStatus?

        /// Takes an account.
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

    /// As the first workspace that knows the person spells it.
    public var email: String
    /// The first display name that is not empty; empty if there is none.
    public var name: String
    /// In the order of the workspaces, users before invites.
    public var accounts: [Account]

    /// A person without accounts.
    public init(email: String, name: String, accounts: [Account] = []) {
        self.email = email
        self.name = name
        self.accounts = accounts
    }

    /// In how many workspaces the person can work.
    public var workspaces: Int { Set(accounts.filter { $0.kind == .user }.map(\.workspace)).count }

    /// The number of these workspaces with a privileged account type.
    public var privileged: Int {
        Set(accounts.filter(\.isPrivileged).map(\.workspace)).count
    }

    /// In how many workspaces an invite waits, or ran out.
    public var invites: Int { Set(accounts.filter { $0.kind == .invite }.map(\.workspace)).count }
}

/// Who has access where, as a report reads it: people come one at a time, in the same order each time.
public protocol AccessSource {
    /// Everybody: who is privileged in most workspaces first, then by address.
    func people(_ body: (PersonAccess) throws -> Void) throws
}
