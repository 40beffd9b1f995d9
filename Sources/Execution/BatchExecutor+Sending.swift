import Domain

extension BatchExecutor {
    /// Sends rows in one request, once, and returns the records to store. A row that can be re-sent returns to the plan
    /// and is claimed again, so that the ledger always knows when its last request was sent.
    ///
    /// - Returns: a record for each row; if the request must be split, the rows and how many of them to send together.
    func carryOut(_ rows: [PendingRow]) async -> (records: [RowRecord], halves: (rows: [Int64], largest: Int)?) {
        let startedAt = time.now()
        let sentAt = time.elapsed()
        let answers = await sender.send(rows.map(\.operation))
        precondition(answers.count == rows.count, "one answer for each operation")
        let finishedAt = time.now()
        let pairs = zip(rows, answers).map { (ordinal: $0.ordinal, answer: $1) }
        control.took(pairs, sentAt: sentAt, jitter: jitter())
        var split: [Int64] = []
        let records = zip(rows, answers).map { row, answer in
            var record = RowRecord(
                ordinal: row.ordinal, outcome: nil, attempts: row.attempts, startedAt: startedAt, finishedAt: finishedAt
            )
            switch answer {
            case .done:
                record.outcome = .succeeded(note: nil)
                record.attempts += 1
            case .noEffect(_, .slowDown), .noEffect(_, .reconnect): break
            case .noEffect(let reason, .stop): control.end(.stopped(.credentialsRefused(reason: reason)))
            case .noEffect(_, .split(let isTooLarge)) where rows.count > 1:
                if isTooLarge { control.limitBatch(to: rows.count / 2) }
                split.append(row.ordinal)
            case .noEffect(let reason, .refuse), .noEffect(let reason, .split):
                record.outcome = .unknown(reason: reason)
                record.refusal = .impossible
                record.attempts += 1
            case .declined(let reason, let fault):
                record.outcome = .unknown(reason: reason)
                record.refusal = fault == nil ? .declined : .turnedAway
                record.attempts += 1
            case .unknown(let reason, let fault, let slowDown):
                record.outcome = .unknown(reason: reason)
                // A response that only asks to slow down does not count as an attempt.
                if slowDown == nil || fault != nil { record.attempts += 1 }
            }
            return record
        }
        return (records, split.isEmpty ? nil : (split, max(1, rows.count / 2)))
    }
}
