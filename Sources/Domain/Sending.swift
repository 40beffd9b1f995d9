import Foundation

/// Somewhere to send operations: the API's client, or a stand-in for it.
public protocol OperationSender: Sendable {
    /// Makes one attempt with one request, which carries all of the operations. Never throws: every failure is an
    /// ``Answer``.
    ///
    /// - Parameter operations: at least one.
    /// - Returns: an answer to each, in their order.
    func send(_ operations: [WorkspaceChange]) async -> [Answer]
}

/// Somewhere to ask who is in the workspace.
public protocol RosterSource: Sendable {
    /// One whole answer of `listUsers`.
    func listUsers() async throws(ListingFailure) -> Roster
}

/// Why a listing could not be had.
public enum ListingFailure: Error, Hashable, Sendable {
    /// The endpoint could not be reached or kept failing; trying later may help.
    case unreachable(reason: String)
    /// The API asks to slow down, for so long where it says.
    case throttled(reason: String, wait: Duration?)
    /// 401 or 403, in whatever form.
    case credentialsRefused(reason: String)
    /// It answered, and not with a list that can be trusted.
    case unusable(reason: String)

    /// What happened.
    public var reason: String {
        switch self {
        case .unreachable(let reason), .throttled(let reason, _), .credentialsRefused(let reason),
            .unusable(let reason):
            reason
        }
    }
}

/// A row of a plan whose turn it is.
public struct PendingRow: Hashable, Sendable {
    /// The row's place in its run, counted from 1; the key of the row in the ledger.
    public var ordinal: Int64
    /// What to send.
    public var operation: WorkspaceChange
    /// How many attempts were made before, in this run or the run that it resumes.
    public var attempts: Int

    /// Takes a row.
    public init(ordinal: Int64, operation: WorkspaceChange, attempts: Int) {
        self.ordinal = ordinal
        self.operation = operation
        self.attempts = attempts
    }
}

/// What is written down about a row that was claimed.
public struct RowRecord: Hashable, Sendable {
    /// The row.
    public var ordinal: Int64
    /// What became of it; nil returns it to the plan, because its request cannot have had an effect.
    public var outcome: Outcome?
    /// Why the API did not carry it out, as long as no listing has confirmed that; the outcome is then `unknown`.
    public var refusal: Refusal?
    /// All attempts so far.
    public var attempts: Int
    /// When the request of this claim was sent; nil if none was.
    public var startedAt: Date?
    /// When its answer came.
    public var finishedAt: Date?

    /// Takes a record.
    public init(
        ordinal: Int64, outcome: Outcome?, refusal: Refusal? = nil, attempts: Int, startedAt: Date?, finishedAt: Date?
    ) {
        self.ordinal = ordinal
        self.outcome = outcome
        self.refusal = refusal
        self.attempts = attempts
        self.startedAt = startedAt
        self.finishedAt = finishedAt
    }
}

/// How a row was refused whose outcome is not final yet. The raw value is what the ledger holds.
public enum Refusal: Int, Sendable {
    /// The API declined; a listing has to agree before the row has failed.
    case declined = 1
    /// The same by an answer that does not name the row. It may come from something in front of the API, behind which
    /// the request goes on, so a listing has to wait for as long as without any answer.
    case turnedAway = 3
    /// The request cannot have had an effect. The row has failed unless the whole run turns out to be refused.
    case impossible = 2
}

/// The durable record of a run, as its executor sees it. What a method has returned from is on the disk.
public protocol OperationJournal: Sendable {
    /// Writes `records` down and claims the next rows of the plan, in one durable step.
    ///
    /// Claimed rows are in the ledger as *sending* before this returns, with the time and `limits`, so that a crash from
    /// then on leaves them unknown, and a later process knows until when their requests may be in progress.
    /// - Returns: at most `limit` rows, in the order of the input; none when the plan is at its end.
    func claim(_ limit: Int, within limits: ClaimLimits, recording records: [RowRecord]) async throws -> [PendingRow]

    /// Writes `records` down.
    func record(_ records: [RowRecord]) async throws

    /// Decides every open row by the evidence there is: it took effect, or it returns to the plan, or it has failed, or
    /// it stays unknown.
    ///
    /// - Parameter look: a listing, and when it was asked for; nil to decide only what needs no listing.
    func settle(by look: Look?, on terms: SettlementTerms) async throws -> Settlement
}
