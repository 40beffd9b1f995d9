import Domain
import Foundation
import Hashing
import People
import Populations
import Reports
import Reviewing
import WorkspaceAPI

/// The review of an evidence folder, put together again from its raw response, its history and its record: what its
/// reports were written from.
struct RecalledReview {
    /// The accounts with their history.
    let source: ReviewWithHistory<RosterReview>
    /// The facts in the reports.
    let context: ReviewContext
    /// The content of the folder; its templates are at a given place.
    let export: EvidenceFolder.Export

    /// Why a review cannot be put together again.
    struct Failure: Error {
        /// What is wrong, as a clause.
        var reason: String
    }

    /// - Parameters:
    ///   - record: `evidence.json`.
    ///   - templates: a folder with the custom templates under their own names.
    /// - Throws: ``Failure``, or errors of reading a file.
    init(_ record: EvidenceRecord, _ history: HistoryRecord, in folder: String, templates: String) throws {
        guard let data = OrdinaryFile.bytes(at: folder + "/" + EvidenceFolder.answerName) else {
            throw Failure(reason: "\(EvidenceFolder.answerName) cannot be read")
        }
        let population = try Listing(decoding: data).population
        let snapshots = try history.snapshots.map(Snapshot.init)
        let snapshot = Snapshot(
            number: snapshots.last?.number ?? 0, workspace: record.workspace,
            startedAt: try Self.time(record.requestedAt, EvidenceRecord.name),
            takenAt: try Self.time(record.takenAt, EvidenceRecord.name), active: population.users,
            invited: population.invites, rawSHA256: SHA256Text.of(data))
        try Self.check(snapshots, snapshot, history)
        let reviews = try history.reviews.map { try ReviewRecord($0, of: record.workspace) }
        let privileged = history.privilegedTypes.map { PrivilegedTypes($0.map(AccountType.init(rawValue:))) }
        let roster: RosterReview
        let pasts = (user: history.pasts(.user), invite: history.pasts(.invite))
        do {
            let users = try RecalledStates(
                population, .user, snapshot: snapshot.number, since: history.since, pasts: pasts.user)
            let invites = try RecalledStates(
                population, .invite, snapshot: snapshot.number, since: history.since, pasts: pasts.invite)
            roster = try RosterReview(
                of: snapshot, since: reviews.last, reviews: reviews.map(\.snapshot),
                times: Dictionary(snapshots.map { ($0.number, $0.takenAt) }, uniquingKeysWith: { first, _ in first }),
                privileged: privileged ?? .standard
            ) { $0 == .user ? users : invites }
        } catch is DamagedBlock {
            throw Failure(reason: "\(HistoryRecord.name) contradicts \(EvidenceFolder.answerName)")
        }
        let decisions = Self.decisions(history, [(.user, pasts.user), (.invite, pasts.invite)])
        source = ReviewWithHistory(roster, decision: decisions)
        var context = Self.context(
            record, history, privileged: privileged ?? .standard, first: snapshots.first ?? snapshot)
        context.people = try history.people.map { try Self.people($0, in: folder) }
        self.context = context
        export = try Self.export(record, history, snapshots, reviews, in: folder, templates: templates)
    }

    private static func time(_ text: String, _ file: String) throws -> Date {
        guard let time = Timestamp.recorded(text) else {
            throw Failure(reason: "\(file) has a time that is none: \(Terminal.plain(text))")
        }
        return time
    }

