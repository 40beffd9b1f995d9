/// The state of one address in the workspace.
public enum Standing: Hashable, Sendable {
    /// Neither a user nor an invitation.
    case absent
    /// An invitation, pending or expired.
    case invited(AccountType, InviteStatus)
    /// An active user.
    case active(AccountType)
}

/// The key that all rows about the same account share: the key of the address, or the uid.
public enum Subject {
    /// The key of a uid; no address key has this form.
    public static func of(uid: String) -> String { "#" + uid }

    /// The key of the account that an operation changes.
    public static func of(_ operation: WorkspaceChange) -> String {
        switch operation.account {
        case .address(let email): email.key
        case .uid(let uid): of(uid: uid)
        }
    }
}

extension Roster {
    /// Passes the state of every account to `body`.
    ///
    /// If a subject comes twice, the later state counts: a pending invitation replaces an expired one, and an active
    /// user replaces both.
    ///
    /// - Parameter uids: whether to pass active users by their uids as well.
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
