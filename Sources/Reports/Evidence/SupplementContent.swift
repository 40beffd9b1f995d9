import Domain
import Hashing

/// What the reports of a supplement are written from, when it is exported and when it is verified.
public struct SupplementContent<Source: HistorySource> {
    private let whole: Source
    private let contains: SelectedAccounts<Source>.Contains
    private let context: ReviewContext

    /// - Parameters:
    ///   - whole: every account of the response, with its history.
    ///   - uids: the added users.
    ///   - addresses: the keys of the addresses of the added invitations.
    ///   - context: the facts about the supplement.
    public init(of whole: Source, uids: Set<String>, addresses: Set<String>, _ context: ReviewContext) {
        self.whole = whole
        self.context = context
        contains = { kind, uid, email, _ in
            kind == .user ? uids.contains(uid) : addresses.contains(EmailAddress.key(of: email))
        }
    }

    /// The report of the added accounts.
    ///
    /// - Throws: errors of the source while it counts.
    public func report() throws -> Report {
        try ReviewReport.make(SelectedAccounts(of: whole, where: contains), context)
    }

    /// A report for each part of a split review that has added accounts, in the order of the names; none if the review is not
    /// split.
    ///
    /// - Throws: errors of the source while it counts.
    public func parts() throws -> [(name: String, report: Report)] {
        guard let split = context.split else { return [] }
        let added = SelectedAccounts(of: whole, where: contains)
        var parts: [(name: String, report: Report)] = []
        try ReviewParts(of: added, by: split).each { part, accounts in
            parts.append((part, try ReviewReport.make(accounts, context.of(part: part, in: split))))
        }
        return parts
    }

    /// Writes the history of the accounts, from which the report can be written again without the ledger.
    ///
    /// - Parameters:
    ///   - snapshots: the snapshots of the workspace, as recorded; the one of the supplement last.
    ///   - reviews: the reviews of the workspace before the supplement, as recorded.
    /// - Throws: ``WriteFailure`` or errors of the source.
    public func writeHistory(
        to path: String, snapshots: [Snapshot], reviews: [ReviewRecord], libraries: [String] = HistoryRecord.libraries
    ) throws {
        var export = EvidenceFolder.Export(formats: ReportFormat.filed, snapshots: snapshots, reviews: reviews)
        export.libraries = libraries
        try HistoryWriter(source: whole, context: context, export: export, templates: []).write(to: path)
    }
}
