/// An open row beside what the workspace looks like now.
public struct UnansweredRow: Hashable, Sendable {
    /// What was sent.
    public var operation: WorkspaceChange
    /// Whether it sends an expired invite again, so that an invite was there before.
    public var again: Bool
    /// What an active user had when the plan was made; nil for an invite.
    public var before: AccountType?
    /// How the account stands now.
    public var standing: Standing

    /// Takes a row.
    public init(operation: WorkspaceChange, again: Bool = false, before: AccountType? = nil, standing: Standing) {
        self.operation = operation
        self.again = again
        self.before = before
        self.standing = standing
    }
}

/// What the workspace shows about an open row.
public enum Finding: Hashable, Sendable {
    /// It is as the row asked.
    case tookEffect
    /// It is as it was before.
    case noEffect
    /// It is neither, and why: the row has failed.
    case contradicted(reason: String)
    /// It would look the same either way, and why; the row stays unknown.
    case undecided(reason: String)
}

/// One listing, and how long ago it was asked for.
public struct Look: Hashable, Sendable {
    /// Who was in the workspace.
    public var roster: Roster
    /// From the request for the listing to now.
    public var age: Duration

    /// Takes a listing.
    public init(_ roster: Roster, age: Duration = .zero) {
        self.roster = roster
        self.age = age
    }
}

/// Until when the requests of claimed rows may be in progress.
public struct ClaimLimits: Hashable, Sendable {
    /// How long an answer may take.
    public var timeout: Duration
    /// The slowest answer of this run so far.
    public var slowest: Duration

    /// Takes the limits.
    public init(timeout: Duration, slowest: Duration = .zero) {
        self.timeout = timeout
        self.slowest = slowest
    }

    /// How long a claimed row may wait before its request is sent; after that it is claimed anew.
    public static let lease = Duration.seconds(5)
}

/// By what open rows are settled.
public struct SettlementTerms: Hashable, Sendable {
    /// Attempts for each row before it has failed.
    public var maxAttempts: Int
    /// Send again what cannot be told apart, because somebody asked for that by name.
    public var resendUndecided: Bool
    /// How long after its timeout a request may still take effect, and a listing may lag.
    public var grace: Duration
    /// How long an answer may take, for rows that do not say.
    public var timeout: Duration
    /// Rows whose refusal turned out to be the whole run's: they return to the plan instead of failing.
    public var returned: Set<Int64>
    /// Nobody looks for them now: those among ``returned`` that are still open are ordinary unknown rows from here on,
    /// so that a resume looks for them and sends them.
    public var releases = false

    /// Takes the terms.
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

/// What settling open rows came to.
public struct Settlement: Hashable, Sendable {
    /// Rows that turned out to have taken effect.
    public var tookEffect: Int
    /// Rows that had no effect, or are sent again on request, and return to the plan.
    public var sendAgain: Int
    /// Rows that had no effect and have no attempts left, were declined, or ended otherwise: now `failed`.
    public var failed: Int
    /// Rows that are still open.
    public var open: Int
    /// Rows that were answered `ok: true` a moment ago and that the listing does not show. Above 0 the listing is
    /// behind, absence proves nothing, and no row that it does not show was decided by it.
    public var missing: Int
    /// Of the rows in ``SettlementTerms/returned``, how many took effect after all.
    public var returnedTookEffect: Int
    /// Of the same rows, how many are still open.
    public var returnedOpen: Int
    /// How long to wait for the next listing that can decide something; nil if no further one can.
    public var nextLook: Duration?

    /// Takes the counts.
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

    /// Takes what a later pass over the same rows came to: what it decided adds up, what it left open is the new state.
    public mutating func add(_ later: Settlement) {
        tookEffect += later.tookEffect
        sendAgain += later.sendAgain
        failed += later.failed
        returnedTookEffect += later.returnedTookEffect
        (open, missing, returnedOpen, nextLook) = (later.open, later.missing, later.returnedOpen, later.nextLook)
    }
}

/// What a listing at the end of a run says about a row's outcome.
public enum Verification: String, Hashable, Sendable, CaseIterable {
    /// The workspace is as the outcome says.
    case confirmed
    /// It is not.
    case contradicted
}
