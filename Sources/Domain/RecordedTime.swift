import Foundation

extension Date {
    /// The time as a record has it, which knows only milliseconds: the middle of its millisecond.
    ///
    /// Files that are written from this time are the same as those that are written from the record later.
    public var asRecorded: Date {
        let seconds = timeIntervalSinceReferenceDate
        let whole = seconds.rounded(.down)
        let millisecond = ((seconds - whole) * 1000).rounded(.down)
        return Date(timeIntervalSinceReferenceDate: whole + (millisecond + 0.5) / 1000)
    }
}

extension Snapshot {
    /// The snapshot with its times as a record has them.
    public var asRecorded: Snapshot {
        var snapshot = self
        snapshot.startedAt = startedAt.asRecorded
        snapshot.takenAt = takenAt.asRecorded
        return snapshot
    }
}

extension ReviewRecord {
    /// The review with its time as a record has it.
    public var asRecorded: ReviewRecord {
        var review = self
        review.takenAt = takenAt.asRecorded
        return review
    }
}

extension ReviewedAccount {
    /// The account with its times as a record has them.
    public var asRecorded: ReviewedAccount {
        var account = self
        account.firstSeen = firstSeen.asRecorded
        account.pendingSince = pendingSince?.asRecorded
        account.expiredSince = expiredSince?.asRecorded
        return account
    }
}

extension RunRecord {
    /// The run with its times as a record has them.
    public var asRecorded: RunRecord {
        var run = self
        run.startedAt = startedAt.asRecorded
        run.finishedAt = finishedAt?.asRecorded
        return run
    }
}

extension ResultRow {
    /// The row with its times as a record has them.
    public var asRecorded: ResultRow {
        var row = self
        row.startedAt = startedAt?.asRecorded
        row.finishedAt = finishedAt?.asRecorded
        return row
    }
}
