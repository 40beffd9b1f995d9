import Domain
import Ledger
import Reports
import TerminalIO

/// Writes the outcome of every row of a run from the ledger to files.
public struct RunResults {
    private let record: RunRecord
    private let ledger: Ledger

    /// Creates the writer for a run.
    public init(_ record: RunRecord, in ledger: Ledger) {
        self.record = record
        self.ledger = ledger
    }

    /// Writes the files, and prints the summary of the run and how to continue.
    ///
    /// - Returns: the files that were written.
    public func conclude(in files: [ReportFile], on console: Console) -> FilesLeft {
        let unwritten = write(to: files, on: console)
        let written = files.filter { file in !unwritten.contains { $0.path == file.path } }
        RunSummary(record, files: written.map(\.path)).print(on: console)
        for file in unwritten { console.fail(file.sentence) }
        if !unwritten.isEmpty {
            let command = console.command("runs show \(record.reference) --out FILE")
            console.complain("The results are stored in the ledger. To write them to a file: \(command)")
        }
        RunAdvice(record).print(on: console)
        return FilesLeft(
            files: written.map { .init(kind: .results, path: $0.path) }, isComplete: unwritten.isEmpty)
    }

    /// Writes the files. If one cannot be written, the others are still written.
    ///
    /// - Returns: the files that could not be written, with the reason.
    public func write(to files: [ReportFile], on console: Console) -> [(path: String, sentence: String)] {
        files.compactMap { file in reasonNotWritten(file, console).map { (file.path, $0) } }
    }

    private func reasonNotWritten(_ file: ReportFile, _ console: Console) -> String? {
        do {
            var counts: [Outcome.Kind: Int] = [:]
            let report = ResultsReport.make(record) { body in
                counts = [:]
                try ledger.results(of: record.number) { row in
                    try body(row)
                    counts[row.outcome.kind, default: 0] += 1
                }
            }
            try console.write(report, to: file)
            // The guarantee of the program: every row that was read is in the file, with one outcome.
            return counts == record.counts
                ? nil : "\(Terminal.plain(file.path)): the counts differ from those in the ledger"
        } catch let failure as WriteFailure {
            return failure.sentence
        } catch {
            return "\(Terminal.plain(file.path)): \(CommandFailure(ofReport: error)?.sentence ?? "\(error)")"
        }
    }
}

/// What a run has left on the disk.
public struct FilesLeft {
    /// Those that are there.
    public var files: [RunNews.File] = []
    /// Whether all are there that should be.
    public var isComplete = true

    /// None yet.
    public init(files: [RunNews.File] = [], isComplete: Bool = true) {
        self.files = files
        self.isComplete = isComplete
    }

    /// Adds what something else has left.
    public static func += (all: inout FilesLeft, more: FilesLeft) {
        all.files += more.files
        all.isComplete = all.isComplete && more.isComplete
    }
}
