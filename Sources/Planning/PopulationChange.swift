import Domain

/// A difference between the accounts that were reviewed and the accounts of the workspace later on.
public struct PopulationChange: Hashable, Sendable {
    /// What has happened to the account. The raw values are those of files.
    public enum Kind: String, Sendable, CaseIterable {
        /// A user who was not reviewed.
        case newUser
        /// An active user with a reviewed address, under another uid than the reviewed one.
        case otherUID
        /// A reviewed uid with another address.
        case otherAddress
        /// A reviewed invitation that has been accepted.
        case accepted
        /// An invitation that was not reviewed.
        case newInvite
        /// A reviewed invitation that was expired and is pending again.
        case reinvited
        /// Another account type than the reviewed one.
        case otherType
        /// A reviewed user or invitation that no longer exists.
        case gone

        /// The kind behind a count: `3 newly invited`.
        public var words: String {
            switch self {
            case .newUser: "new"
            case .otherUID: "under another uid"
            case .otherAddress: "with another address"
            case .accepted: "accepted"
            case .newInvite: "newly invited"
            case .reinvited: "invited again"
            case .otherType: "with another account type"
            case .gone: "gone"
            }
        }
    }

    /// What has happened.
    public var kind: Kind
    /// User or invitation; of an accepted invitation, the user.
    public var accountKind: AccountKind
    /// The uid of the user; empty for an invitation.
    public var uid: String
    /// The address, in the API's spelling.
    public var email: String
    /// The account type in the review; nil for an account that was not reviewed.
    public var typeBefore: AccountType?
    /// The account type now; nil for an account that no longer exists.
    public var typeAfter: AccountType?
    /// Whether it gives a privilege that nobody has reviewed.
    public var isUnreviewedPrivilege: Bool

    /// One line: `ada@acme.io is a new user with the account type ADMIN`.
    public var sentence: String {
        let who = Terminal.plain(email, limit: 254)
        let before = Terminal.plain(typeBefore?.rawValue ?? "", limit: 60)
        let after = Terminal.plain(typeAfter?.rawValue ?? "", limit: 60)
        return switch kind {
        case .newUser: "\(who) is a new user with the account type \(after)"
        case .otherUID: "\(who) is active under another uid, with the account type \(after)"
        case .otherAddress: "\(who) has the uid of another reviewed address, with the account type \(after)"
        case .accepted: "\(who) has accepted the invitation and has the account type \(after)"
        case .newInvite: "\(who) is a new invitation with the account type \(after)"
        case .reinvited: "\(who) has been invited again with the account type \(after)"
        case .otherType: "\(who) was \(before) and is now \(after)"
        case .gone: "\(who) no longer exists"
        }
    }
}

/// Compares reviewed accounts with a later listing.
public struct PopulationChanges {
    private let reviewed: [ReviewedAccount]
    private let privileged: PrivilegedTypes
    /// The account types that the review itself has given, by uid.
    private let given: [String: AccountType]
    /// The addresses that the review itself has invited again.
    private let reinvited: Set<String>

    /// - Parameters:
    ///   - reviewed: every account that was reviewed.
    ///   - privileged: which account types count as privileged.
    ///   - given: the account types that the review itself has given, by uid; they are no changes.
    ///   - reinvited: the keys of the addresses that the review itself has invited again.
    public init(
        since reviewed: [ReviewedAccount], privileged: PrivilegedTypes, given: [String: AccountType] = [:],
        reinvited: Set<String> = []
    ) {
        self.reviewed = reviewed
        self.privileged = privileged
        self.given = given
        self.reinvited = reinvited
    }

