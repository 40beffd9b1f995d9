import Domain
import Foundation
import Hashing
import Populations
import Reports
import Reviewing
import TerminalIO

/// Accounts that were added to a review after it was exported.
extension EvidenceCheck {
    /// Checks a supplement: the hashes, the response, and the accounts that it adds.
    mutating func checkSupplement(_ names: SupplementRecord.Names, _ review: EvidenceRecord) {
        let stem = names.link.stem
        onFile("Checking \(stem)")
        guard let manifest = readManifest(of: names.link),
            let record = OrdinaryFile.bytes(at: path(names.record)).flatMap({ data in
                try? RecordJSON.decode(SupplementRecord.self, from: data)
            })
        else { return note(.failed, "\(stem): the checksums or the record are missing or unreadable") }
        let changed = manifest.entries.filter { sha256(of: $0.file) != $0.sha256 }
        expect(
            changed.isEmpty, "\(stem): \(manifest.entries.count.counted("file is", "files are")) unchanged",
            otherwise: "\(stem): changed after the supplement was written: "
                + changed.map { Terminal.plain($0.file) }.joined(separator: ", "))
        let sums = Set(manifest.entries.map { [$0.file, $0.sha256] })
        let stated = record.files.map { [$0.name, $0.sha256] } + [[names.answer, record.answerSHA256]]
        guard sums.isSuperset(of: stated) else {
            return note(.failed, "\(stem): the files or hashes in its record differ from its checksums")
        }
        guard record.review == review.review, record.workspace == review.workspace,
            record.reviewManifestSHA256 == sha256(of: Manifest.name)
        else { return note(.failed, "\(stem) belongs to another review") }
        // Reading the folder compares the row keys with the response.
        guard let reviewed else {
            return note(.failed, "\(stem): its accounts are not in \(names.answer)")
        }
        if let query = record.query, !Self.isKnown(query) {
            note(.failed, "\(stem): the query in \(names.record) is none that rollcall has ever sent")
        }
        let keys = rows(of: names.report(.csv))?.map { $0["rowKey"] ?? "" } ?? []
        expect(
            keys.sorted() == record.rowKeys.sorted(),
            "\(stem) adds \(record.rowKeys.count.counted("account")) of the response of \(Terminal.plain(record.takenAt))",
            otherwise: "\(stem): the accounts in \(names.report(.csv)) differ from its record")
        checkReports(of: record, names, review, reviewed, manifest)
    }

    /// Writes the reports of a supplement once more from its response and its history, and compares them.
    private mutating func checkReports(
        of record: SupplementRecord, _ names: SupplementRecord.Names, _ review: EvidenceRecord,
        _ reviewed: ReviewedFolder, _ manifest: Manifest
    ) {
        let stem = names.link.stem
        guard manifest.entries.contains(where: { $0.file == names.history }) else {
            guard record.query == nil else {
                return note(.failed, "\(stem): \(names.history) is not in \(names.link.manifest)")
            }
            notRecomputed.append(stem)
            return note(
                .notChecked,
                "\(stem): it claims to be of an earlier version and has no \(names.history): only its accounts were "
                    + "compared with \(names.answer)")
        }
        do {
            try ScratchFolder.with { scratch in
                let (content, history, recalled) = try content(of: record, names, review, reviewed)
                let report = try content.report()
                let reports = Dictionary(uniqueKeysWithValues: ReportFormat.filed.map { (names.report($0), report) })
                let isSameProgram = record.rollcallVersion == programVersion && history.hasTheseLibraries
                try compare(
                    reports, with: record.files, of: stem, from: "\(names.answer) and \(names.history)", in: scratch,
                    isSameProgram: isSameProgram)
                let copy = scratch.place(names.history)
                try content.writeHistory(
                    to: copy, snapshots: recalled.snapshots, reviews: recalled.reviews, libraries: history.libraries)
                let isSame = try SHA256Text.ofFile(copy) == sha256(of: names.history)
                if isSameProgram, !isSame {
                    note(.failed, "\(names.history) differs from what follows from \(names.answer) and from itself")
                }
            }
        } catch {
            note(.failed, "\(stem): its reports cannot be written once more: \(Self.reason(for: error))")
        }
    }

    private func content(
        of record: SupplementRecord, _ names: SupplementRecord.Names, _ review: EvidenceRecord,
        _ reviewed: ReviewedFolder
    ) throws -> (SupplementContent<ReviewWithHistory<RosterReview>>, HistoryRecord, RecalledAccounts) {
        let history = try HistoryRecord(readingFrom: folder, names.history)
        let recalled = try RecalledAccounts(
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
            firstSnapshotAt: recalled.firstSnapshotAt)
        context.privileged = recalled.privileged
        context.warnings = history.warnings
        context.addedOn = Timestamp.recorded(record.takenAt).map { Timestamp.day($0) }
        context.split = reviewed.split
        let added = reviewed.accounts(of: record)
        let content = SupplementContent(
            of: recalled.source, uids: Set(added.filter { $0.kind == .user }.map(\.uid)),
            addresses: Set(added.filter { $0.kind == .invite }.map { EmailAddress.key(of: $0.email) }), context)
        return (content, history, recalled)
    }
}
