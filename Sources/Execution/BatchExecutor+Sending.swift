import Domain

extension BatchExecutor {
    /// Sends rows together until there is something to write down about each.
    func carryOut(_ rows: [PendingRow]) async -> [RowRecord] {
        var finished: [RowRecord] = []
        var batches = [rows.map(RowInHand.init)]
        while var batch = batches.popLast() {
            let sentAt = time.elapsed()
            let now = time.now()
            for index in batch.indices where batch[index].record.startedAt == nil {
                batch[index].record.startedAt = now
            }
            let answers = await sender.send(batch.map(\.operation))
            precondition(answers.count == batch.count, "an answer to each operation")
            let left = weigh(answers, to: &batch, sentAt: sentAt, finished: &finished)
            if let wait = left.wait { await sleep(wait) }
            control.report()
            batches.append(contentsOf: left.batches)
            guard !batches.isEmpty, await isAdmitted() else { break }
        }
        return finished + batches.joined().map(\.record)
    }

    /// What one request came to: finished rows are taken out, and the others go into further requests.
    private func weigh(
        _ answers: [Answer], to batch: inout [RowInHand], sentAt: Duration, finished: inout [RowRecord]
    ) -> (batches: [[RowInHand]], wait: Duration?) {
        let now = time.now()
        if answers.contains(where: \.isTakenOn) { control.accepted() }
        // A row that is refused like this when it is alone cannot be halved: the policy decides.
        if batch.count > 1, case .batchRefused(_, let isTooLarge)? = answers.first {
            let half = batch.count / 2
            if isTooLarge { control.limitBatch(to: half) }
            for index in batch.indices { batch[index].record.finishedAt = now }
            return ([Array(batch[half...]), Array(batch[..<half])], nil)
        }
        var left: [RowInHand] = []
        var wait: Duration?
        var hasSlowedDown = false
        for (answer, row) in zip(answers, batch) {
            var row = row
            row.record.finishedAt = now
            row.count(answer)
            if case .unknownEffect(_, let timedOut) = answer {
                control.lostAnswer(settleIn: RunControl.grace + (timedOut ? options.timeout : .zero))
            }
            switch policy.decide(answer, row.tries, jitter: jitter()) {
            case .finished(let outcome):
                row.record.outcome = outcome
                finished.append(row.record)
                continue
            case .retry(let pause): wait = max(wait ?? .zero, pause)
            case .slowDown(let retryAfter):
                // One request was refused, however many rows it carried.
                if !hasSlowedDown { control.slowDown(sentAt: sentAt, retryAfter: retryAfter) }
                hasSlowedDown = true
            case .pause(let pause): control.pause(for: pause)
            case .stop(let reason): control.end(.stopped(reason))
            }
            left.append(row)
        }
        return (left.isEmpty ? [] : [left], wait)
    }
}

/// A row on its way.
private struct RowInHand {
    let operation: Domain.Operation
    var record: RowRecord
    private var refusals = 0
    private var unreached = 0

    /// How often it was tried, by what came of it.
    var tries: RetryPolicy.Tries {
        RetryPolicy.Tries(attempts: record.attempts, refusals: refusals, unreached: unreached)
    }

    init(_ row: PendingRow) {
        operation = row.operation
        record = RowRecord(
            ordinal: row.ordinal, outcome: nil, attempts: row.attempts, startedAt: nil, finishedAt: nil)
    }

    mutating func count(_ answer: Answer) {
        switch answer {
        case .again(_, .run): refusals += 1
        case .again(_, .endpoint): unreached += 1
        default: record.attempts += 1
        }
    }
}

extension Answer {
    /// Whether the API took the request on, for better or worse; not if it refused it for the rate, or was not there.
    fileprivate var isTakenOn: Bool {
        switch self {
        case .again(_, .run), .again(_, .endpoint): false
        default: true
        }
    }
}
