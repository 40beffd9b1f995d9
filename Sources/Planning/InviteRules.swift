import Domain

/// What becomes of a valid row of an invite list, given the rest of the file and the workspace.
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

    /// What the workspace shows about an invite whose answer was lost.
    static func find(_ row: UnansweredRow, wanted: AccountType) -> Finding {
        switch row.standing {
        case .absent: return .noEffect
        case .invited(_, let status) where status.isExpired && row.again:
            // It was expired before, too: the email may have gone out without a change of the status, or long ago.
            return .undecided(reason: "the invitation was expired before it was re-sent, and still is")
        case .invited(let type, _), .active(let type):
            if type.isSame(as: wanted) { return .tookEffect }
            // Somebody else may have invited them as that; whether this request sent an email as well is not known.
            return .undecided(
                reason:
                    "the workspace has this address as \(Terminal.plain(type.rawValue)), and \(wanted) was asked for")
        }
    }

    private static func otherType(_ type: AccountType, than wanted: AccountType) -> String {
        type.isSame(as: wanted)
            ? " as \(Terminal.plain(type.rawValue))"
            : " as \(Terminal.plain(type.rawValue)); the file asks for \(wanted)"
    }
}