    /// Checks that the snapshots are a series that ends with the response.
    private static func check(_ snapshots: [Snapshot], _ snapshot: Snapshot, _ history: HistoryRecord) throws {
        guard let last = snapshots.last, last.rawSHA256 == snapshot.rawSHA256, last.active == snapshot.active,
            last.invited == snapshot.invited
        else {
            throw Failure(
                reason: "the last snapshot in \(HistoryRecord.name) is not the response in \(EvidenceFolder.answerName)"
            )
        }
        // The ledger may round a time to another millisecond.
        guard abs(last.takenAt.timeIntervalSince(snapshot.takenAt)) < 0.0025,
            abs(last.startedAt.timeIntervalSince(snapshot.startedAt)) < 0.0025
        else {
            throw Failure(
                reason: "by \(HistoryRecord.name), the response is of \(Timestamp.text(last.takenAt)), by "
                    + "\(EvidenceRecord.name) of \(Timestamp.text(snapshot.takenAt))")
        }
        let isSeries = zip(snapshots, snapshots.dropFirst()).allSatisfy {
            $0.number < $1.number && $0.startedAt <= $1.takenAt
        }
        let times = Dictionary(snapshots.map { ($0.number, Timestamp.text($0.takenAt)) }, uniquingKeysWith: { $1 })
        guard isSeries, history.reviews.allSatisfy({ times[$0.snapshot] == $0.takenAt }) else {
            throw Failure(reason: "the snapshots and reviews in \(HistoryRecord.name) contradict each other")
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

    private static func context(
        _ record: EvidenceRecord, _ history: HistoryRecord, privileged: PrivilegedTypes, first: Snapshot
    ) -> ReviewContext {
        var context = ReviewContext(
            id: record.review, period: record.period, due: record.due, reviewer: record.reviewer,
            approver: record.approver, preparer: record.preparer, domains: history.domains,
            endpointHost: record.endpointHost, query: record.query.text,
            querySHA256: SHA256Text.of(Data(record.query.text.utf8)), version: record.rollcallVersion,
            firstSnapshotAt: first.takenAt)
        context.privileged = privileged
        context.warnings = history.warnings
        // Who exported the review, and when, does not follow from anything else.
        context.provenance = record.provenance
        context.previousClosing = history.previousClosing
        return context
    }

    /// The company's own list of people, as it is stored in the folder.
    private static func people(_ record: PeopleRecord, in folder: String) throws -> ReviewPeople {
        let failure = Failure(reason: "\(ReviewPeople.fileName) cannot be read")
        var rows: [Person] = []
        var (isHeader, isGood) = (true, true)
        let isRead = CSVReadBack.rows(of: folder + "/" + ReviewPeople.fileName) { row in
            if isHeader {
                isGood = row.cells == ReviewPeople.keys
            } else if let person = Person(stored: row.cells) {
                rows.append(person)
            } else {
                isGood = false
            }
            isHeader = false
        }
        guard isRead, isGood, let people = record.people(rows) else { throw failure }
        return people
    }

    private static func export(
        _ record: EvidenceRecord, _ history: HistoryRecord, _ snapshots: [Snapshot], _ reviews: [ReviewRecord],
        in folder: String, templates: String
    ) throws -> EvidenceFolder.Export {
        var export = EvidenceFolder.Export(
            formats: history.formats.compactMap(ReportFormat.init(rawValue:)),
            interchanges: history.interchanges.compactMap(Interchange.init(rawValue:)), snapshots: snapshots,
            reviews: reviews)
        guard export.formats.count == history.formats.count, export.interchanges.count == history.interchanges.count
        else { throw Failure(reason: "\(HistoryRecord.name) names a format that this version does not know") }
        export.libraries = history.libraries
        export.options.csvForExcel = history.byteOrderMark
        if !history.templates.isEmpty {
            export.options.templates = templates
            for name in history.templates {
                guard !name.contains("/"),
                    let bytes = OrdinaryFile.bytes(at: folder + "/" + EvidenceFolder.templateName(name))
                else { throw Failure(reason: "the template \(Terminal.plain(name)) is missing") }
                try bytes.write(to: URL(fileURLWithPath: templates + "/" + name))
            }
        }
        if record.split != nil {
            guard let split = (try? ReviewedFolder(path: folder))?.split else {
                throw Failure(reason: "the rule by which the review was split cannot be read")
            }
            let list =
                split.namesReviewers
                ? OrdinaryFile.bytes(at: folder + "/" + EvidenceFolder.assignmentsName) : nil
            export.sharing = .init(split, assignments: list)
        }
        return export
    }
}

extension Snapshot {
    fileprivate init(_ listing: HistoryRecord.Listing) throws {
        guard let startedAt = Timestamp.recorded(listing.requestedAt), let takenAt = Timestamp.recorded(listing.takenAt)
        else { throw RecalledReview.Failure(reason: "\(HistoryRecord.name) has a time that is none") }
        self.init(
            number: listing.number, workspace: "", startedAt: startedAt, takenAt: takenAt, active: listing.users,
            invited: listing.invites, rawSHA256: listing.answerSHA256)
    }
}

extension ReviewRecord {
    fileprivate init(_ review: HistoryRecord.Review, of workspace: String) throws {
        guard let takenAt = Timestamp.recorded(review.takenAt) else {
            throw RecalledReview.Failure(reason: "\(HistoryRecord.name) has a time that is none")
        }
        self.init(
            id: review.id, workspace: workspace, snapshot: review.snapshot, takenAt: takenAt, folder: "",
            manifestSHA256: review.manifestSHA256)
    }
}
