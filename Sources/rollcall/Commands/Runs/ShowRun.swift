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

        @OptionGroup(title: ReportOptions.title) var report: ReportOptions
        @OptionGroup(title: CommonOptions.title) var practice: PracticeOption
        @OptionGroup(title: CommonOptions.title) var common: CommonOptions

        func run(on console: Console) async throws {
            let ledger = try common.openLedger(common.settings(), isPractice: practice.sandbox)
            let record = try run.record(in: ledger)
            guard report.out.isEmpty else { return try await write(record, of: ledger, console) }
            try await asReportFailure {
                try report.emit(results(of: record, in: ledger), on: console) {
                    try tell(record, of: ledger, console.output)
                    try show(record, of: ledger, console)
                }
            }
        }

        private func results(of record: RunRecord, in ledger: Ledger) -> Report {
            ResultsReport.make(record) { body in try ledger.results(of: record.number, body) }
        }

        private func write(_ record: RunRecord, of ledger: Ledger, _ console: Console) async throws {
            try await asReportFailure {
                try report.checkPlaces()
                let files = try report.write(on: console) { file in
                    if let unwritten = RunResults(record, in: ledger).write(to: [file], on: console).first {
                        throw CommandFailure(.nothingSent, code: .fileNotWritten, unwritten.sentence)
                    }
                }
                try console.output.add(
                    RunNews.members(of: record, files: files.map { RunNews.File(kind: .results, path: $0.path) }))
            }
        }

        /// Every row, as a results file in JSON has them.
        private func tell(_ record: RunRecord, of ledger: Ledger, _ output: Output) throws {
            try asCommandFailure { try output.add(results(of: record, in: ledger)) }
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
            var text = (lines.prefix(1) + facts.map { "  " + $0 } + lines.dropFirst()).joined(separator: "\n") + "\n"
            guard console.output.format == .text else { return RunAdvice(record).print(on: console) }
            try asCommandFailure {
                try ledger.results(of: record.number) { row in
                    guard row.outcome.kind.needsAttention || row.verified == .contradicted else { return }
                    let verdict = row.verified == .contradicted ? ", contradicted by the workspace" : ""
                    let reason = row.outcome.reason.map { ": " + Terminal.plain($0, limit: 500) } ?? ""
                    // A person's pager needs the whole text; a program gets it row by row.
                    if !console.output.isTerminal {
                        try console.output.text(text)
                        text = ""
                    }
                    text +=
                        "line \(row.line): \(Terminal.plain(row.email, limit: 254)) \(row.outcome.kind.words)"
                        + "\(verdict)\(reason)\n"
                }
            }
            try Pager.show(text, on: console.output)
            RunAdvice(record).print(on: console)
        }
    }
}
