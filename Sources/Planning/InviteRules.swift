import Domain

/// Decides about valid rows of an invite list.
enum InviteRules {
    static func decide(_ wanted: AccountType, _ standing: Standing) -> Disposition {
        switch standing {
        case .absent:
            return .send(again: false)
        case .invited(_, let status) where status.isExpired:
            return .send(again: true)
        case .invited(let type, _):
            return .skip(.alreadyInvited, reason: "already invited" + otherType(type, than: wanted))
        case .active(let type):
            return .skip(.alreadyActive, reason: "already active" + otherType(type, than: wanted))
        }
    }

    /// What a listing shows about an unconfirmed invitation.
    static func find(_ row: UnansweredRow, wanted: AccountType) -> Finding {
        switch row.standing {
        case .absent: return .noEffect
        case .invited(_, let status) where status.isExpired && row.again:
            // The invitation was already expired, so its status does not show whether this request sent an email.
            return .undecided(reason: "the invitation was expired before it was re-sent, and still is")
        case .invited(let type, _), .active(let type):
            if type.isSame(as: wanted) { return .tookEffect }
            // Somebody else may have sent this invitation; whether this request sent an email too cannot be seen.
            return .undecided(
                reason:
                    "the workspace has this address as \(Terminal.plain(type.rawValue)); requested: \(wanted)")
        }
    }

    private static func otherType(_ type: AccountType, than wanted: AccountType) -> String {
        type.isSame(as: wanted)
            ? " as \(Terminal.plain(type.rawValue))"
            : " as \(Terminal.plain(type.rawValue)); requested: \(wanted)"
    }
}
