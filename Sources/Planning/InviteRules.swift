import Domain

/// What becomes of a valid row of an invite list, given the rest of the file and the workspace.
public enum InviteRules {
    /// Decides one row. The file comes first: rows that contradict each other say nothing about what is wanted.
    public static func decide(_ row: Candidate) -> Decision {
        if let other = row.contradiction {
            return .reject(
                .contradiction,
                reason:
                    "\(plain(row.email)) is asked for as \(row.accountType) here and as \(plain(other.accountType)) "
                    + "in line \(other.line); neither is sent")
        }
        if let first = row.firstLine {
            return .skip(.duplicate, reason: "the same as line \(first)")
        }
        switch row.standing {
        case .absent:
            return .send(again: false)
        case .invited(_, let status) where status.isExpired:
            return .send(again: true)
        case .invited(let type, _):
            return .skip(.alreadyInvited, reason: "already invited" + otherType(type, than: row.accountType))
        case .active(let type):
            return .skip(.alreadyActive, reason: "already active" + otherType(type, than: row.accountType))
        }
    }

    /// What the workspace shows about an invite whose answer was lost.
    public static func find(_ row: UnansweredRow) -> Finding {
        guard case .invite(_, let wanted) = row.operation else {
            return .contradicted(reason: "only invites can be asked about")
        }
        switch row.standing {
        case .absent: return .noEffect
        case .invited(_, let status) where status.isExpired && row.again:
            // It was expired before, too: the email may have gone out without a change of the status, or long ago.
            return .undecided(reason: "the invite is as expired as it was before it was sent again")
        case .invited(let type, _), .active(let type):
            if type == wanted { return .tookEffect }
            return .contradicted(
                reason: "the workspace has this address as \(plain(type)), and \(wanted) was asked for")
        }
    }

    /// Whether a listing at the end of the run agrees with a row's outcome; nil where there is nothing to compare.
    public static func verify(_ row: UnansweredRow, endedAs kind: Outcome.Kind, on ground: Ground?) -> Verification? {
        switch kind {
        case .succeeded: return find(row) == .tookEffect ? .confirmed : .contradicted
        // What failed and is there all the same is no failure, and somebody has to know.
        case .failed: return find(row) == .tookEffect ? .contradicted : .confirmed
        case .skipped where ground == .alreadyActive || ground == .alreadyInvited:
            return row.standing == .absent ? .contradicted : .confirmed
        case .skipped, .rejected, .unknown, .notSent: return nil
        }
    }

    private static func otherType(_ type: AccountType, than wanted: AccountType) -> String {
        type == wanted ? " as \(plain(type))" : " as \(plain(type)); the file asks for \(wanted)"
    }

    private static func plain(_ value: some CustomStringConvertible) -> String {
        Terminal.plain(value.description, limit: 254)
    }
}
