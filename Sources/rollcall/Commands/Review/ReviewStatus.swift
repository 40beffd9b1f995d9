import ArgumentParser
import Domain
import Foundation
import Ledger
import Populations
import Reports
import Reviewing
import Settings
import TerminalIO

extension ReviewCommand {
    /// `rollcall review status DIR`
    struct Status: RollcallCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show what is decided, applied and open in a review.",
            usage: "rollcall review status [<options>] <folder>",
            discussion: """
                Counts the accounts by part and reviewer, lists what is open, and what has changed in the workspace since \
                the review as far as it has been listed. Sends nothing. Exits 0 only if nothing is open, otherwise 1.

                Examples:
                  rollcall review status reviews/2026-Q4
                  rollcall review status reviews/2026-Q4 --reminders reminders
                  rollcall review --sandbox --approver "Ada Admin" --out reviews/try
                  rollcall review close reviews/try --sandbox --force "Ticket 4711"
                  rollcall review status reviews/try --sandbox
                """)

        static let words = "review status"

        @Argument(help: ArgumentHelp("The evidence folder.", valueName: "folder"), completion: .directory)
        var folder: String

        @Option(
            help: ArgumentHelp(
                "Write a reminder for each reviewer with open accounts (.txt and .eml) to this folder.",
                valueName: "folder"),
            completion: .directory)
        var reminders: String?

        @OptionGroup(title: ReportOptions.title) var report: ReportOptions
        @OptionGroup(title: CommonOptions.title) var practice: PracticeOption
        @OptionGroup(title: CommonOptions.title) var common: CommonOptions

        func run(on console: Console) async throws {
            let ledger = try common.openLedger(common.settings(), isPractice: practice.sandbox)
            let state = try ReviewState(at: folder, ledger: ledger)
            if let redaction = try RedactionRecord.read(in: folder) {
                console.warn(
                    "\(Terminal.plain(folder, limit: 1000)) is a redacted copy without \(redaction.words). The status follows "
                        + "from files that it has unchanged.")
            }
            let status = ReviewStatus(state, today: CalendarDay.today.description)
            try await asReportFailure {
                try report.checkPlaces()
                try tell(status, console.output)
                try report.emit(status.report, on: console) {
                    try Pager.show(
                        status.text(width: console.output.textWidth, { console.command($0) }), on: console.output)
                }
                if let reminders {
                    let count = try Reminders(status).write(to: reminders)
                    console.say("\(count.counted("reminder")) written to \(Terminal.plain(reminders, limit: 1000))")
                }
            }
            // A review that was closed with open items is closed.
            if state.closing == nil, !state.isComplete { throw CommandFailure(.needsAttention) }
        }

        private func tell(_ status: ReviewStatus, _ output: Output) throws {
            guard output.format != .text else { return }
            try output.add(status.members)
            try output.add(status.report)
        }
    }

    /// `rollcall review list`
    struct List: RollcallCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the reviews in the ledger, newest first, and how far each is.",
            usage: "rollcall review list [<options>]",
            discussion: """
                Examples:
                  rollcall review --sandbox
                  rollcall review list --sandbox
                """)

        static let words = "review list"

        @OptionGroup(title: ReportOptions.title) var report: ReportOptions
        @OptionGroup(title: CommonOptions.title) var practice: PracticeOption
        @OptionGroup(title: CommonOptions.title) var common: CommonOptions

        func run(on console: Console) async throws {
            let ledger = try common.openLedger(common.settings(), isPractice: practice.sandbox)
            let reviews = try asCommandFailure { try ledger.reviews() }.map {
                ReviewSummary($0, in: ledger, today: CalendarDay.today.description)
            }
            if reviews.isEmpty { console.say("There are no reviews yet.") }
            try console.output.rows("reviews", JSONRow(ReviewSummary.columns)) { emit in
                for review in reviews { try emit(review.cells) }
            }
            try await asReportFailure {
                try report.checkPlaces()
                try report.emit(ReviewSummary.report(reviews, at: Date()), on: console) {
                    guard !reviews.isEmpty else { return }
                    let rows = reviews.map { $0.cells.map { Terminal.plain($0.text, limit: 1000) } }
                    try console.output.table(
                        people: TextTable(names: ReviewSummary.columns.map(\.title), rows: rows),
                        programs: TextTable(names: ReviewSummary.columns.map(\.key), rows: rows), keepsLast: true)
                }
            }
        }
    }
}
