/// One change asked of the workspace.
public enum WorkspaceChange: Hashable, Sendable {
    /// Ask somebody in; sends them an email.
    case invite(EmailAddress, AccountType)
    /// Give an active user another account type.
    case changeRole(uid: String, AccountType)
    /// Take an active user's access away; the API has no way back (docs/api.md).
    case disable(uid: String)

    /// The word for it in results and in the ledger.
    public enum Kind: String, Sendable, CaseIterable {
        /// `inviteUser`
        case invite
        /// `updateUserAccountType`
        case changeRole
        /// `disableUser`
        case disable

        /// What people call one of them.
        public var noun: String {
            switch self {
            case .invite: "invite"
            case .changeRole: "role change"
            case .disable: "removal"
            }
        }

        /// Why it cannot be undone; nil for one that leaves a list that takes it back.
        public var isFinalBecause: String? {
            switch self {
            case .invite: "an email cannot be taken back"
            case .changeRole: nil
            case .disable: "the API cannot enable a user again"
            }
        }
    }

    /// What the account has afterwards; nil for a removal.
    public var accountType: AccountType? {
        switch self {
        case .invite(_, let type), .changeRole(_, let type): type
        case .disable: nil
        }
    }

    /// The word for it in results and in the ledger.
    public var kind: Kind {
        switch self {
        case .invite: .invite
        case .changeRole: .changeRole
        case .disable: .disable
        }
    }
}
