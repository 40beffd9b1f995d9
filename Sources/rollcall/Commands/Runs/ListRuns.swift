import ArgumentParser
import Domain
import Ledger

extension RunsCommand {
    /// `rollcall runs list`
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the runs, the newest first; in a pipe with tabs between the columns.",
            usage: "rollcall runs list [<options>]",
            discussion: """
                Examples:
                  rollcall invite samples/invites.csv --sandbox --yes
                  rollcall runs list
                """)

        @OptionGroup var common: CommonOptions

        func run() async throws {
            let console = common.console
            let settings = try common.settings()
            let runs = try inWords { try common.openLedger(settings).runs() }
            guard !runs.isEmpty else {
                console.say("There are no runs yet.")
                return
            }
            console.data(
                TextTable.runs(runs, aligned: console.isDataOnTerminal).text(aligned: console.isDataOnTerminal))
        }
    }
}
