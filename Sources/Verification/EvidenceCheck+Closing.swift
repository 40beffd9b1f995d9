import Domain
import Foundation
import Hashing
import Reports
import Reviewing
import TerminalIO

extension EvidenceCheck {
    /// Checks the closing statement: the review that it closes, and every final decision, which is derived
    /// once more from the review, the remediations and the response at the end.
    mutating func checkClosing(_ review: EvidenceRecord) {
        // Most reviews are verified before they are closed.
        guard contains(ClosingRecord.Names.manifest) else { return checkOpen() }
        onFile("Checking the closing statement")
        let sealed = Set(sealedByClosing)
        let links = EvidenceLink.all(in: folder).filter { $0.kind != .closing }.map(\.manifest)
        let missing = links.filter { !sealed.contains($0) }
        expect(
            missing.isEmpty, "closing statement: covers the review, its supplements and its remediations",
            otherwise: "closing statement: does not cover " + missing.map { Terminal.plain($0) }.joined(separator: ", ")
        )
        do {
            guard let record = try ClosingRecord.read(in: folder) else { return }
            let state = try ReviewState(closed: reviewed ?? ReviewedFolder(path: folder))
            expect(
                record.review == review.review && record.reviewManifestSHA256 == state.folder.manifestSHA256,
                "closing statement: belongs to this review", otherwise: "closing statement: belongs to another review")
            let stated = rows(of: ClosingRecord.Names.report(.csv)) ?? []
            let derived = try state.closingRows()
            expect(
                stated.map { row in derived.keys.map { row[$0] ?? "" } } == derived.rows,
                "closing statement: the \(derived.rows.count.counted("account has", "accounts have")) the final decision "
                    + "and the result that follow from the review, its remediations and the response at the end",
                otherwise: "closing statement: the accounts differ from the review and its remediations")
            let claimed = try state.derivedRecord(from: record)
            var own = record
            own.files = []
            expect(
                claimed == own,
                "closing statement: its record has the numbers, reviewers and findings that follow from the review",
                otherwise: "closing statement: its record differs from the review and its remediations")
            try checkReports(of: state, record)
            note(
                .ok,
                "closed on \(Terminal.plain(record.closedAt)), approved by \(Terminal.plain(record.approver))"
                    + (record.forcedBecause.map { "; with open items: " + Terminal.plain($0, limit: 500) } ?? ""))
            completeness = .init(
                code: .complete, result: .established,
                sentence: "closed on \(Terminal.plain(record.closedAt)), approved by \(Terminal.plain(record.approver))"
                    + (state.isComplete ? "" : ", with \(state.openCount.counted("open item"))"))
        } catch {
            note(.failed, "closing statement: it cannot be checked: \(Self.words(for: error))")
        }
    }

    /// Says how much of a review that is not closed is open.
    private mutating func checkOpen() {
        note(.ok, "the review is not closed")
        guard let reviewed, let state = try? ReviewState(of: reviewed) else { return }
        completeness.sentence =
            "not closed; "
            + (state.isComplete ? "nothing is open" : "\(state.openCount.counted("item is", "items are")) open")
    }

    /// Writes the reports once more, and compares them.
    private mutating func checkReports(of state: ReviewState, _ record: ClosingRecord) throws {
        let wrong = record.files.filter { sha256(of: $0.name) != $0.sha256 }.map { Terminal.plain($0.name) }
        guard wrong.isEmpty else {
            return note(
                .failed,
                "closing statement: not the files that \(ClosingRecord.Names.record) names: \(wrong.joined(separator: ", "))"
            )
        }
        let writer = WritingProgram(
            version: record.rollcallVersion, record.provenance,
            libraries: record.provenance?.program.libraries ?? HistoryRecord.libraries)
        try ScratchFolder.with { scratch in
            let written = try state.writeReports(of: record, to: scratch.path)
            compare(
                written, with: record.files, of: "closing statement", from: "the review, its remediations and the end",
                in: scratch, writer)
        }
    }

    private static func words(for error: any Error) -> String {
        Terminal.plain((error as? CommandFailure)?.sentence ?? "\(error)", limit: 300)
    }
}
