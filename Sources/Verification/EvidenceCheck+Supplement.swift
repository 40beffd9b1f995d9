import Domain
import Foundation
import Hashing
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
            changed.isEmpty, "\(stem): \(unchanged(manifest))",
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
                let supplement = try RecalledSupplement(record, names, of: reviewed, in: folder, redaction: redaction)
                let history = supplement.history
                checkPeople(of: supplement, record, stem)
                let writer = WritingProgram(
                    version: record.rollcallVersion, record.provenance, libraries: history.libraries)
                try compare(
                    try supplement.reports(names), with: record.files, of: stem,
                    from: "\(names.answer) and \(names.history)", in: scratch, writer)
                let copy = scratch.place(names.history)
                try supplement.content.writeHistory(
                    to: copy, snapshots: supplement.accounts.snapshots, reviews: supplement.accounts.reviews,
                    libraries: history.libraries)
                let isSame = try SHA256Text.ofFile(copy) == sha256(of: names.history)
                if writer.isThis, !isSame {
                    note(.failed, "\(names.history) differs from what follows from \(names.answer) and from itself")
                }
            }
        } catch {
            note(.failed, "\(stem): its reports cannot be written once more: \(Self.reason(for: error))")
        }
    }

    /// Checks that a supplement was compared with the list of the review, and goes to the managers of that list.
    private mutating func checkPeople(of supplement: RecalledSupplement, _ record: SupplementRecord, _ stem: String) {
        let list = (try? HistoryRecord(readingFrom: folder))?.people
        switch (list, supplement.history.people) {
        case (nil, nil): break
        case (.some, nil):
            note(
                .notChecked,
                "\(stem): its accounts were not compared with \(ReviewPeople.fileName), as in earlier versions")
        case (let list, let people?):
            expect(
                list?.isOfSameList(as: people) == true,
                "\(stem): its accounts were compared with \(ReviewPeople.fileName) on "
                    + Terminal.plain(people.day, limit: 40),
                otherwise: "\(stem): its accounts were compared with another list than \(ReviewPeople.fileName)")
        }
        if record.reviewers != supplement.reviewers {
            note(.failed, "\(stem): the reviewers in its record differ from the managers in \(ReviewPeople.fileName)")
        }
    }
}
