import Domain
import Planning

extension ReviewState.Account {
    /// How the reason begins why a decision that was carried out is open again.
    static let undone = "undone since: "

    /// Takes a decision that was handed in later than the one so far. An empty cell is no decision and replaces none.
    mutating func take(_ stored: StoredDecision) {
        guard let decision = stored.decision else { return }
        let next = Self.standing(of: decision, stored)
        // Handed in once more: the run that carried the decision out is the one that counts.
        if let decided, decided.isSame(as: stored), stored.outcome == .skipped, next.isDone, standing.isDone { return }
        decided = ReviewState.Decided(
            decision: decision, newAccountType: stored.newAccountType, reviewer: stored.reviewer,
            justification: stored.justification, ticket: stored.ticket, exceptionUntil: stored.exceptionUntil,
            decidedAt: stored.decidedAt, appliedAt: stored.appliedAt, run: stored.run, verified: stored.verified,
            replaced: decided.flatMap { $0.isSame(as: stored) ? $0.replaced : $0.summary },
            currentUID: stored.currentUID)
        standing = next
    }

    private static func standing(of decision: Decision, _ stored: StoredDecision) -> ReviewState.Standing {
        if decision == .dontKnow { return .undecided }
        switch stored.outcome {
        case .succeeded:
            return stored.verified == .contradicted
                ? .failed("the workspace contradicts the result of run \(stored.run)") : .applied
        case .skipped:
            // Earlier versions skipped decisions that the workspace had outrun.
            if stored.reason.contains("decide again") { return .failed(stored.reason) }
            return [.approve, .exception].contains(decision) ? .kept : .applied
        case .rejected where decision == .remove || (decision == .revoke && stored.operation == nil):
            return .manual(stored.reason)
        case .rejected, .failed, .unknown, .notSent:
            return .failed(stored.reason.isEmpty ? stored.outcome.words : stored.reason)
        }
    }

    /// Looks in a later listing whether a manual step was done, and whether a decision that was carried out still holds.
    mutating func compare(with now: AccountIndex) {
        let users = now.users(at: account.email)
        let isPresent = !users.isEmpty || now.isInvited(account.email)
        switch (standing, decided?.decision) {
        case (.manual, _) where account.kind == .invite:
            if !isPresent { standing = .applied }
        // What has happened to the account since is in the supplement.
        case _ where laterKey != nil: break
        case (.applied, .revoke), (.applied, .remove):
            if now.user(uid: account.uid) != nil || !users.isEmpty {
                standing = .failed(Self.undone + "the user is active again")
            } else if isPresent, account.kind == .invite || !hasReviewedInvitation {
                standing = .failed(Self.undone + "the address is invited again")
            }
        case (.applied, .changeRole):
            let wanted = AccountType(rawValue: decided?.newAccountType ?? "")
            let user = now.user(uid: decided?.currentUID.nonEmpty ?? account.uid)
            if let user, !user.accountType.isSame(as: wanted) {
                standing = .failed(Self.undone + "the account type is \(user.accountType)")
            }
        case (.kept, _) where account.kind == .user:
            if let user = now.user(uid: account.uid), !user.hasAddress(account.email) {
                standing = .failed(user.otherAddress(than: account.email))
            }
        default: break
        }
    }
}

extension ReviewState.Decided {
    fileprivate func isSame(as stored: StoredDecision) -> Bool {
        decision == stored.decision
            && AccountType(rawValue: newAccountType).isSame(as: AccountType(rawValue: stored.newAccountType))
    }

    /// `Change role to ANALYST, by Grace Hopper in run 3`
    public var summary: String {
        decision.rawValue + (newAccountType.isEmpty ? "" : " to \(newAccountType)")
            + (reviewer.isEmpty ? "" : ", by \(reviewer)") + " in run \(run)"
    }
}
