import ArgumentParser
import Domain
import Foundation
import Ledger
import Reports
import Runs
import TerminalIO

extension RunsCommand {
    /// `rollcall runs show N`
    struct Show: RollcallCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a run and its rows that need attention, or export its results.",
            usage: "rollcall runs show [<options>] <run>",
            discussion: """
                Examples:
                  rollcall invite samples/invites.csv --sandbox --yes
                  rollcall runs show last --sandbox
                  rollcall runs show last --sandbox --out results.json
                """)

        static let words = "runs show"

        @Argument(help: RunReference.help, completion: RunNumbers.completion)
        var run: RunReference

        @Option(
            help: ArgumentHelp("Write all rows to this file; \(ReportFormat.extensions).", valueName: "file"),
            completion: .report)
        var out: String?

        @OptionGroup var practice: PracticeOption
        @OptionGroup var common: CommonOptions

        func validate() throws {
            try ReportFiles.check(out.map { [$0] } ?? [], option: "--out")
        }

        func run(on console: Console) async throws {
            let ledger = try common.openLedger(common.settings(), isPractice: practice.sandbox)
            let record = try run.record(in: ledger)
            if let file = out.flatMap({ ReportFile(path: $0) }) {
                try OrdinaryFile.refuseToReplace(file.path)
                try write(record, of: ledger, to: file, console)
            } else {
                try tell(record, of: ledger, console.output)
                try show(record, of: ledger, console)
            }
        }

        private func write(_ record: RunRecord, of ledger: Ledger, to file: ReportFile, _ console: Console) throws {
            if let unwritten = RunResults(record, in: ledger).write(to: [file], on: console).first {
                throw CommandFailure(.nothingSent, unwritten.sentence)
            }
            let files = [RunNews.File(kind: .results, path: file.path)]
            try console.output.add(RunNews.members(of: record, files: files))
            console.say("Results: \(Terminal.plain(file.path, limit: 1000))")
        }

        /// Every row, as a results file in JSON has them.
        private func tell(_ record: RunRecord, of ledger: Ledger, _ output: Output) throws {
            let report = ResultsReport.make(record) { body in try ledger.results(of: record.number, body) }
            try asCommandFailure { try output.add(report) }
        }

        private func show(_ record: RunRecord, of ledger: Ledger, _ console: Console) throws {
            let facts = [
                "operation  \(record.header.kind.rawValue)"
                    + (record.header.retryOf.map { ", retry of run \($0)" } ?? ""),
                "id         \(record.reference)",
                "workspace  \(Terminal.plain(record.header.workspace))",
                "input      \(Terminal.plain(record.header.input))",
                "sha256     \(record.header.inputSHA256)",
                "started    \(Timestamp.text(record.startedAt))",
                "finished   \(record.finishedAt.map(Timestamp.text) ?? "-")",
            ]
            let lines = RunSummary(record, files: []).lines(console.outputStyle)
            try console.output.text(
                (lines.prefix(1) + facts.map { "  " + $0 } + lines.dropFirst()).joined(separator: "\n") + "\n")
            guard console.output.format == .text else { return RunAdvice(record).print(on: console) }
            try asCommandFailure {
                try ledger.results(of: record.number) { row in
                    guard row.outcome.kind.needsAttention || row.verified == .contradicted else { return }
                    let verdict = row.verified == .contradicted ? ", contradicted by the workspace" : ""
                    let reason = row.outcome.reason.map { ": " + Terminal.plain($0, limit: 500) } ?? ""
                    try console.output.text(
                        "line \(row.line): \(Terminal.plain(row.email, limit: 254)) \(row.outcome.kind.words)"
                            + "\(verdict)\(reason)\n"
                    )
                }
            }
            RunAdvice(record).print(on: console)
        }
    }
}
