/// How one address stands in the workspace.
public enum Standing: Hashable, Sendable {
    /// The workspace does not know the address.
    case absent
    /// An invite waits.
    case invited(AccountType, InviteStatus)
    /// The person can work.
    case active(AccountType)
}

/// What two rows about the same account have in common: the key of its address, or its uid.
public enum Subject {
    /// No address begins with this sign and goes on like a uid.
    public static func of(uid: String) -> String { "#" + uid }

    /// The account that an operation is about.
    public static func of(_ operation: WorkspaceChange) -> String {
        switch operation.account {
        case .address(let email): email.key
        case .uid(let uid): of(uid: uid)
        }
    }
}

extension Roster {
    /// Says of every subject how it stands.
    ///
    /// Of two with the same subject the later counts: an invite that waits hides one that has expired, and who can work
    /// hides both.
    ///
    /// - Parameter uids: whether to name those who can work by their uids as well.
    public func forEachStanding(uids: Bool, _ body: (_ subject: String, Standing) throws -> Void) rethrows {
        for isExpired in [true, false] {
            for invite in invited where invite.status.isExpired == isExpired {
                try body(EmailAddress.key(of: invite.email), .invited(invite.accountType, invite.status))
            }
        }
        for user in active { try body(EmailAddress.key(of: user.email), .active(user.accountType)) }
        guard uids else { return }
        for user in active { try body(Subject.of(uid: user.uid), .active(user.accountType)) }
    }
}
