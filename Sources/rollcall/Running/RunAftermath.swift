import Domain
import Foundation
import Ledger
import Reports

/// What a run leaves beside its results: the list that takes role changes back, and the remediation of a review.
struct RunAftermath {
    private let record: RunRecord
    private let ledger: Ledger

    init(_ record: RunRecord, in ledger: Ledger) {
        self.record = record
        self.ledger = ledger
    }

    /// Writes what there is to write.
    ///
    /// - Parameter listing: the workspace after the run, where it was asked for.
    /// - Returns: whether everything is there now.
    func write(after listing: KeptListing?, on console: Console) -> Bool {
        do {
            try writeUndo(on: console)
            if let binding = try ReviewBinding(record.header.review) {
                let path = try Remediation(record, binding, in: ledger).write(after: listing)
                console.say("Remediation: \(Terminal.plain(path, limit: 1000))")
            }
            return true
        } catch let failure as WriteFailure {
            console.complain("rollcall: error: " + failure.sentence)
        } catch {
            console.complain("rollcall: error: \(error)")
        }
        return false
    }

    private func writeUndo(on console: Console) throws {
        guard record.header.kind == .changeRole || record.header.kind == .apply else { return }
        var count = 0
        try ledger.results(of: record.number) { if UndoList.takes($0) { count += 1 } }
        guard count > 0 else { return }
        let path = SendOptions.undoFile(besides: record.header.input, run: record.number)
        guard let file = ReportFile(path: path) else { return }
        try file.write(
            UndoList.make(record, count: count) { body in
                try ledger.results(of: record.number) { if UndoList.takes($0) { try body($0) } }
            })
        console.say("To take the role changes back: rollcall set-role \(Terminal.plain(path, limit: 1000))")
    }
}
