import Domain
import Foundation
import Ledger
import Populations
import Reports
import Reviewing
import TerminalIO
import WorkspaceAPI

/// The review of one workspace. Its accounts are read when they are needed, one workspace after the other.
struct ReviewOfWorkspace {
    /// The folder of the review.
    let folder: String
    /// Its record.
    let record: EvidenceRecord
    /// Whether it has a history, from which its accounts can be put together again.
    let hasHistory: Bool

    /// Reads the record of a review; nil if it cannot be read, which other checks report.
    init?(in folder: String) {
        guard let record = try? EvidenceRecord(readingFrom: folder) else { return nil }
        self.folder = folder
        self.record = record
        hasHistory = OrdinaryFile.isOne(folder + "/" + HistoryRecord.name)
    }

    /// The accounts of the response; nil if it cannot be read.
    var roster: Roster? {
        OrdinaryFile.bytes(at: folder + "/" + EvidenceFolder.answerName)
            .flatMap { try? Listing(decoding: $0).population.roster }
    }

    /// The accounts as the review has them, with their history.
    ///
    /// - Throws: ``RecalledAccounts/Failure``, or errors of reading a file.
    func recalled() throws -> RecalledAccounts {
        try RecalledAccounts(record, HistoryRecord(readingFrom: folder), in: folder)
    }
}

extension CompanyCheck {
    /// Writes the summary once more from the reviews of the workspaces, and compares every format.
    mutating func checkSummary(_ record: CompanyRecord, _ reviews: [ReviewOfWorkspace?]) {
        checkPeople(record, reviews)
        let made = reviews.compactMap(\.self)
        guard made.count == record.workspaces.count(where: { $0.folder != nil }), let first = made.first else { return }
        guard let requestedAt = record.requestedAt, let host = record.endpointHost, record.libraries != nil,
            let history = try? HistoryRecord(readingFrom: first.folder), made.allSatisfy(\.hasHistory)
        else {
            claims.append(
                .init(
                    code: .agreesWithAnswer, result: .notEstablished,
                    sentence: "the summary of an earlier version: only the people in access.csv were compared"))
            return note(
                .notChecked,
                "the summary claims to be of an earlier version; only the people in access.csv were compared")
        }
        let takenAt = made.map(\.record.takenAt).max()
        guard takenAt == record.takenAt, let start = Timestamp.recorded(requestedAt),
            let end = takenAt.flatMap({ Timestamp.recorded($0) }),
            made.allSatisfy({ $0.record.requestedAt >= requestedAt })
        else {
            return note(
                .failed, "the times in \(CompanyRecord.name) differ from those of the reviews of the workspaces")
        }
        // The sandbox names its workspaces behind the host.
        guard made.allSatisfy({ $0.record.endpointHost == host || $0.record.endpointHost.hasPrefix(host + "#") }) else {
            return note(
                .failed, "the host in \(CompanyRecord.name) differs from those of the reviews of the workspaces")
        }
        let context = AccessReport.Context(
            id: record.id, period: first.record.period, preparer: first.record.preparer,
            endpointHost: host, version: record.version, startedAt: start, takenAt: end)
        let writer = WritingProgram(
            version: record.version, first.record.provenance, libraries: record.libraries)
        var summary = EvidenceCheck(folder: folder, previousFolder: nil)
        summary.onFile = onFile
        do {
            try ScratchFolder.with { scratch in
                let report = try Self.report(record, reviews, context)
                var options = ReportFile.Options()
                options.csvForExcel = history.byteOrderMark
                if !history.templates.isEmpty {
                    let templates = scratch.place("templates")
                    try FileManager.default.createDirectory(atPath: templates, withIntermediateDirectories: false)
                    try history.unpackTemplates(of: first.folder, to: templates)
                    options.templates = templates
                }
                let names = history.formats.map { "access." + $0 }
                try summary.compare(
                    Dictionary(names.map { ($0, report) }, uniquingKeysWith: { one, _ in one }), with: record.files,
                    of: "the summary", from: "the reviews of the workspaces", options, in: scratch, writer)
            }
        } catch {
            summary.note(.failed, "the summary cannot be written once more: \(EvidenceCheck.reason(for: error))")
        }
        for finding in summary.findings { note(finding.result, finding.sentence) }
    }

