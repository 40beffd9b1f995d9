/// One change asked of the workspace.
///
/// What there is to say of a change is said here, and everything else reads it: plans, requests, the ledger, saved plans,
/// results and `verify`.
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

        /// What a person is asked to confirm: `invite 12 people`.
        public func request(_ count: Int) -> String {
            switch self {
            case .invite: "invite \(count.counted("person", "people"))"
            case .changeRole:
                "change the account type\(count == 1 ? "" : "s") of \(count.counted("user"))"
            case .disable: "disable \(count.counted("user"))"
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

        /// Whether it takes access away altogether, which a person has to confirm by more than a y.
        public var takesAccessAway: Bool { self == .disable }

        /// Whether it asks for an account type.
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

    /// The word for it in results and in the ledger.
    public var kind: Kind {
        switch self {
        case .invite: .invite
        case .changeRole: .changeRole
        case .disable: .disable
        }
    }

    /// What the account has afterwards; nil for a removal.
    public var accountType: AccountType? {
        switch self {
        case .invite(_, let type), .changeRole(_, let type): type
        case .disable: nil
        }
    }

    /// The account that a change is about.
    public enum Account: Hashable, Sendable {
        /// That of somebody who may not be there yet.
        case address(EmailAddress)
        /// That of an active user.
        case uid(String)

        /// The address or the uid.
        public var text: String {
            switch self {
            case .address(let email): email.text
            case .uid(let uid): uid
            }
        }
    }

    /// The account that it is about.
    public var account: Account {
        switch self {
        case .invite(let email, _): .address(email)
        case .changeRole(let uid, _), .disable(let uid): .uid(uid)
        }
    }

    /// Puts a change together from what ledger, plans and results keep of it.
    ///
    /// - Throws: ``InvalidEmail`` for an invite to no address, ``ChangeOfNobody`` for another change without a uid.
    public init(_ kind: Kind, email: String, uid: String, accountType: AccountType) throws {
        guard !kind.takesUID || !uid.isEmpty else { throw ChangeOfNobody(kind: kind) }
        switch kind {
        case .invite: self = .invite(try EmailAddress(email), accountType)
        case .changeRole: self = .changeRole(uid: uid, accountType)
        case .disable: self = .disable(uid: uid)
        }
    }

    /// Whether somebody has less access afterwards. Such changes go after the others, and limits count them.
    ///
    /// - Parameter before: what the active user has now; nil for an invite.
    public func isRemoval(from before: AccountType?, _ privileged: PrivilegedTypes) -> Bool {
        switch self {
        case .invite: false
        case .changeRole(_, let type): privileged.isLoss(from: before, to: type)
        case .disable: true
        }
    }

    /// What it does to an account, for people: `DEVELOPER to ADMIN`.
    public func wording(from before: AccountType?) -> String {
        switch self {
        case .invite(_, let type): "invite as \(type)"
        case .changeRole(_, let type): "\(before.map { "\($0) " } ?? "")to \(type)"
        case .disable: "disable\(before.map { ", \($0)" } ?? "")"
        }
    }
}

/// A change that names no account.
public struct ChangeOfNobody: Error, Hashable {
    /// What is asked for.
    public var kind: WorkspaceChange.Kind
}