    /// All differences: those of users first, in the order of the listing, then accounts that are gone.
    ///
    /// - Parameter revoked: the uids and the keys of addresses whose end the review has decided; their absence is no
    ///   change.
    public func find(in roster: Roster, revoked: Set<String> = []) -> [PopulationChange] {
        var users: [String: ReviewedAccount] = [:]
        var userAt: [String: ReviewedAccount] = [:]
        var invitesAt: [String: [ReviewedAccount]] = [:]
        for account in reviewed {
            let address = EmailAddress.key(of: account.email)
            if account.kind == .user {
                users[account.uid] = account
                userAt[address] = account
            } else {
                invitesAt[address, default: []].append(account)
            }
        }
        var changes: [PopulationChange] = []
        var present: Set<String> = []
        for user in roster.active {
            present.insert(user.uid)
            let address = EmailAddress.key(of: user.email)
            present.insert(address)
            if let known = users[user.uid] {
                changes +=
                    EmailAddress.key(of: known.email) == address
                    ? typeChange(of: known, now: user.accountType, as: given[user.uid])
                    : [change(.otherAddress, user, before: known.accountType)]
            } else if let other = userAt[address] {
                present.insert(other.uid)
                changes.append(change(.otherUID, user, before: other.accountType))
            } else if let invites = invitesAt[address] {
                let same = invites.first { $0.accountType.isSame(as: user.accountType) }
                var accepted = change(.accepted, user, before: (same ?? invites[0]).accountType)
                // Whoever reviewed the invitation has reviewed this account type.
                if same != nil { accepted.isUnreviewedPrivilege = false }
                changes.append(accepted)
            } else {
                changes.append(change(.newUser, user, before: nil))
            }
        }
        changes += self.changes(of: roster.invited, since: &invitesAt, users: userAt, &present)
        for account in reviewed {
            let subject = account.kind == .user ? account.uid : EmailAddress.key(of: account.email)
            guard !present.contains(subject), !revoked.contains(subject) else { continue }
            changes.append(
                PopulationChange(
                    kind: .gone, accountKind: account.kind, uid: account.uid, email: account.email,
                    typeBefore: account.accountType, typeAfter: nil, isUnreviewedPrivilege: false))
        }
        return changes
    }

    /// The differences of the invitations. An address may have several; equal ones belong together.
    private func changes(
        of invited: [InvitedUser], since reviewed: inout [String: [ReviewedAccount]], users: [String: ReviewedAccount],
        _ present: inout Set<String>
    ) -> [PopulationChange] {
        var changes: [PopulationChange] = []
        for invite in invited {
            let address = EmailAddress.key(of: invite.email)
            present.insert(address)
            guard let known = reviewed[address], !known.isEmpty else {
                changes.append(change(.newInvite, invite, before: users[address]?.accountType))
                continue
            }
            let place =
                known.firstIndex { $0.accountType.isSame(as: invite.accountType) && $0.status == invite.status }
                ?? known.firstIndex { $0.accountType.isSame(as: invite.accountType) } ?? 0
            let account = known[place]
            reviewed[address]?.remove(at: place)
            changes += typeChange(of: account, now: invite.accountType, as: nil)
            if account.status?.isExpired == true, !invite.status.isExpired, !reinvited.contains(address) {
                var again = change(.reinvited, invite, before: account.accountType)
                again.isUnreviewedPrivilege = false
                changes.append(again)
            }
        }
        return changes
    }

    private func typeChange(
        of known: ReviewedAccount, now: AccountType, as given: AccountType?
    ) -> [PopulationChange] {
        let expected = given ?? known.accountType
        guard !expected.isSame(as: now) else { return [] }
        return [
            PopulationChange(
                kind: .otherType, accountKind: known.kind, uid: known.uid, email: known.email, typeBefore: expected,
                typeAfter: now, isUnreviewedPrivilege: privileged.contains(now))
        ]
    }

    private func change(
        _ kind: PopulationChange.Kind, _ user: ActiveUser, before: AccountType?
    ) -> PopulationChange {
        PopulationChange(
            kind: kind, accountKind: .user, uid: user.uid, email: user.email, typeBefore: before,
            typeAfter: user.accountType, isUnreviewedPrivilege: privileged.contains(user.accountType))
    }

    private func change(
        _ kind: PopulationChange.Kind, _ invite: InvitedUser, before: AccountType?
    ) -> PopulationChange {
        PopulationChange(
            kind: kind, accountKind: .invite, uid: "", email: invite.email, typeBefore: before,
            typeAfter: invite.accountType, isUnreviewedPrivilege: privileged.contains(invite.accountType))
    }
}
