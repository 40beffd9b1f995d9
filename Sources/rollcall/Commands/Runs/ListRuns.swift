import ArgumentParser
import Foundation
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
                  rollcall runs list --sandbox --format md
                """)

        static let words = "runs list"

        @OptionGroup(title: ReportOptions.title) var report: ReportOptions
        @OptionGroup(title: CommonOptions.title) var practice: PracticeOption
        @OptionGroup(title: CommonOptions.title) var common: CommonOptions

        func run(on console: Console) async throws {
            let settings = try common.settings()
            let runs = try asCommandFailure { try common.openLedger(settings, isPractice: practice.sandbox).runs() }
            try console.output.rows("runs", JSONRow(RunsReport.columns)) { emit in
                for run in runs { try emit(RunsReport.cells(of: run)) }
            }
            if runs.isEmpty { console.say("There are no runs yet.") }
            try await asReportFailure {
                try report.checkPlaces()
                try report.emit(RunsReport.make(runs, at: Date(), isPractice: practice.sandbox), on: console) {
                    guard !runs.isEmpty else { return }
                    try console.output.table(people: .summary(of: runs), programs: .allFigures(of: runs))
                }
            }
        }
    }
}