    private static func report(
        _ record: CompanyRecord, _ reviews: [ReviewOfWorkspace?], _ context: AccessReport.Context
    ) throws -> Report {
        let access = try AccessTable(privileged: privileged(in: reviews))
        let workspaces = try zip(record.workspaces, reviews).enumerated().map { place, pair in
            let (workspace, review) = pair
            let named = Workspace(uid: workspace.uid, name: workspace.name)
            guard let review else { return AccessReport.Workspace(named, .failed(workspace.failure ?? "")) }
            let accounts = try review.recalled()
            try access.add(accounts.source, workspace: place)
            let privileged = try accounts.source.counts(of: .user).filter { accounts.privileged.contains($0.type) }
            return AccessReport.Workspace(
                named,
                .reviewed(
                    .init(
                        snapshot: accounts.source.snapshot, privileged: privileged.reduce(0) { $0 + $1.count },
                        folder: workspace.folder ?? "", manifestSHA256: workspace.manifestSHA256 ?? "")))
        }
        return try AccessReport.make(access, of: workspaces, context)
    }

    /// The types that the summary counts as privileged: those of the reviews.
    private static func privileged(in reviews: [ReviewOfWorkspace?]) -> PrivilegedTypes {
        let made = reviews.compactMap(\.self)
        if let history = made.first.flatMap({ try? HistoryRecord(readingFrom: $0.folder) }) {
            return history.privilegedTypes.map { PrivilegedTypes($0.map(AccountType.init(rawValue:))) } ?? .standard
        }
        let types = made.lazy.compactMap(\.record.privilegedTypes).first
        return types.map { PrivilegedTypes($0.map(AccountType.init(rawValue:))) } ?? .standard
    }

    /// Compares the people in the CSV file with the raw responses, by code that does not know how it was written.
    private mutating func checkPeople(_ record: CompanyRecord, _ reviews: [ReviewOfWorkspace?]) {
        guard record.files.contains(where: { $0.name == "access.csv" }) else { return }
        onFile("Reading access.csv")
        guard let found = rows(of: folder + "/access.csv"), let stated = try? people(record, reviews) else {
            return note(.failed, "access.csv cannot be read")
        }
        let isSame = found.sorted(by: Self.isLess) == stated.sorted(by: Self.isLess)
        note(
            isSame ? .ok : .failed,
            isSame
                ? "access.csv contains the \((stated.count - 1).counted("person", "people")) of all responses, with the "
                    + "account type in each workspace"
                : "access.csv does not match the people in the responses")
    }

    private static func isLess(_ one: [String], _ other: [String]) -> Bool { one.lexicographicallyPrecedes(other) }

    /// The rows of the summary, recalculated from the raw responses.
    private func people(_ record: CompanyRecord, _ reviews: [ReviewOfWorkspace?]) throws -> [[String]] {
        let access = try AccessTable(privileged: Self.privileged(in: reviews))
        for (place, review) in reviews.enumerated() {
            if let roster = review?.roster { try access.add(roster, workspace: place) }
        }
        let workspaces = record.workspaces.map { Workspace(uid: $0.uid, name: $0.name) }
        let unreviewed = Set(workspaces.indices.filter { record.workspaces[$0].folder == nil })
        let table = AccessReport.people(access, workspaces, unreviewed: unreviewed, count: 0)
        var rows = [table.columns.map(\.key)]
        try table.rows { cells in rows.append(cells.map(\.text)) }
        return rows
    }

    private func rows(of path: String) -> [[String]]? {
        var rows: [[String]] = []
        return CSVReadBack.rows(of: path) { rows.append($0.cells) } ? rows : nil
    }
}
