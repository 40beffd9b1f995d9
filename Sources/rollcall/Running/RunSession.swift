import Domain
import Execution
import Foundation
import Ledger
import Planning
import Reports

/// One run from its confirmation to its results: sends, writes down, tells.
struct RunSession {
    let number: Int64
    let ledger: Ledger
    let connection: Connection
    let send: SendOptions
    let console: Console
    let interrupts: Interrupts
    /// Where the results go.
    let files: [ReportFile]

    /// Sends what is to be sent, writes the results files and says what happened.
    ///
    /// - Throws: ``CommandFailure`` whose status says how the run ended; returns only if every row is well.
    func execute() async throws {
        let left = try inWords(.needsAttention) { try ledger.rowsToSend(of: number) }
        let unanswered = try inWords(.needsAttention) { try ledger.run(number).counts[.unknown] ?? 0 }
        var end: RunEnd?
        var ledgerFailure: LedgerError?
        if left + unanswered > 0 {
            do {
                end = try await sendRows(left + unanswered)
            } catch let error as LedgerError {
                ledgerFailure = error
            }
        }
        let state: RunState =
            switch end {
            case nil: ledgerFailure == nil ? .finished : .stopped
            case .finished: .finished
            case .interrupted: .interrupted
            case .stopped: .stopped
            }
        try? ledger.finish(number, as: state, at: Date())
        let record = try inWords(.needsAttention) { try ledger.run(number) }
        let unwritten = writeResults(record)
        RunSummary(record: record, files: files.map(\.path)).print(on: console)
        try conclude(record, end: end, ledgerFailure: ledgerFailure, unwritten: unwritten)
    }

    private func sendRows(_ total: Int) async throws -> RunEnd {
        let line = ProgressLine(total: total, console: console)
        let executor = BatchExecutor(
            journal: ledger.journal(of: number, find: InviteRules.find), sender: connection.client,
            rosterSource: connection.client,
            options: ExecutionOptions(
                rate: send.rate.perSecond, concurrency: send.concurrency, maxAttempts: send.maxAttempts,
                timeout: .seconds(send.timeout)),
            onProgress: { line.update($0) })
        interrupts.whileSending(
            hint: "Stopped. What was on its way is unknown until it is asked about: rollcall runs resume \(number)"
        ) { executor.drain() }
        defer { line.end() }
        return try await executor.run()
    }

    /// Writes each file; one that cannot be written does not take the others with it.
    private func writeResults(_ record: RunRecord) -> [String] {
        var unwritten: [String] = []
        for file in files {
            do {
                var counts: [Outcome.Kind: Int] = [:]
                let report = ResultsReport.make(record) { body in
                    counts = [:]
                    try ledger.results(of: number) { row in
                        try body(row)
                        counts[row.outcome.kind, default: 0] += 1
                    }
                }
                try file.write(report)
                // The promise of the program: every row that was read is in the file, with one outcome.
                guard counts == record.counts else {
                    unwritten.append("\(Terminal.plain(file.path)): its counts differ from the ledger's")
                    continue
                }
            } catch let failure as WriteFailure {
                unwritten.append(failure.sentence)
            } catch {
                unwritten.append("\(Terminal.plain(file.path)): \(error)")
            }
        }
        return unwritten
    }

    private func conclude(
        _ record: RunRecord, end: RunEnd?, ledgerFailure: LedgerError?, unwritten: [String]
    ) throws {
        for sentence in unwritten { console.complain("rollcall: error: " + sentence) }
        if !unwritten.isEmpty {
            console.complain("The results are in the ledger: rollcall runs show \(number) --out FILE")
        }
        if record.left > 0 { console.complain("To go on with what is left: rollcall runs resume \(number)") }
        if let ledgerFailure {
            throw CommandFailure(.needsAttention, ledgerFailure.sentence + "; sending was stopped")
        }
        switch end {
        case .interrupted: throw CommandFailure(.interrupted)
        case .stopped(.credentialsRefused(let reason)):
            throw CommandFailure(.credentialsRefused, "the credentials were refused, so the run was stopped: \(reason)")
        case .stopped(.unreachable(let reason)):
            throw CommandFailure(.unreachable, "the API could not be reached, so the run was stopped: \(reason)")
        case .finished, nil: break
        }
        let needsAttention = record.counts.contains { $0.key.needsAttention && $0.value > 0 }
        if needsAttention || !unwritten.isEmpty { throw CommandFailure(.needsAttention) }
    }
}
