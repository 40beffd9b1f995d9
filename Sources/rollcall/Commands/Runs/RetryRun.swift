import ArgumentParser
import Domain
import Foundation
import Ledger
import Planning

extension RunsCommand {
    /// `rollcall runs retry N`
    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send the failed rows of a run again, as a new run.",
            discussion: """
                The rows come from the ledger and are checked against the workspace as it is now. The earlier run and \
                its results stay as they are.
                """)

        @Argument(help: ArgumentHelp("The run's number.", valueName: "run"))
        var number: Int64

        @OptionGroup var send: SendOptions
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var common: CommonOptions

        func run() async throws {
            let console = common.console
            let interrupts = Interrupts(console: console)
            let ledger = try common.openLedger()
            let old = try inWords { try ledger.run(number) }
            guard old.counts[.failed] ?? 0 > 0 else {
                console.say("Run \(number) has no failed rows.")
                return
            }
            let files = send.dryRun ? [] : try send.resultsFiles(besides: old.header.input, retry: number)
            try await connection.connect(to: old, send: send, console: console) { connection in
                let lock = try inWords { try ledger.lock(connection.workspace) }
                let roster = try await connection.listing(
                    keptIn: ledger, allowEmpty: self.connection.allowEmpty
                ).roster
                let plan = try plan(old, against: roster, in: ledger, lock)
                let session = RunSession(
                    number: plan.stage.number, lock: lock, ledger: ledger, connection: connection, send: send,
                    allowEmpty: self.connection.allowEmpty, console: console, interrupts: interrupts, files: files)
                let isSent = try await session.carryOut(
                    plan, file: old.header.input, mapping: "the failed rows of run \(number)")
                if !isSent { try inWords { try plan.stage.discard() } }
            }
        }

        private func plan(
            _ old: RunRecord, against roster: Roster, in ledger: Ledger, _ lock: WorkspaceLock
        ) throws -> InvitePlan {
            try inWords {
                var header = old.header
                header.version = programVersion
                header.retryOf = number
                let stage = try ledger.beginPlan(header, under: lock, at: Date())
                try stage.addFailed(of: number)
                try stage.decide(against: roster, by: InviteRules.decide)
                return InvitePlan(
                    stage: stage, summary: try stage.summary(privilegedLimit: PlanTable.privilegedLimit),
                    inputSHA256: old.header.inputSHA256)
            }
        }
    }
}
