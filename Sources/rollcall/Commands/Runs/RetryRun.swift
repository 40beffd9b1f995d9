import ArgumentParser
import Domain
import Foundation
import Ledger
import Reports
import Runs
import TerminalIO

extension RunsCommand {
    /// `rollcall runs retry N`
    struct Retry: RollcallCommand {
        static let configuration = CommandConfiguration(
            abstract: "Retry the failed rows of a run as a new run.",
            discussion: """
                Takes the rows from the ledger and checks them against the current workspace. The earlier run and its \
                results are not changed.

                Examples:
                  rollcall invite samples/invites.csv --sandbox --yes
                  rollcall runs retry 1 --sandbox
                  rollcall runs retry 3 --dry-run
                """)

        static let words = "runs retry"
        static let isSending = true

        @Argument(help: RunReference.help, completion: RunNumbers.completion)
        var run: RunReference

        @OptionGroup(title: SendOptions.title) var send: SendOptions
        @OptionGroup(title: GuardOptions.title) var guards: GuardOptions
        @OptionGroup(title: ConnectionOptions.title) var connection: ConnectionOptions
        @OptionGroup(title: CommonOptions.title) var common: CommonOptions

        func run(on console: Console) async throws {
            let interrupts = Interrupts(console: console)
            let settings = try common.settings()
            let ledger = try common.openLedger(settings, isPractice: connection.sandbox)
            let old = try run.record(in: ledger)
            let number = old.number
            guard old.counts[.failed] ?? 0 > 0 else {
                console.say("Run \(number) has no failed rows.")
                return
            }
            guard old.header.review == nil else {
                throw CommandFailure(
                    .nothingSent,
                    "run \(number) applied a review; to retry its failed rows, run rollcall apply with the same files, so that "
                        + "the results are stored with the evidence; nothing was sent")
            }
            let earlier = try asCommandFailure { try ledger.retries(of: number) }
            let options = send.options(
                settings, limits: try guards.limits(settings, besides: old), connection, console: console)
            let files = send.dryRun ? [] : try options.results.files(of: old.header, retry: number, earlier: earlier)
            try await connection.connect(settings, to: old, pace: options.pace, console: console) { connection in
                let setup = try RunSetup(
                    options, over: connection, in: ledger, console: console, interrupts: interrupts)
                var header = old.header
                header.version = programVersion
                header.retryOf = number
                header.directory = header.directory ?? RunHeader.here
                header.results = files.map { RunHeader.whole($0.path) }
                try await setup.run(
                    header, results: files, origin: PlanOrigin("the failed rows of run \(number)")
                ) { draft, _ in
                    try draft.addFailed(of: number)
                    return old.header.inputSHA256
                }
            }
        }
    }
}
