import Foundation

/// Sends operations: the client of the API, or a substitute in tests.
public protocol OperationSender: Sendable {
    /// Makes one attempt with one request, which contains all of the operations. Never throws: every failure is an
    /// ``Answer``.
    ///
    /// - Parameter operations: at least one.
    /// - Returns: one answer for each operation, in the same order.
    func send(_ operations: [WorkspaceChange]) async -> [Answer]
}

/// Lists the workspace.
public protocol RosterSource: Sendable {
    /// Requests one complete response of `listUsers`.
    func listUsers() async throws(ListingFailure) -> Roster
}

/// Why listing the workspace failed.
public enum ListingFailure: Error, Hashable, Sendable {
    /// The endpoint could not be reached, or failed on every attempt; a later attempt may succeed.
    case unreachable(reason: String)
    /// The rate limit of the API; with the time to wait if the API says it.
    case throttled(reason: String, wait: Duration?)
    /// 401 or 403, or a response with the same meaning.
    case credentialsRefused(reason: String)
    /// The response is not a list that can be trusted.
    case unusable(reason: String)

    /// The reason, for a message.
    public var reason: String {
        switch self {
        case .unreachable(let reason), .throttled(let reason, _), .credentialsRefused(let reason),
            .unusable(let reason):
            reason
        }
    }
}

/// A row of a plan that is next to be sent.
public struct PendingRow: Hashable, Sendable {
    /// The position of the row in its run, from 1; the key of the row in the ledger.
    public var ordinal: Int64
    /// The operation to send.
    public var operation: WorkspaceChange
    /// The number of earlier attempts, in this run or the run that it resumes.
    public var attempts: Int

    /// Creates a pending row.
    public init(ordinal: Int64, operation: WorkspaceChange, attempts: Int) {
        self.ordinal = ordinal
        self.operation = operation
        self.attempts = attempts
    }
}

/// The record of a row that was claimed.
public struct RowRecord: Hashable, Sendable {
    /// The row.
    public var ordinal: Int64
    /// The outcome; nil returns the row to the plan, because its request cannot have had an effect.
    public var outcome: Outcome?
    /// How the row was refused, until a listing confirms it; the outcome is `unknown` until then.
    public var refusal: Refusal?
    /// The number of attempts so far.
    public var attempts: Int
    /// When the request of this claim was sent; nil if none was.
    public var startedAt: Date?
    /// When its response arrived.
    public var finishedAt: Date?

    /// Creates a row record.
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

/// How a row was refused whose outcome is not final yet. The ledger stores the raw value.
public enum Refusal: Int, Sendable {
    /// The API declined; a listing has to agree before the row counts as failed.
    case declined = 1
    /// Declined by a response that does not name the row. It may come from a proxy in front of the API while the
    /// request continues behind it, so listings wait for as long as if there had been no response.
    case turnedAway = 3
    /// The request cannot have had an effect. The row failed, unless the whole run turns out to be refused.
    case impossible = 2
}

/// The durable record of a run, as its executor uses it. When a method returns, its changes are on disk.
public protocol OperationJournal: Sendable {
    /// Stores `records` and claims the next rows of the plan, in one durable step.
    ///
    /// Before this method returns, the claimed rows are in the ledger as *sending*, with the time and `limits`. After a
    /// crash they are unconfirmed, and a later process knows until when their requests may be in progress.
    ///
    /// - Returns: at most `limit` rows, in the order of the input; none at the end of the plan.
    func claim(_ limit: Int, within limits: ClaimLimits, recording records: [RowRecord]) async throws -> [PendingRow]

    /// Stores `records`.
    func record(_ records: [RowRecord]) async throws

    /// Decides every open row by the available evidence: it took effect, it returns to the plan, it failed, or it stays
    /// unconfirmed.
    ///
    /// - Parameter look: a listing with its age; nil to decide only what needs no listing.
    func settle(by look: Look?, on terms: SettlementTerms) async throws -> Settlement
}
