import ArgumentParser
import Domain
import Foundation
import Ledger
import Planning
import Reports

extension RunsCommand {
    /// `rollcall runs retry N`
    struct Retry: RollcallCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send the failed rows of a run again, as a new run.",
            discussion: """
                The rows come from the ledger and are checked against the workspace as it is now. The earlier run and \
                its results stay as they are.

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
                    "run \(number) carries out a review; rollcall apply sends what failed again, and files it with the "
                        + "evidence; nothing was sent")
            }
            let earlier = try asCommandFailure { try ledger.retries(of: number) }
            let files = send.dryRun ? [] : try send.resultsFiles(of: old.header, retry: number, earlier: earlier)
            let pace = send.pace(settings, console: console)
            try await connection.connect(settings, to: old, pace: pace, console: console) { connection in
                let lock = try asCommandFailure { try ledger.lock(connection.workspace) }
                let listing = try await connection.listing(
                    keptIn: ledger, allowEmpty: self.connection.allowEmpty)
                var header = old.header
                header.version = programVersion
                header.retryOf = number
                header.directory = header.directory ?? RunHeader.here
                header.results = files.map { RunHeader.whole($0.path) }
                let earlierRuns = EarlierRuns(
                    ledger: ledger, connection: connection, lock: lock, pace: pace,
                    allowEmpty: self.connection.allowEmpty, console: console)
                let limits = try guards.limits(settings, besides: old)
                let plan = try await RunPlan.make(
                    header, against: listing.roster, limits: limits, in: ledger, under: lock, lag: pace.lag,
                    console: console, settle: earlierRuns.settle
                ) { stage in
                    try stage.addFailed(of: number)
                    return old.header.inputSHA256
                }
                let session = RunSession(
                    number: plan.stage.number, kind: header.kind, lock: lock, ledger: ledger, connection: connection,
                    send: send, pace: pace,
                    limits: limits, allowEmpty: self.connection.allowEmpty, console: console, interrupts: interrupts,
                    files: files)
                let isSent = try await session.carryOut(
                    plan, listed: listing.snapshot, origin: PlanOrigin("the failed rows of run \(number)"),
                    header: header)
                if !isSent { try asCommandFailure { try plan.stage.discard() } }
            }
        }
    }
}
