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
        guard contains(ClosingRecord.Names.manifest) else {
            return note(.notChecked, "the review is not closed: there is no closing statement")
        }
        onFile("Checking the closing statement")
        let sealed = Set(sealedByClosing)
        let links = [Manifest.name] + RemediationRecord.Names.all(in: folder).map(\.manifest)
        let missing = links.filter { !sealed.contains($0) }
        expect(
            missing.isEmpty, "closing statement: covers the review and every remediation",
            otherwise: "closing statement: does not cover " + missing.map { Terminal.plain($0) }.joined(separator: ", ")
        )
        do {
            guard let record = try ClosingRecord.read(in: folder) else { return }
            let state = try ReviewState(closedIn: folder)
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
            note(
                record.forcedBecause == nil ? .ok : .notChecked,
                "closed on \(Terminal.plain(record.closedAt)), approved by \(Terminal.plain(record.approver))"
                    + (record.forcedBecause.map { "; with open items: " + Terminal.plain($0, limit: 500) } ?? ""))
        } catch {
            note(.failed, "closing statement: it cannot be checked: \(Self.words(for: error))")
        }
    }

    private static func words(for error: any Error) -> String {
        Terminal.plain((error as? CommandFailure)?.sentence ?? "\(error)", limit: 300)
    }
}
