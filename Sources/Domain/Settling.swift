/// An open row together with the current state of its account.
public struct UnansweredRow: Hashable, Sendable {
    /// The operation that was sent.
    public var operation: WorkspaceChange
    /// Whether it re-sends an expired invitation, so that an invitation existed before.
    public var again: Bool
    /// The type of the active user when the plan was made; nil for an invitation.
    public var before: AccountType?
    /// The current state of the account.
    public var standing: Standing

    /// Creates an unanswered row.
    public init(operation: WorkspaceChange, again: Bool = false, before: AccountType? = nil, standing: Standing) {
        self.operation = operation
        self.again = again
        self.before = before
        self.standing = standing
    }
}

/// What a listing shows about an open row.
public enum Finding: Hashable, Sendable {
    /// The account is as the row requested.
    case tookEffect
    /// The account is as it was before.
    case noEffect
    /// The account is in neither state: the row failed.
    case contradicted(reason: String)
    /// The account would look the same in both cases; the row stays unconfirmed.
    case undecided(reason: String)
}

/// One listing and its age.
public struct Look: Hashable, Sendable {
    /// The users and invitations of the workspace.
    public var roster: Roster
    /// The time since the listing was requested.
    public var age: Duration

    /// Creates a listing with its age.
    public init(_ roster: Roster, age: Duration = .zero) {
        self.roster = roster
        self.age = age
    }
}

/// The times that limit how long the requests of claimed rows may be in progress.
public struct ClaimLimits: Hashable, Sendable {
    /// The timeout for a response.
    public var timeout: Duration
    /// The time of the slowest response in this run so far.
    public var slowest: Duration

    /// Creates the limits.
    public init(timeout: Duration, slowest: Duration = .zero) {
        self.timeout = timeout
        self.slowest = slowest
    }

    /// How long a claimed row may wait before its request is sent; after that it must be claimed again.
    public static let lease = Duration.seconds(5)
}

/// The terms by which open rows are settled.
public struct SettlementTerms: Hashable, Sendable {
    /// The maximum number of attempts for each row.
    public var maxAttempts: Int
    /// Whether to re-send rows that no listing can decide, as the user requested.
    public var resendUndecided: Bool
    /// How long after its timeout a request may still take effect, and a listing may lag.
    public var grace: Duration
    /// The timeout for a response, for rows without their own.
    public var timeout: Duration
    /// Rows whose refusal applied to the whole run: they return to the plan instead of failing.
    public var returned: Set<Int64>
    /// Whether this pass is the last: rows in ``returned`` that are still open become ordinary unconfirmed rows, so
    /// that a resume checks and sends them.
    public var releases = false

    /// Creates the terms.
    public init(
        maxAttempts: Int, resendUndecided: Bool = false, grace: Duration = .seconds(30),
        timeout: Duration = .seconds(30), returned: Set<Int64> = []
    ) {
        self.maxAttempts = maxAttempts
        self.resendUndecided = resendUndecided
        self.grace = grace
        self.timeout = timeout
        self.returned = returned
    }
}

/// The result of settling open rows.
public struct Settlement: Hashable, Sendable {
    /// The number of rows that took effect.
    public var tookEffect: Int
    /// The number of rows that return to the plan, because they had no effect or are re-sent on request.
    public var sendAgain: Int
    /// The number of rows that are now `failed`: without effect and without attempts left, declined, or contradicted.
    public var failed: Int
    /// The number of rows that are still open.
    public var open: Int
    /// The number of rows that got `ok: true` a moment ago and are missing from the listing. If it is above 0, the
    /// listing lags: absence proves nothing, and it has decided no row by absence.
    public var missing: Int
    /// The number of rows in ``SettlementTerms/returned`` that took effect after all.
    public var returnedTookEffect: Int
    /// The number of these rows that are still open.
    public var returnedOpen: Int
    /// How long to wait for the next listing that can decide a row; nil if none can.
    public var nextLook: Duration?

    /// Creates a settlement.
    public init(
        tookEffect: Int = 0, sendAgain: Int = 0, failed: Int = 0, open: Int = 0, missing: Int = 0,
        returnedTookEffect: Int = 0, returnedOpen: Int = 0, nextLook: Duration? = nil
    ) {
        self.tookEffect = tookEffect
        self.sendAgain = sendAgain
        self.failed = failed
        self.open = open
        self.missing = missing
        self.returnedTookEffect = returnedTookEffect
        self.returnedOpen = returnedOpen
        self.nextLook = nextLook
    }

    /// Adds the result of a later pass over the same rows: decisions are added up, the open rows are replaced.
    public mutating func add(_ later: Settlement) {
        tookEffect += later.tookEffect
        sendAgain += later.sendAgain
        failed += later.failed
        returnedTookEffect += later.returnedTookEffect
        (open, missing, returnedOpen, nextLook) = (later.open, later.missing, later.returnedOpen, later.nextLook)
    }
}

/// Whether a listing at the end of a run agrees with the outcome of a row.
public enum Verification: String, Hashable, Sendable, CaseIterable {
    /// The workspace is as the outcome says.
    case confirmed
    /// The workspace is not as the outcome says.
    case contradicted
}
