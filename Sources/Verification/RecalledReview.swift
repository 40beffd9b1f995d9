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

    /// - Parameters:
    ///   - record: `evidence.json`.
    ///   - split: how the review was split; nil if it was not, or if that cannot be read.
    ///   - templates: a folder with the custom templates under their own names.
    ///   - fields: what the reports leave out of the company's own list.
    ///   - redaction: what the folder lacks already, if it is a redacted copy.
    /// - Throws: ``RecalledAccounts/Failure``, or errors of reading a file.
    init(
        _ record: EvidenceRecord, _ history: HistoryRecord, in folder: String, split: ReviewSplit?, templates: String,
        without fields: [RedactionRecord.Field] = [], redaction: RedactionRecord? = nil
    ) throws {
        let accounts = try RecalledAccounts(record, history, in: folder)
        source = accounts.source
        var context = Self.context(record, history, accounts)
        context.people = try history.people.map {
            try Self.people($0, in: folder, without: redaction?.fields ?? fields, redaction)
        }
        context.activityState =
            if let activity = history.activity {
                .recorded(try Self.activity(activity, in: folder, accounts.source))
            } else {
                record.absentActivity.map(ReviewActivityState.absent)
            }
        self.context = context
        var export = try Self.export(record, history, accounts, in: folder, split: split, templates: templates)
        if let people = context.people, let sharing = try ReviewSharing.byManagers(people, of: source) {
            export.sharing = sharing
        }
        self.export = export
    }

    private static func context(
        _ record: EvidenceRecord, _ history: HistoryRecord, _ accounts: RecalledAccounts
    ) -> ReviewContext {
        var context = ReviewContext(
            id: record.review, period: record.period, due: record.due, reviewer: record.reviewer,
            approver: record.approver, preparer: record.preparer, domains: history.domains,
            endpointHost: record.endpointHost, query: record.query.text,
            querySHA256: SHA256Text.of(Data(record.query.text.utf8)), version: record.rollcallVersion,
            firstSnapshotAt: accounts.firstSnapshotAt)
        context.privileged = accounts.privileged
        context.warnings = history.warnings
        // Who exported the review, and when, does not follow from anything else.
        context.provenance = record.provenance
        context.previousClosing = history.previousClosing
        context.previousLink = history.previousLink
        return context
    }

    /// The company's own list of people, as it is stored in the folder.
    ///
    /// - Parameters:
    ///   - record: what the history of the review, or of a supplement, says about it.
    ///   - fields: what the reports leave out.
    ///   - redaction: what the folder lacks already, if it is a redacted copy.
    /// - Throws: ``RecalledAccounts/Failure``.
    static func people(
        _ record: PeopleRecord, in folder: String, without fields: [RedactionRecord.Field],
        _ redaction: RedactionRecord?
    ) throws -> ReviewPeople {
        let failure = RecalledAccounts.Failure(reason: "\(ReviewPeople.fileName) cannot be read")
        let stored: StoredPeople
        do {
            stored = try StoredPeople(record, in: folder, isRedacted: redaction != nil)
        } catch let failure as StoredPeople.Failure {
            throw RecalledAccounts.Failure(reason: failure.reason)
        }
        var rows = stored.rows
        if !fields.isEmpty {
            guard let proof = record.proof else {
                throw RecalledAccounts.Failure(
                    reason: "the version that wrote the review did not prepare it for a redacted copy")
            }
            let wrong = proof.wrong(
                in: rows, stored.salts?.columns ?? redaction?.salts ?? [:], without: redaction == nil ? [] : fields)
            guard wrong.isEmpty else {
                throw RecalledAccounts.Failure(
                    reason: "\(ReviewPeople.fileName) is not the original: \(wrong.listed("and")) was changed")
            }
            rows = proof.redacted(rows, without: fields)
        }
        guard let people = record.people(rows, fields.isEmpty ? stored.salts : nil) else { throw failure }
        return people
    }

    /// What the audit log records, as it is stored in the folder.
    private static func activity(
        _ record: ActivityRecord, in folder: String, _ source: some ReviewSource
    ) throws -> ReviewActivity {
        guard let receivedAt = Timestamp.recorded(record.receivedAt), receivedAt >= source.snapshot.takenAt.asRecorded
        else {
            throw RecalledAccounts.Failure(
                reason: "by \(HistoryRecord.name), the audit log was received before the accounts were listed")
        }
        do {
            let log = try AuditLog(
                at: folder + "/" + ReviewActivity.fileName,
                .init(receivedAt: receivedAt, workspace: record.workspace))
            return try ReviewActivity(
                log.activity, sha256: log.sha256, receivedAt: receivedAt, workspace: record.workspace, of: source)
        } catch let failure as UnusableAuditLog {
            throw RecalledAccounts.Failure(reason: "\(ReviewActivity.fileName) cannot be used: \(failure.reason)")
        }
    }

    private static func export(
        _ record: EvidenceRecord, _ history: HistoryRecord, _ accounts: RecalledAccounts, in folder: String,
        split: ReviewSplit?, templates: String
    ) throws -> EvidenceFolder.Export {
        var export = EvidenceFolder.Export(
            formats: history.formats.compactMap(ReportFormat.init(rawValue:)),
            interchanges: history.interchanges.compactMap(Interchange.init(rawValue:)), snapshots: accounts.snapshots,
            reviews: accounts.reviews)
        guard export.formats.count == history.formats.count, export.interchanges.count == history.interchanges.count
        else {
            throw RecalledAccounts.Failure(
                reason: "\(HistoryRecord.name) names a format that this version does not know")
        }
        export.libraries = history.libraries
        export.options.csvForExcel = history.byteOrderMark
        if !history.templates.isEmpty {
            export.options.templates = templates
            try history.unpackTemplates(of: folder, to: templates)
        }
        if record.split != nil {
            guard let split else {
                throw RecalledAccounts.Failure(reason: "the rule by which the review was split cannot be read")
            }
            let list =
                split.namesReviewers
                ? OrdinaryFile.bytes(at: folder + "/" + EvidenceFolder.assignmentsName) : nil
            export.sharing = .init(split, assignments: list)
        }
        return export
    }
}

extension HistoryRecord {
    /// Copies the custom templates of a folder, under their own names.
    ///
    /// - Throws: ``RecalledAccounts/Failure`` if one is missing.
    func unpackTemplates(of folder: String, to templates: String) throws {
        for name in self.templates {
            guard !name.contains("/"),
                let bytes = OrdinaryFile.bytes(at: folder + "/" + EvidenceFolder.templateName(name))
            else { throw RecalledAccounts.Failure(reason: "the template \(Terminal.plain(name)) is missing") }
            try bytes.write(to: URL(fileURLWithPath: templates + "/" + name))
        }
    }
}
