import ArgumentParser
import Ledger
import Reports
import TerminalIO

extension RunsCommand {
    /// `rollcall runs list`
    struct List: RollcallCommand {
        static let configuration = CommandConfiguration(
            abstract: "List runs, newest first; tab-separated in a pipe.",
            usage: "rollcall runs list [<options>]",
            discussion: """
                Examples:
                  rollcall invite samples/invites.csv --sandbox --yes
                  rollcall runs list --sandbox
                """)

        static let words = "runs list"

        @OptionGroup var practice: PracticeOption
        @OptionGroup var common: CommonOptions

        func run(on console: Console) async throws {
            let settings = try common.settings()
            let runs = try asCommandFailure { try common.openLedger(settings, isPractice: practice.sandbox).runs() }
            try console.output.rows("runs", JSONRow(keys: RunCells.keys)) { emit in
                for run in runs { try emit(RunCells.cells(of: run)) }
            }
            guard !runs.isEmpty else {
                console.say("There are no runs yet.")
                return
            }
            try console.output.table(people: .summary(of: runs), programs: .allFigures(of: runs))
        }
    }
}
