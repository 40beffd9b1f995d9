import Domain
import Foundation
import Hashing
import Reports
import TerminalIO

/// The undo list of a remediation.
extension EvidenceCheck {
    /// Writes the undo list once more from the rows of the remediation, and compares it. Only the list states the account
    /// type before the run; it is usually that of the review, or of an earlier remediation.
    mutating func checkUndo(_ record: RemediationRecord, _ names: RemediationRecord.Names, _ manifest: Manifest) {
        let (stem, name) = (Terminal.plain(names.stem), Terminal.plain(names.undo))
        guard let results = rows(of: names.report(.csv), as: { $0 }),
            let recalled = RecalledRemediation(record, rows: results)
        else { return }
        var changes = recalled.results.filter { $0.kind == .changeRole }
        let known = given
        for change in changes where change.outcome.kind == .succeeded { given[change.uid] = change.accountType }
        changes.removeAll { $0.outcome.kind != .succeeded && $0.outcome.kind != .unknown }
        let isListed = manifest.entries.contains { $0.file == names.undo }
        guard !changes.isEmpty else {
            if isListed { note(.failed, "\(stem): \(name) belongs to no change of an account type") }
            return
        }
        guard isListed, let undone = rows(of: names.undo, as: { $0 }) else {
            return note(.failed, "\(stem): \(name) is missing or unreadable")
        }
        guard undone.count == changes.count else {
            return note(
                .failed,
                "\(name) has \(undone.count.counted("row")) for \(changes.count.counted("change")) of account types")
        }
        var unusual = 0
        for (place, row) in undone.enumerated() {
            let before = AccountType(rawValue: row["accountType"] ?? "")
            let wanted = known[changes[place].uid] ?? changes[place].decision?.accountType.rawValue ?? ""
            if !before.isSame(as: AccountType(rawValue: wanted)) { unusual += 1 }
            changes[place].before = before
        }
        do {
            try ScratchFolder.with { scratch in
                let rows = changes
                guard let file = ReportFile(path: scratch.place("undo.csv")) else { return }
                try file.write(
                    UndoList.make(recalled.run, count: rows.count) { body in for row in rows { try body(row) } })
                let isSame = try SHA256Text.ofFile(file.path) == sha256(of: names.undo)
                let difference = isSame ? nil : Difference.between(path(names.undo), and: file.path, format: .csv)
                // The bytes of CSV do not depend on libraries.
                let writer = WritingProgram(
                    version: record.rollcallVersion, record.provenance, libraries: HistoryRecord.libraries)
                expect(
                    isSame || (difference?.count == 0 && !writer.isThis),
                    "\(stem): \(name) restores the \(changes.count.counted("change")) of account types",
                    otherwise: "\(name) differs from what follows from \(Terminal.plain(names.report(.csv))): "
                        + (difference?.words ?? "it cannot be read") + writer.remark)
            }
        } catch {
            note(.failed, "\(name) cannot be written once more: \(Self.reason(for: error))")
        }
        if unusual > 0 {
            note(
                .notChecked,
                "\(name): \(unusual.counted("account")) had another account type before the run than in the review; only "
                    + "the list states it")
        }
    }
}
