/// An unknown row beside what the workspace looks like now.
public struct UnansweredRow: Hashable, Sendable {
    /// What was sent.
    public var operation: Operation
    /// Whether it sends an expired invite again, so that an invite was there before.
    public var again: Bool
    /// What an active user had when the plan was made; nil for an invite.
    public var before: AccountType?
    /// How the account stands now.
    public var standing: Standing

    /// Takes a row.
    public init(operation: Operation, again: Bool = false, before: AccountType? = nil, standing: Standing) {
        self.operation = operation
        self.again = again
        self.before = before
        self.standing = standing
    }
}

/// What the workspace shows about an unanswered row.
public enum Finding: Hashable, Sendable {
    /// It is as the row asked.
    case tookEffect
    /// It is as it was before; the row can be sent again.
    case noEffect
    /// It is neither, and why.
    case contradicted(reason: String)
    /// It would look the same either way, and why; the row stays unknown.
    case undecided(reason: String)
}

/// By what unanswered rows are settled.
public struct SettlementTerms: Hashable, Sendable {
    /// Attempts for each row before it has failed.
    public var maxAttempts: Int
    /// Send again what cannot be told apart, because somebody asked for that by name.
    public var resendUndecided: Bool
    /// Nobody will ask again: rows that a listing behind the times cannot decide say so. Until then they wait for one
    /// that has caught up.
    public var isLast: Bool

    /// Takes the terms.
    public init(maxAttempts: Int, resendUndecided: Bool = false, isLast: Bool = true) {
        self.maxAttempts = maxAttempts
        self.resendUndecided = resendUndecided
        self.isLast = isLast
    }
}

/// What settling unanswered rows came to.
public struct Settlement: Hashable, Sendable {
    /// Rows that turned out to have taken effect.
    public var tookEffect: Int
    /// Rows that had no effect, or are sent again on request, and go back into the plan.
    public var sendAgain: Int
    /// Rows that had no effect and have no attempts left, or ended otherwise: now `failed`.
    public var failed: Int
    /// Rows that stay unknown.
    public var undecided: Int
    /// Rows that were answered `ok: true` a moment ago and that the listing does not show. Above 0 the listing is
    /// behind the times, absence proves nothing, and no row that it does not show was decided by it.
    public var missing: Int

    /// Takes the counts.
    public init(tookEffect: Int = 0, sendAgain: Int = 0, failed: Int = 0, undecided: Int = 0, missing: Int = 0) {
        self.tookEffect = tookEffect
        self.sendAgain = sendAgain
        self.failed = failed
        self.undecided = undecided
        self.missing = missing
    }
}

/// What a listing at the end of a run says about a row's outcome.
public enum Verification: String, Hashable, Sendable, CaseIterable {
    /// The workspace is as the outcome says.
    case confirmed
    /// It is not.
    case contradicted
}
