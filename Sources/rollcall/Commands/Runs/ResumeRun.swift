import ArgumentParser
import Connections
import Domain
import Foundation
import Ledger
import Reports
import Reviewing
import Runs
import Sealing
import Settings
import TerminalIO

extension RunsCommand {
    /// `rollcall runs resume N`
    struct Resume: RollcallCommand {
        static let configuration = CommandConfiguration(
            abstract: "Resume a run: check unconfirmed rows and send the rest.",
            discussion: """
                Takes the rows from the ledger; the input file is not needed. Lists the workspace first and applies the \
                same rules and limits as to a new plan.

                Examples:
                  rollcall invite samples/invites.csv --sandbox --yes
                  rollcall runs resume last --sandbox --dry-run
                  rollcall runs resume 3 --resend-unknown
                """)

        static let words = "runs resume"
        static let isSending = true

        @Argument(help: RunReference.help, completion: RunNumbers.completion)
        var run: RunReference

        @Flag(help: "Re-send rows that stay unconfirmed. People may get a second email.")
        var resendUnknown = false

        @OptionGroup(title: SendOptions.title) var send: SendOptions
        @OptionGroup(title: GuardOptions.title) var guards: GuardOptions
        @OptionGroup(title: SealOptions.title) var seal: SealOptions
        @OptionGroup(title: ConnectionOptions.title) var connection: ConnectionOptions
        @OptionGroup(title: CommonOptions.title) var common: CommonOptions

        func run(on console: Console) async throws {
            let interrupts = Interrupts(console: console)
            let settings = try common.settings()
            let ledger = try common.openLedger(settings, isPractice: connection.sandbox)
            let record = try run.record(in: ledger)
            let number = record.number
            guard record.state != .abandoned else {
                throw CommandFailure(
                    .nothingSent,
                    "run \(number) was abandoned and cannot be resumed; to send its rows, start a new run from the list"
                )
            }
            let results = ResultsPlace(given: send.results)
            let files = try record.resultsFiles(
                results.files(of: record.header, retry: record.header.retryOf), in: ledger)
            let binding = try asCommandFailure { try ReviewBinding(record.header.review) }
            try binding?.refuseIfClosed()
            let sealing = try await sealing(binding, settings)
            try await Sealing.sealing(
                binding?.link ?? [], newIn: binding?.folder, with: sealing, on: console
            ) {
                try await resume(record, to: files, in: ledger, settings, console, interrupts)
            }
        }

        /// How to seal the remediation; nil for a run that writes none.
        private func sealing(_ binding: ReviewBinding?, _ settings: UserSettings) async throws -> Sealing? {
            guard let binding else {
                guard seal.sign == nil, seal.timestamp == nil else {
                    throw CommandFailure(
                        .nothingSent,
                        "the run applies no review, so there is no evidence to sign or stamp; nothing was sent")
                }
                return nil
            }
            guard !send.dryRun else { return nil }
            return try await seal.sealing(settings, kept: binding.seal, otherwise: "nothing was sent")
        }

        private func resume(
            _ record: RunRecord, to files: [ReportFile], in ledger: Ledger, _ settings: UserSettings,
            _ console: Console, _ interrupts: Interrupts
        ) async throws {
            let number = record.number
            guard record.left > 0 else { return try writeResults(of: record, to: files, in: ledger, console) }
            try agree(to: record, in: ledger, settings, console)
            var options = send.options(
                settings, limits: try guards.limits(settings, besides: record), connection, console: console)
            options.resendsUnknown = resendUnknown
            try await connection.connect(settings, to: record, pace: options.pace, console: console) { connection in
                var setup = try RunSetup(
                    options, over: connection, in: ledger, console: console, interrupts: interrupts)
                // What a dry run finds is written to a copy.
                if options.isDryRun { setup = try setup.overCopyOfLedger() }
                let open = try setup.release(number)
                let session = RunSession(setup, resuming: record, open: open, files: files)
                try await session.lookAgain(checksSelf: true)
                guard !options.isDryRun else { return console.say("Dry run: nothing was sent.") }
                let own = try session.setEarlierResultsAside()
                _ = try asCommandFailure { try ledger.resume(number, under: setup.lock) }
                defer { if files.allSatisfy({ OrdinaryFile.isOne($0.path) }) { own.forEach { unlink($0) } } }
                try await session.execute()
            }
        }

        /// Nothing is left to send, and perhaps the process ended before its results were written.
        private func writeResults(
            of record: RunRecord, to files: [ReportFile], in ledger: Ledger, _ console: Console
        ) throws {
            let number = record.number
            console.say("Run \(number) has nothing left to send; its results are written again.")
            guard !send.dryRun else { return }
            var record = record
            if record.state != .finished {
                // A process that is still running writes the results itself.
                let lock = try asCommandFailure { try ledger.lock(record.header.workspace) }
                defer { lock.release() }
                record = try asCommandFailure {
                    try ledger.finish(number, as: .finished, at: Date())
                    return try ledger.run(number)
                }
            }
            var left = RunResults(record, in: ledger).conclude(in: files, on: console)
            left += RunAftermath(record, in: ledger).write(after: nil, on: console)
            try RunNews(output: console.output).concluded(record, left.files)
            if record.needsAttention || !left.isComplete { throw CommandFailure(.needsAttention) }
        }

        private func agree(
            to record: RunRecord, in ledger: Ledger, _ settings: UserSettings, _ console: Console
        ) throws {
            let unknown = record.counts[.unknown] ?? 0
            let notSent = record.counts[.notSent] ?? 0
            var parts: [String] = []
            if unknown > 0 {
                parts.append("\(unknown.counted("row")) to check" + (resendUnknown ? " or re-send" : ""))
            }
            if notSent > 0 { parts.append("\(notSent.counted("row")) left to send") }
            let lines = [record.introduction, parts.joined(separator: ", ") + "."]
            // The rest of a dry run is what was asked for.
            guard !send.dryRun else { return try console.output.text(lines.map { $0 + "\n" }.joined()) }
            lines.forEach { console.say($0) }
            guard !send.yes else { return }
            let removals = try asCommandFailure {
                try ledger.plan(of: record.number, privileged: .standard).summary().removals
            }
            let disabled = removals > 0 ? " It disables \(removals.counted("user")), which cannot be undone." : ""
            let profile = connection.sandbox ? nil : settings.connectionProfile
            try Confirmation(
                Practice.title("Resume?\(disabled)", of: record.header.workspace),
                typing: removals > 0 ? profile ?? WorkspaceIdentity.host(of: record.header.workspace) : nil
            ).ask(on: console)
        }
    }
}

extension RunRecord {
    /// Which run it is, before anything is asked about it: the list by name, hash and rows, and the workspace.
    var introduction: String {
        let input = Terminal.plain(header.input, limit: 200)
        return "Run \(reference): \(header.kind.rawValue), \(total.counted("row")) of \(input) (SHA-256 "
            + "\(header.inputSHA256.prefix(12))), started \(Timestamp.text(startedAt, toSeconds: true)), to "
            + Terminal.plain(header.workspace, limit: 1000)
    }
}

extension ConnectionOptions {
    /// Connects to the workspace that an earlier run belongs to, and to no other.
    func connect(
        _ settings: UserSettings, to run: RunRecord, pace: Pace, console: Console,
        body: (Connection) async throws -> Void
    ) async throws {
        try await connect(settings, to: run.header.workspace, pace: pace, console: console) { connection in
            try connection.check(isFor: run.header.workspace, "run \(run.number)", console)
            try await body(connection)
        }
    }
}
