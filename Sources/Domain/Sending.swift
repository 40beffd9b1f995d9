import Foundation

/// What one attempt to send an operation came to, sorted by what the run has to do about it.
public enum Answer: Hashable, Sendable {
    /// `ok: true`: it took effect.
    case done
    /// The API said no to this row: `ok: false`, a GraphQL error, 400 or 404. Not tried again.
    case refused(reason: String)
    /// It had no effect for certain, and may work later: a refused connection, 408, 429, 503.
    case again(reason: String, Delay)
    /// The request may have arrived, and nobody knows what became of it: a timeout, a connection lost after the
    /// request left, 500, 502, 504, a body that is not the API's. Asked about before it is sent again.
    case unknownEffect(reason: String, timedOut: Bool)
    /// 401 or 403, in whatever form: the credentials do not carry this operation. Ends the run.
    case credentialsRefused(reason: String)
    /// A request for several operations was refused as a whole, and none of them had an effect: for its size, or for
    /// what one of them asks. Sent again in halves.
    case batchRefused(reason: String, isTooLarge: Bool)

    /// Who has to wait before an attempt is made again.
    public enum Delay: Hashable, Sendable {
        /// Only this row: exponential backoff.
        case row
        /// The whole run: the API asked for patience (429, 503), for a stated time or not.
        case run(retryAfter: Duration?)
        /// The whole run: nothing answers at the endpoint.
        case endpoint
    }
}

/// Somewhere to send operations: the API's client, or a stand-in for it.
public protocol OperationSender: Sendable {
    /// Makes one attempt with one request, which carries all of the operations. Never throws: every failure is an
    /// ``Answer``.
    ///
    /// - Parameter operations: at least one.
    /// - Returns: an answer to each, in their order.
    func send(_ operations: [Operation]) async -> [Answer]
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
    /// 401 or 403, in whatever form.
    case credentialsRefused(reason: String)
    /// It answered, and not with a list that can be trusted.
    case unusable(reason: String)

    /// What happened.
    public var reason: String {
        switch self {
        case .unreachable(let reason), .credentialsRefused(let reason), .unusable(let reason): reason
        }
    }
}

/// A row of a plan whose turn it is.
public struct PendingRow: Hashable, Sendable {
    /// The row's place in its run, counted from 1; the key of the row in the ledger.
    public var ordinal: Int64
    /// What to send.
    public var operation: Operation
    /// How many attempts were made before, in this run or the run that it resumes.
    public var attempts: Int

    /// Takes a row.
    public init(ordinal: Int64, operation: Operation, attempts: Int) {
        self.ordinal = ordinal
        self.operation = operation
        self.attempts = attempts
    }
}

/// What is written down about a row that was claimed.
public struct RowRecord: Hashable, Sendable {
    /// The row.
    public var ordinal: Int64
    /// What became of it; nil puts it back in the plan, because nothing was sent.
    public var outcome: Outcome?
    /// All attempts so far.
    public var attempts: Int
    /// When the first attempt of this claim began; nil if none did.
    public var startedAt: Date?
    /// When the last attempt ended.
    public var finishedAt: Date?

    /// Takes a record.
    public init(ordinal: Int64, outcome: Outcome?, attempts: Int, startedAt: Date?, finishedAt: Date?) {
        self.ordinal = ordinal
        self.outcome = outcome
        self.attempts = attempts
        self.startedAt = startedAt
        self.finishedAt = finishedAt
    }
}

/// The durable record of a run, as its executor sees it. What a method has returned from is on the disk.
public protocol OperationJournal: Sendable {
    /// Writes `records` down and claims the next rows of the plan, in one durable step.
    ///
    /// Claimed rows are in the ledger as *sending* before this returns, so that a crash from then on leaves them
    /// unknown and not forgotten.
    /// - Returns: at most `limit` rows, in the order of the input; none when the plan is at its end.
    func claim(_ limit: Int, recording records: [RowRecord]) async throws -> [PendingRow]

    /// Writes `records` down.
    func record(_ records: [RowRecord]) async throws

    /// Decides every unknown row by what the workspace looks like now: it took effect, or it goes back into the
    /// plan, or it has had its attempts and failed, or it cannot be told and stays unknown.
    func settle(by roster: Roster, on terms: SettlementTerms) async throws -> Settlement
}
