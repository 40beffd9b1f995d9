import Connections
import Domain
import Foundation
import Ledger
import Reports
import Reviewing
import TerminalIO

/// Writes the files of a run besides its results: the undo list, and the remediation of a review.
public struct RunAftermath {
    private let record: RunRecord
    private let ledger: Ledger

    /// Creates the writer for a run.
    public init(_ record: RunRecord, in ledger: Ledger) {
        self.record = record
        self.ledger = ledger
    }

    /// Writes the files.
    ///
    /// - Parameter listing: the workspace after the run; nil if it was not listed.
    /// - Returns: the files that were written.
    public func write(after listing: KeptListing?, on console: Console) -> FilesLeft {
        var left = FilesLeft(isComplete: false)
        do {
            guard let binding = try ReviewBinding(record.header.review) else {
                let path = RunFileNames.undo(
                    besides: record.header.inputPath, run: record.number,
                    isPractice: Practice.isPractice(record.header.workspace))
                if try writeUndo(to: path) {
                    left.files.append(.init(kind: .undo, path: path))
                    sayHowToUndo(with: path, on: console)
                }
                left.isComplete = true
                return left
            }
            let remediation = try Remediation(record, binding, in: ledger)
            if listing == nil, let path = remediation.alreadyWritten {
                left.files.append(.init(kind: .remediation, path: path))
                left.isComplete = true
                return left
            }
            let undo = binding.folder + "/" + remediation.names.undo
            let hasUndo = try writeUndo(to: undo)
            if hasUndo { left.files.append(.init(kind: .undo, path: undo)) }
            let written = try remediation.write(after: listing, hasUndo: hasUndo, on: console)
            if hasUndo { sayHowToUndo(with: undo, on: console) }
            console.say("Remediation: \(Terminal.plain(written.page, limit: 1000))")
            console.sayEvidenceHash(written.sha256)
            left.files.append(.init(kind: .remediation, path: written.page))
            left.isComplete = true
        } catch {
            console.fail(CommandFailure(ofReport: error)?.sentence ?? "\(error)")
        }
        return left
    }

    private func sayHowToUndo(with path: String, on console: Console) {
        let command = console.command("set-role " + ShellWord.path(path))
        console.say("To restore the previous account types: \(command)")
    }

    /// - Returns: whether there is anything to undo.
    private func writeUndo(to path: String) throws -> Bool {
        guard [.change(.changeRole), .apply, .sync].contains(record.header.kind) else { return false }
        var count = 0
        try ledger.results(of: record.number) { if UndoList.takes($0) { count += 1 } }
        guard count > 0, let file = ReportFile(path: path) else { return false }
        try file.write(
            UndoList.make(record, count: count) { body in
                try ledger.results(of: record.number) { if UndoList.takes($0) { try body($0) } }
            })
        return true
    }
}
