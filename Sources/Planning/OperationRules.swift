import Domain

/// Decides about valid rows, given the rest of the file and the workspace.
public enum OperationRules {
    /// Decides one row. Contradictions in the file come first, because rows that contradict each other do not show what
    /// is intended.
    public static func decide(_ row: Candidate) -> Disposition {
        if let other = row.contradiction {
            let wanted = row.operation.accountType.map(\.rawValue) ?? ""
            return .reject(
                .contradiction,
                reason:
                    "\(Terminal.plain(row.email, limit: 254)) is \(Terminal.plain(wanted)) here but "
                    + "\(Terminal.plain(other.accountType.rawValue)) in line \(other.line); neither row is sent")
        }
        if let first = row.firstLine {
            return .skip(.duplicate, reason: "duplicate of line \(first)")
        }
        if let earlier = row.earlier, let disposition = decide(row, after: earlier) { return disposition }
        if case .invite(_, let wanted) = row.operation { return InviteRules.decide(wanted, row.standing) }
        guard case .active = row.standing else {
            let whose = Terminal.plain(row.email, limit: 254)
            return .reject(.notActive, reason: "\(whose) is no longer an active user")
        }
        return row.operation.accountType.map { ChangeRules.decide($0, row.standing) } ?? .send(again: false)
    }

    /// Decides a row of an older plan again, based on the current workspace.
    public static func decideAgain(_ row: Candidate) -> Disposition {
        switch decide(row) {
        case .skip(let ground, let reason) where ground != .duplicate:
            .skip(ground, reason: "since the plan was made: \(reason)")
        case .reject(let ground, let reason) where ground == .notActive:
            .reject(ground, reason: "since the plan was made: \(reason)")
        case let disposition: disposition
        }
    }

    /// The decision that follows from an earlier run with the same account; nil if the listing decides.
    private static func decide(_ row: Candidate, after earlier: EarlierRow) -> Disposition? {
        guard earlier.succeeded else {
            return .reject(
                .unanswered,
                reason:
                    "the request of run \(earlier.run) for this account is unconfirmed; resume that run to check it"
            )
        }
        guard case .invite = row.operation else { return nil }
        switch row.standing {
        case .absent: break
        case .invited(_, let status) where status.isExpired: break
        case .invited, .active: return nil
        }
        return .skip(
            .alreadyInvited, reason: "just invited by run \(earlier.run); the workspace does not list it yet")
    }

    /// What a listing shows about an unconfirmed row.
    public static func find(_ row: UnansweredRow) -> Finding {
        switch row.operation {
        case .invite(_, let wanted): InviteRules.find(row, wanted: wanted)
        case .changeRole(_, let wanted): ChangeRules.find(row, wanted: wanted)
        case .disable: row.standing == .absent ? .tookEffect : .noEffect
        }
    }

    /// Whether a listing at the end of the run agrees with a row's outcome; nil if there is nothing to compare.
    public static func verify(_ row: UnansweredRow, endedAs kind: Outcome.Kind, on ground: Ground?) -> Verification? {
        switch (kind, ground) {
        case (.succeeded, _): find(row) == .tookEffect ? .confirmed : .contradicted
        // A failed row that took effect nevertheless must be reported.
        case (.failed, _): find(row) == .tookEffect ? .contradicted : .confirmed
        case (.skipped, .alreadyActive), (.skipped, .alreadyInvited):
            row.standing == .absent ? .contradicted : .confirmed
        case (.skipped, .sameType): find(row) == .tookEffect ? .confirmed : .contradicted
        default: nil
        }
    }
}
