import Domain
import Foundation
import Hashing
import Populations
import Reports
import Reviewing

/// A supplement of an evidence folder, put together again from its raw response and its history.
struct RecalledSupplement {
    /// What its reports are written from.
    let content: SupplementContent<ReviewWithHistory<RosterReview>>
    /// Its history.
    let history: HistoryRecord
    /// Its snapshots and reviews.
    let accounts: RecalledAccounts
    /// Who decides about its accounts, by row key; nil if the review is not divided among managers.
    let reviewers: [String: String]?

    /// - Parameters:
    ///   - record: the record of the supplement.
    ///   - reviewed: the folder as the steps after the export read it.
    ///   - fields: what the reports leave out of the company's own list.
    ///   - redaction: what the folder lacks already, if it is a redacted copy.
    /// - Throws: ``RecalledAccounts/Failure``, or errors of reading a file.
    init(
        _ record: SupplementRecord, _ names: SupplementRecord.Names, of reviewed: ReviewedFolder, in folder: String,
        without fields: [RedactionRecord.Field] = [], redaction: RedactionRecord? = nil
    ) throws {
        let review = reviewed.record
        let history = try HistoryRecord(readingFrom: folder, names.history)
        accounts = try RecalledAccounts(
            .init(
                answer: names.answer, requestedAt: record.requestedAt, takenAt: record.takenAt, record: names.record,
                history: names.history), of: record.workspace, history, in: folder
        ) { $0.last { $0.isExport(of: review, record.reviewManifestSHA256) } }
        let query = record.query ?? review.query
        var context = ReviewContext(
            id: review.review, period: review.period, due: review.due, reviewer: review.reviewer,
            approver: review.approver, preparer: record.preparer, domains: history.domains,
            endpointHost: record.provenance?.api?.host ?? review.endpointHost, query: query.text,
            querySHA256: SHA256Text.of(Data(query.text.utf8)), version: record.rollcallVersion,
            firstSnapshotAt: accounts.firstSnapshotAt)
        context.privileged = accounts.privileged
        context.warnings = history.warnings
        context.addedOn = Timestamp.recorded(record.takenAt).map { Timestamp.day($0) }
        context.people = try history.people.map {
            try RecalledReview.people($0, in: folder, without: redaction?.fields ?? fields, redaction)
        }
        let added = reviewed.accounts(of: record)
        let number = reviewed.supplements.firstIndex(of: record) ?? reviewed.supplements.count
        context.split = reviewed.split(with: number + 1)
        reviewers =
            context.people?.managers == nil ? nil : reviewed.managers(of: added, after: number, by: context.people)
        content = SupplementContent(
            of: accounts.source, uids: Set(added.filter { $0.account.kind == .user }.map(\.account.uid)),
            addresses: Set(
                added.filter { $0.account.kind == .invite }.map { EmailAddress.key(of: $0.account.email) }), context)
        self.history = history
    }

    /// The reports, by their names.
    func reports(_ names: SupplementRecord.Names) throws -> [String: Report] {
        let report = try content.report()
        return Dictionary(uniqueKeysWithValues: ReportFormat.filed.map { (names.report($0), report) })
    }
}
