import ArgumentParser
import Domain
import Foundation
import Ledger
import Runs
import TerminalIO

extension RunsCommand {
    /// `rollcall runs abandon N`
    struct Abandon: RollcallCommand {
        static let configuration = CommandConfiguration(
            abstract: "Abandon a run; its unsent rows are never sent.",
            usage: "rollcall runs abandon [<options>] <run>",
            discussion: """
                Sends nothing and undoes nothing. Unconfirmed rows stay unconfirmed: the next plan for one of their \
                accounts checks them first.

                Examples:
                  rollcall invite samples/invites.csv --sandbox --yes
                  rollcall runs abandon last --sandbox --yes
                """)

        static let words = "runs abandon"

        @Argument(help: RunReference.help, completion: RunNumbers.completion)
        var run: RunReference

        @Flag(name: .shortAndLong, help: "Do not ask for confirmation.")
        var yes = false

        @OptionGroup(title: CommonOptions.title) var practice: PracticeOption
        @OptionGroup(title: CommonOptions.title) var common: CommonOptions

        func run(on console: Console) async throws {
            let ledger = try common.openLedger(common.settings(), isPractice: practice.sandbox)
            var record = try run.record(in: ledger)
            guard record.left > 0 else {
                // The process ended before it wrote the results. They are facts, which cannot be given up.
                if record.finishedAt == nil, record.state != .running {
                    throw CommandFailure(
                        .nothingSent,
                        "run \(record.number) has no rows left to abandon, only its results were not written; to write "
                            + "them: \(console.command("runs resume \(record.reference)"))")
                }
                console.say("Run \(record.number) has no rows left; nothing was changed.")
                return
            }
            let notSent = record.counts[.notSent] ?? 0
            console.say(record.introduction)
            console.say("\(notSent.counted("row")) will not be sent.")
            if !yes {
                var confirmation = Confirmation("Abandon the run?")
                confirmation.refusal = "Cancelled. The run was not changed."
                try confirmation.ask(on: console)
            }
            let lock = try asCommandFailure { try ledger.lock(record.header.workspace) }
            defer { lock.release() }
            record = try asCommandFailure {
                _ = try ledger.releaseUnanswered(of: record.number, under: lock)
                try ledger.finish(record.number, as: .abandoned, at: Date())
                return try ledger.run(record.number)
            }
            try console.output.add(RunNews.members(of: record, files: []))
            console.say("Run \(record.number) is abandoned.")
        }
    }
}
