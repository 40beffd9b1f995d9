import Domain
import Foundation
import Hashing
import Populations
import Reports
import Reviewing
import WorkspaceAPI

/// The accounts of a raw response with their history, put together again from an evidence folder.
struct RecalledAccounts {
    /// The files that the accounts come from, and the times that the record states.
    struct Names {
        /// The names of the raw response, of the record and of the history.
        var answer: String
        /// When the request was sent, and when the response was complete; UTC, ISO 8601.
        var requestedAt, takenAt: String
        var record, history: String
    }

    /// Why accounts cannot be put together again.
    struct Failure: Error {
        /// What is wrong, as a clause.
        var reason: String
    }

    /// The accounts with their history.
    let source: ReviewWithHistory<RosterReview>
    /// The privileged account types.
    let privileged: PrivilegedTypes
    /// Every snapshot of the workspace, the one of the response last.
    let snapshots: [Snapshot]
    /// The earlier reviews of the workspace.
    let reviews: [ReviewRecord]
    /// The time of the first snapshot.
    let firstSnapshotAt: Date

    /// The accounts of a review.
    ///
    /// - Throws: ``Failure``, or errors of reading a file.
    init(_ record: EvidenceRecord, _ history: HistoryRecord, in folder: String) throws {
        try self.init(
            Names(
                answer: EvidenceFolder.answerName, requestedAt: record.requestedAt, takenAt: record.takenAt,
                record: EvidenceRecord.name, history: HistoryRecord.name), of: record.workspace, history, in: folder
        ) { $0.last }
    }

    /// - Parameter previous: selects the review since which changes count.
    /// - Throws: ``Failure``, or errors of reading a file.
    init(
        _ names: Names, of workspace: String, _ history: HistoryRecord, in folder: String,
        since previous: ([ReviewRecord]) -> ReviewRecord?
    ) throws {
        guard let data = OrdinaryFile.bytes(at: folder + "/" + names.answer) else {
            throw Failure(reason: "\(names.answer) cannot be read")
        }
        let population = try Listing(decoding: data).population
        snapshots = try history.snapshots.map(Snapshot.init)
        let snapshot = Snapshot(
            number: snapshots.last?.number ?? 0, workspace: workspace,
            startedAt: try Self.time(names.requestedAt, names.record),
            takenAt: try Self.time(names.takenAt, names.record), active: population.users,
            invited: population.invites, rawSHA256: SHA256Text.of(data))
        try Self.check(snapshots, snapshot, history, names)
        firstSnapshotAt = (snapshots.first ?? snapshot).takenAt
        reviews = try history.reviews.map { try ReviewRecord($0, of: workspace) }
        privileged =
            history.privilegedTypes.map { PrivilegedTypes($0.map(AccountType.init(rawValue:))) } ?? .standard
        let roster: RosterReview
        let pasts = (user: history.pasts(.user), invite: history.pasts(.invite))
        do {
            let users = try RecalledStates(
                population, .user, snapshot: snapshot.number, since: history.since, pasts: pasts.user)
            let invites = try RecalledStates(
                population, .invite, snapshot: snapshot.number, since: history.since, pasts: pasts.invite)
            roster = try RosterReview(
                of: snapshot, since: previous(reviews), reviews: reviews.map(\.snapshot),
                times: Dictionary(snapshots.map { ($0.number, $0.takenAt) }, uniquingKeysWith: { first, _ in first }),
                privileged: privileged
            ) { $0 == .user ? users : invites }
        } catch is DamagedBlock {
            throw Failure(reason: "\(names.history) contradicts \(names.answer)")
        }
        let decisions = Self.decisions(history, [(.user, pasts.user), (.invite, pasts.invite)])
        source = ReviewWithHistory(roster, decision: decisions)
    }

    private static func time(_ text: String, _ file: String) throws -> Date {
        guard let time = Timestamp.recorded(text) else {
            throw Failure(reason: "\(file) has a time that is none: \(Terminal.plain(text))")
        }
        return time
    }

    /// Checks that the snapshots are a series that ends with the response.
    private static func check(
        _ snapshots: [Snapshot], _ snapshot: Snapshot, _ history: HistoryRecord, _ names: Names
    ) throws {
        guard let last = snapshots.last, last.rawSHA256 == snapshot.rawSHA256, last.active == snapshot.active,
            last.invited == snapshot.invited
        else {
            throw Failure(
                reason: "the last snapshot in \(names.history) is not the response in \(names.answer)"
            )
        }
        // The ledger may round a time to another millisecond.
        guard abs(last.takenAt.timeIntervalSince(snapshot.takenAt)) < 0.0025,
            abs(last.startedAt.timeIntervalSince(snapshot.startedAt)) < 0.0025
        else {
            throw Failure(
                reason: "by \(names.history), the response is of \(Timestamp.text(last.takenAt)), by "
                    + "\(names.record) of \(Timestamp.text(snapshot.takenAt))")
        }
        let isSeries = zip(snapshots, snapshots.dropFirst()).allSatisfy {
            $0.number < $1.number && $0.startedAt <= $1.takenAt
        }
        let times = Dictionary(snapshots.map { ($0.number, Timestamp.text($0.takenAt)) }, uniquingKeysWith: { $1 })
        guard isSeries, history.reviews.allSatisfy({ times[$0.snapshot] == $0.takenAt }) else {
            throw Failure(reason: "the snapshots and reviews in \(names.history) contradict each other")
        }
    }

    /// The decision of the previous review about an account.
    private static func decisions(
        _ history: HistoryRecord, _ pasts: [(AccountKind, [AccountPast])]
    ) -> (ReviewedAccount) -> PreviousDecision? {
        struct Key: Hashable { var kind: AccountKind, account: String, occurrence: Int }
        let usual = history.previousDecision(history.decision)
        var own: [Key: PreviousDecision?] = [:]
        for (kind, pasts) in pasts {
            for past in pasts where past.decision != usual {
                own[Key(kind: kind, account: past.account, occurrence: past.occurrence)] = .some(past.decision)
            }
        }
        guard !own.isEmpty else { return { _ in usual } }
        return { [own] account in
            let name = account.kind == .user ? account.uid : EmailAddress.key(of: account.email)
            return own[Key(kind: account.kind, account: name, occurrence: account.occurrence)] ?? usual
        }
    }
}

extension Snapshot {
    fileprivate init(_ listing: HistoryRecord.Listing) throws {
        guard let startedAt = Timestamp.recorded(listing.requestedAt), let takenAt = Timestamp.recorded(listing.takenAt)
        else { throw RecalledAccounts.Failure(reason: "a history has a time that is none") }
        self.init(
            number: listing.number, workspace: "", startedAt: startedAt, takenAt: takenAt, active: listing.users,
            invited: listing.invites, rawSHA256: listing.answerSHA256)
    }
}

extension ReviewRecord {
    fileprivate init(_ review: HistoryRecord.Review, of workspace: String) throws {
        guard let takenAt = Timestamp.recorded(review.takenAt) else {
            throw RecalledAccounts.Failure(reason: "a history has a time that is none")
        }
        self.init(
            id: review.id, workspace: workspace, snapshot: review.snapshot, takenAt: takenAt, folder: "",
            manifestSHA256: review.manifestSHA256)
    }
}
