/// One requested change to the workspace.
///
/// All properties of a change are defined here, for plans, requests, the ledger, saved plans, results and `verify`.
public enum WorkspaceChange: Hashable, Sendable {
    /// Invite a person, who gets an email.
    case invite(EmailAddress, AccountType)
    /// Change the account type of an active user.
    case changeRole(uid: String, AccountType)
    /// Disable an active user; the API cannot undo it (docs/api.md).
    case disable(uid: String)

    /// The kind of a change; results and the ledger contain the raw value.
    public enum Kind: String, Sendable, CaseIterable {
        /// `inviteUser`
        case invite
        /// `updateUserAccountType`
        case changeRole
        /// `disableUser`
        case disable

        /// The singular noun for messages.
        public var noun: String {
            switch self {
            case .invite: "invitation"
            case .changeRole: "role change"
            case .disable: "removal"
            }
        }

        /// What a person is asked to confirm: `invite 12 people`.
        public func request(_ count: Int) -> String {
            switch self {
            case .invite: "invite \(count.counted("person", "people"))"
            case .changeRole:
                "change the account type\(count == 1 ? "" : "s") of \(count.counted("user"))"
            case .disable: "disable \(count.counted("user"))"
            }
        }

        /// Why it cannot be undone; nil for a change with an undo list.
        public var isFinalBecause: String? {
            switch self {
            case .invite: "a sent email cannot be recalled"
            case .changeRole: nil
            case .disable: "the API cannot enable a user again"
            }
        }

        /// Whether it takes access away altogether, which a person has to confirm by more than a y.
        public var takesAccessAway: Bool { self == .disable }

        /// Whether the change requires an account type.
        public var takesAccountType: Bool {
            switch self {
            case .invite, .changeRole: true
            case .disable: false
            }
        }

        /// Whether it changes the account of an active user, which has a uid.
        public var takesUID: Bool {
            switch self {
            case .invite: false
            case .changeRole, .disable: true
            }
        }

        /// Whether a list for it names people who have left, and not people who are there.
        public var isForLeavers: Bool {
            switch self {
            case .invite, .changeRole: false
            case .disable: true
            }
        }
    }

    /// The kind of the change.
    public var kind: Kind {
        switch self {
        case .invite: .invite
        case .changeRole: .changeRole
        case .disable: .disable
        }
    }

    /// The new account type; nil for a removal.
    public var accountType: AccountType? {
        switch self {
        case .invite(_, let type), .changeRole(_, let type): type
        case .disable: nil
        }
    }

    /// The account that is changed.
    public enum Account: Hashable, Sendable {
        /// The address of a person who may not have an account yet.
        case address(EmailAddress)
        /// The uid of an active user.
        case uid(String)

        /// The address or the uid.
        public var text: String {
            switch self {
            case .address(let email): email.text
            case .uid(let uid): uid
            }
        }
    }

    /// The account that is changed.
    public var account: Account {
        switch self {
        case .invite(let email, _): .address(email)
        case .changeRole(let uid, _), .disable(let uid): .uid(uid)
        }
    }

    /// Restores a change from the values in the ledger, plans and results.
    ///
    /// - Throws: ``InvalidEmail`` for an invitation to an invalid address, ``ChangeOfNobody`` for another change
    ///   without a uid.
    public init(_ kind: Kind, email: String, uid: String, accountType: AccountType) throws {
        guard !kind.takesUID || !uid.isEmpty else { throw ChangeOfNobody(kind: kind) }
        switch kind {
        case .invite: self = .invite(try EmailAddress(email), accountType)
        case .changeRole: self = .changeRole(uid: uid, accountType)
        case .disable: self = .disable(uid: uid)
        }
    }

    /// Whether a user has less access afterwards. Such changes are sent after the others, and limits count them.
    ///
    /// - Parameter before: the current type of the active user; nil for an invitation.
    public func isRemoval(from before: AccountType?, _ privileged: PrivilegedTypes) -> Bool {
        switch self {
        case .invite: false
        case .changeRole(_, let type): privileged.isLoss(from: before, to: type)
        case .disable: true
        }
    }

    /// The change in words, for messages: `DEVELOPER to ADMIN`.
    public func wording(from before: AccountType?) -> String {
        switch self {
        case .invite(_, let type): "invite as \(type)"
        case .changeRole(_, let type): "\(before.map { "\($0) " } ?? "")to \(type)"
        case .disable: "disable\(before.map { ", \($0)" } ?? "")"
        }
    }
}

/// A change without an account.
public struct ChangeOfNobody: Error, Hashable {
    /// The requested kind of change.
    public var kind: WorkspaceChange.Kind
}
