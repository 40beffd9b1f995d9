import Domain
import Ledger
import Reports

/// What became of every row of a run, from the ledger into files.
struct RunResults {
    private let record: RunRecord
    private let ledger: Ledger

    init(_ record: RunRecord, in ledger: Ledger) {
        self.record = record
        self.ledger = ledger
    }

    /// Writes each file; one that cannot be written does not take the others with it.
    ///
    /// - Returns: a sentence for each file that is not there now.
    func write(to files: [ReportFile]) -> [String] {
        files.compactMap { file in
            do {
                var counts: [Outcome.Kind: Int] = [:]
                let report = ResultsReport.make(record) { body in
                    counts = [:]
                    try ledger.results(of: record.number) { row in
                        try body(row)
                        counts[row.outcome.kind, default: 0] += 1
                    }
                }
                try file.write(report)
                // The promise of the program: every row that was read is in the file, with one outcome.
                return counts == record.counts
                    ? nil : "\(Terminal.plain(file.path)): its counts differ from the ledger's"
            } catch let failure as WriteFailure {
                return failure.sentence
            } catch {
                return "\(Terminal.plain(file.path)): \(error)"
            }
        }
    }
}

extension Console {
    /// Says which results could not be written, and where they are.
    func complain(unwritten: [String], of record: RunRecord) {
        for sentence in unwritten { complain("rollcall: error: " + sentence) }
        if !unwritten.isEmpty {
            complain("The results are in the ledger: rollcall runs show \(record.number) --out FILE")
        }
    }
}
