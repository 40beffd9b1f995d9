import ArgumentParser
import Domain
import Foundation
import Ledger
import Planning
import Reports

/// `rollcall runs`
struct RunsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs",
        abstract: "The runs so far: list them, show one, go on with one.",
        subcommands: [List.self, Show.self, Resume.self],
        defaultSubcommand: List.self)

    /// `rollcall runs list`
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the runs, the newest first; in a pipe with tabs between the columns.")

        @OptionGroup var common: CommonOptions

        func run() async throws {
            let console = common.console
            let runs = try inWords { try common.openLedger().runs() }
            guard !runs.isEmpty else {
                console.say("There are no runs yet.")
                return
            }
            console.data(
                TextTable.runs(runs, aligned: console.isDataOnTerminal).text(aligned: console.isDataOnTerminal))
        }
    }

    /// `rollcall runs show N`
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a run and the rows of it that need attention, or write its results again.",
            discussion: """
                  rollcall runs show 3
                  rollcall runs show 3 --out people.results.json
                """)

        @Argument(help: ArgumentHelp("The run's number.", valueName: "run"))
        var number: Int64

        @Option(help: ArgumentHelp("Write every row to this file; .csv, .json, .xlsx or .html.", valueName: "file"))
        var out: String?

        @OptionGroup var common: CommonOptions

        func run() async throws {
            let ledger = try common.openLedger()
            let record = try inWords { try ledger.run(number) }
            if let out {
                try write(record, of: ledger, to: out)
            } else {
                try show(record, of: ledger)
            }
        }

        private func write(_ record: RunRecord, of ledger: Ledger, to path: String) throws {
            guard let file = ReportFile(path: path) else {
                throw ValidationError("--out \(path): the name has to end in .csv, .json, .xlsx or .html.")
            }
            do {
                try file.write(ResultsReport.make(record) { try ledger.results(of: number, $0) })
            } catch let failure as WriteFailure {
                throw CommandFailure(.nothingSent, failure.sentence)
            }
            common.console.say("Results: \(Terminal.plain(path, limit: 1000))")
        }

        private func show(_ record: RunRecord, of ledger: Ledger) throws {
            let console = common.console
            let facts = [
                "operation  \(record.header.kind.rawValue)",
                "workspace  \(Terminal.plain(record.header.workspace))",
                "input      \(Terminal.plain(record.header.input))",
                "sha256     \(record.header.inputSHA256)",
                "started    \(Timestamp.text(record.startedAt))",
                "finished   \(record.finishedAt.map(Timestamp.text) ?? "-")",
            ]
            let lines = RunSummary(record: record, files: []).lines(console)
            console.data((lines.prefix(1) + facts.map { "  " + $0 } + lines.dropFirst()).joined(separator: "\n") + "\n")
            try inWords {
                try ledger.results(of: number) { row in
                    guard row.outcome.kind.needsAttention else { return }
                    let reason = row.outcome.reason.map { ": " + Terminal.plain($0, limit: 500) } ?? ""
                    console.data(
                        "line \(row.line): \(Terminal.plain(row.email, limit: 254)) \(row.outcome.kind.words)\(reason)\n"
                    )
                }
            }
            if record.left > 0 { console.say("To go on with what is left: rollcall runs resume \(number)") }
        }
    }

    /// `rollcall runs resume N`
    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Ask about the rows without an answer, and send those that are left.",
            discussion: "The rows come from the ledger; the input file is not read again.")

        @Argument(help: ArgumentHelp("The run's number.", valueName: "run"))
        var number: Int64

        @OptionGroup var send: SendOptions
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let console = common.console
            let interrupts = Interrupts(console: console)
            let ledger = try common.openLedger()
            let record = try inWords { try ledger.run(number) }
            guard record.left > 0 else {
                console.say("Run \(number) has nothing left to send.")
                return
            }
            let files = try send.resultsFiles(besides: record.header.input)
            try agree(to: record, console: console)
            try await connection.connect(
                timeout: .seconds(send.timeout), connections: send.concurrency, console: console
            ) { connection in
                guard connection.workspace == record.header.workspace else {
                    throw CommandFailure(
                        .nothingSent,
                        "run \(number) belongs to \(Terminal.plain(record.header.workspace)), and these credentials to "
                            + "\(Terminal.plain(connection.workspace)); nothing was sent")
                }
                let roster = try await connection.listing(
                    keptIn: ledger, allowEmpty: self.connection.allowEmpty
                ).roster
                try inWords { try ledger.resume(number) }
                let settled = try await ledger.journal(of: number, find: InviteRules.find)
                    .settle(by: roster, maxAttempts: send.maxAttempts)
                if settled.tookEffect + settled.sendAgain > 0 {
                    console.say(
                        "Asked about rows without an answer: \(settled.tookEffect.grouped) took effect, "
                            + "\(settled.sendAgain.grouped) did not.")
                }
                let session = RunSession(
                    number: number, ledger: ledger, connection: connection, send: send, console: console,
                    interrupts: interrupts, files: files)
                try await session.execute()
            }
        }

        private func agree(to record: RunRecord, console: Console) throws {
            let unknown = record.counts[.unknown] ?? 0
            let notSent = record.counts[.notSent] ?? 0
            console.say(
                "Run \(number) to \(Terminal.plain(record.header.workspace)): \(unknown.counted("row")) to ask about, "
                    + "\(notSent.counted("row")) to send.")
            if send.dryRun { throw CommandFailure(.done) }
            guard !send.yes else { return }
            switch Prompt.ask("Go on?", console: console) {
            case .yes: return
            case .no: throw CommandFailure(.nothingSent, "nothing was sent, because the answer was not yes")
            case .nobody:
                throw CommandFailure(
                    .nothingSent, "nothing was sent: there is no terminal to ask at; give --yes to go on")
            }
        }
    }
}
