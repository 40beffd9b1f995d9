import Domain

/// Consecutive rows with the same error, which is about no particular row: a sign of a common cause. Pure.
struct Streak {
    /// The error that the rows have in common.
    private(set) var fault: SharedFault?
    /// The rows of the current streak.
    private var rows: Set<Int64> = []
    /// All rows of this execution with an error that is about no particular row, by error. Responses arrive in any
    /// order, so the first rows of a fault may come between the last successful ones.
    private var sharers: [SharedFault: Set<Int64>] = [:]
    /// The error message of the last row.
    private(set) var reason = ""
    /// The number of requests in the streak; a failed request counts once, however many rows it has.
    private var requests = 0
    /// Whether any request of this execution succeeded, or failed with an error about its own rows.
    private var sawOther = false
    /// The number of requests that ends the run; nil for never.
    private let limit: Int?

    init(limit: Int?) { self.limit = limit }

    /// Takes the answers of one request.
    ///
    /// - Returns: whether the limit has been reached.
    mutating func take(_ answers: [(ordinal: Int64, answer: Answer)]) -> Bool {
        guard answers.contains(where: { $0.answer.saysSomethingAboutRows }) else { return false }
        guard let fault = answers.first?.answer.sharedFault,
            answers.allSatisfy({ $0.answer.sharedFault == fault })
        else {
            sawOther = true
            // Once the limit is reached, requests in flight change nothing.
            if !isReached { end() }
            return isReached
        }
        if let reached = self.fault, isReached, fault != reached { return true }
        if fault != self.fault { end() }
        self.fault = fault
        let newRows = answers.map(\.ordinal).filter { !rows.contains($0) }
        if !newRows.isEmpty { requests += 1 }
        rows.formUnion(newRows)
        sharers[fault, default: []].formUnion(newRows)
        reason = answers[0].answer.reason
        return isReached
    }

    private var isReached: Bool { limit.map { requests >= $0 } ?? false }

    /// Whether the credentials were refused for every request of this execution, and there was more than one. Then the
    /// cause is clear before the limit is reached.
    var isAllRefusedCredentials: Bool { !sawOther && fault?.cause == .credentials && requests > 1 && limit != nil }

    /// The rows with the common error.
    var suspects: Set<Int64> { fault.flatMap { sharers[$0] } ?? [] }

    /// Ends the streak.
    mutating func end() {
        fault = nil
        rows = []
        requests = 0
    }

    /// The reason for stopping the run.
    var stop: StopReason {
        switch fault?.cause {
        case .credentials: .credentialsRefused(reason: reason)
        case .unreachable: .unreachable(reason: reason)
        case .other, nil: .refused(reason: reason)
        }
    }
}

extension Answer {
    /// Whether the answer is about the rows, and not only about when to retry.
    fileprivate var saysSomethingAboutRows: Bool {
        switch self {
        case .noEffect(_, .slowDown), .noEffect(_, .reconnect), .noEffect(_, .stop), .noEffect(_, .split): false
        case .unknown(_, nil, .some): false
        default: true
        }
    }
}
