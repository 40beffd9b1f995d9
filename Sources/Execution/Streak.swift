import Domain

/// Rows in a row that got the same answer, which names none of them: a sign that the fault is not theirs. Pure.
struct Streak {
    /// What they have in common.
    private(set) var fault: SharedFault?
    /// The rows.
    private var rows: Set<Int64> = []
    /// Every row of this execution that got an answer that names none. Requests in flight are answered in any order, so
    /// the first rows of a fault may come between the last ones that went well.
    private var sharers: [SharedFault: Set<Int64>] = [:]
    /// The answer to the last of them.
    private(set) var reason = ""
    /// How many requests they were sent in; one request that fails is one failure, however many rows it carries.
    private var requests = 0
    /// Whether any request of this execution got an answer of its own.
    private var sawOther = false
    /// How many requests end the run; nil for never.
    private let limit: Int?

    init(limit: Int?) { self.limit = limit }

    /// Takes the answers to one request.
    ///
    /// - Returns: whether the limit has been reached.
    mutating func take(_ answers: [(ordinal: Int64, answer: Answer)]) -> Bool {
        guard answers.contains(where: { $0.answer.saysSomethingAboutRows }) else { return false }
        guard let fault = answers.first?.answer.sharedFault,
            answers.allSatisfy({ $0.answer.sharedFault == fault })
        else {
            sawOther = true
            // Once the limit is reached, what was in flight then changes nothing.
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

    /// Whether every request of this execution was refused for the credentials, and there was more than one. Then the
    /// rows need not be ten to see whose fault it is.
    var isAllRefusedCredentials: Bool { !sawOther && fault?.cause == .credentials && requests > 1 && limit != nil }

    /// The rows that have the fault in common.
    var suspects: Set<Int64> { fault.flatMap { sharers[$0] } ?? [] }

    /// It was somebody's own fault after all.
    mutating func end() {
        fault = nil
        rows = []
        requests = 0
    }

    /// How a run ends that stops for it.
    var stop: StopReason {
        switch fault?.cause {
        case .credentials: .credentialsRefused(reason: reason)
        case .unreachable: .unreachable(reason: reason)
        case .other, nil: .refused(reason: reason)
        }
    }
}

extension Answer {
    /// Whether it is about what was asked for, and not only about when to ask again.
    fileprivate var saysSomethingAboutRows: Bool {
        switch self {
        case .noEffect(_, .slowDown), .noEffect(_, .reconnect), .noEffect(_, .stop), .noEffect(_, .split): false
        case .unknown(_, nil, .some): false
        default: true
        }
    }
}
