import ArgumentParser
import Connections
import Domain
import Foundation
import Ledger
import Planning
import Reports
import Reviewing
import Sealing
import Settings
import TerminalIO

extension ReviewCommand {
    /// `rollcall review add DIR`
    struct Add: RollcallCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add new privileges to an open review.",
            usage: "rollcall review add [<options>] <folder>",
            discussion: """
                Lists the workspace, and adds the privileged accounts to the review that are new, or have received their \
                privileges, since it was exported. If the review was compared with the company's own list of people, so are \
                they. They are a supplement in the same evidence folder, with a workbook to \
                complete. Apply it like the review. The workspace is not changed.

                Examples:
                  rollcall review add reviews/2026-Q4
                  rollcall review add reviews/2026-Q4 --all-changes
                  rollcall review --sandbox --approver "Ada Admin" --out reviews/try
                  rollcall review add reviews/try --sandbox
                """)

        static let words = "review add"

        @Argument(help: ArgumentHelp("The evidence folder.", valueName: "folder"), completion: .directory)
        var folder: String

        @Flag(help: "Add every account that is new, or differs from the review.")
        var allChanges = false

        @Option(
            help: ArgumentHelp(
                "The person who prepares the supplement.", discussion: "Default: your user name", valueName: "name"))
        var preparer: String?

        @OptionGroup(title: SealOptions.title) var seal: SealOptions
        @OptionGroup(title: ConnectionOptions.title) var connection: ConnectionOptions
        @OptionGroup(title: CommonOptions.title) var common: CommonOptions

        func run(on console: Console) async throws {
            let settings = try common.settings()
            let ledger = try common.openLedger(settings, isPractice: connection.sandbox)
            let sealing = try await seal.sealing(settings, otherwise: "nothing was written")
            let reviewed = try ReviewedFolder(ofOpenReviewAt: folder)
            let review = reviewed.record
            try await connection.connect(settings, to: review.workspace, console: console) { connection in
                try connection.check(isFor: review.workspace, Terminal.plain(folder), console)
                let listing = try await connection.listing(keptIn: ledger, allowEmpty: self.connection.allowEmpty)
                let state = try ReviewState(
                    of: reviewed, ledger: ledger,
                    later: .init(roster: listing.roster, takenAt: Timestamp.text(listing.snapshot.takenAt)))
                let supplement = ReviewSupplement(to: state, listing: listing, isWhole: allChanges)
                guard !supplement.changes.isEmpty else { return try tellNothing(state, console) }
                var context = ReviewContext(
                    id: review.review, period: review.period, due: review.due, reviewer: review.reviewer,
                    approver: review.approver,
                    preparer: settings.value(.preparer, given: preparer, else: NSUserName()),
                    domains: settings.domains(given: []), connection: connection,
                    firstSnapshotAt: try asCommandFailure {
                        try ledger.firstSnapshot(of: connection.workspace)?.takenAt ?? listing.snapshot.takenAt
                    })
                context.warnings = listing.warnings
                context.people = try reviewed.people(
                    on: PeopleOptions.today, services: settings.serviceAccounts,
                    exceptions: settings.findingExceptions)
                let added = try await asReportFailure { try supplement.write(context, in: ledger, on: console) }
                try asCommandFailure(.needsAttention) {
                    try ledger.record(
                        ReviewStep(
                            review: review.review, workspace: review.workspace, kind: .supplemented, at: Date(),
                            by: context.preparer, folder: state.folder.path, file: added.names.link.manifest,
                            reviewSHA256: state.folder.manifestSHA256, sha256: added.sha256))
                }
                try tell(supplement, added, console)
                try await asReportFailure {
                    try await sealing?.seal([.init(folder, added.names.link)], on: console)
                }
            }
        }

        private func tellNothing(_ state: ReviewState, _ console: Console) throws {
            try console.output.add(
                JSONMember("review", state.folder.record.review), JSONMember("folder", folder),
                JSONMember("added", 0))
            let others = state.changes.filter { $0.kind != .gone }.count
            console.say(
                "Nothing to add: no privilege was given since the review."
                    + (others > 0 && !allChanges
                        ? " \(others.counted("other change")); to add \(others == 1 ? "it" : "them"): "
                            + console.command("review add \(ShellWord.path(folder)) --all-changes") : ""))
        }

        private func tell(
            _ supplement: ReviewSupplement, _ added: ReviewSupplement.Written, _ console: Console
        ) throws {
            let record = added.record
            try console.output.add(
                JSONMember("review", record.review), JSONMember("folder", folder),
                JSONMember("added", record.rowKeys.count), JSONMember("supplement", record),
                JSONMember("sha256", added.sha256))
            console.say(
                console.style.bold(
                    "\(record.rowKeys.count.counted("account")) added to review \(Terminal.plain(record.review))"))
            for change in supplement.changes.prefix(PlanEffect.Rows.limit) { console.say("  " + change.sentence) }
            let more = supplement.changes.count - PlanEffect.Rows.limit
            if more > 0 { console.say("  and \(more.grouped) more") }
            if !added.findings.isEmpty {
                let counts = added.findings.map { "\($0.count.grouped) \($0.label)" }
                console.say("Findings by \(ReviewPeople.fileName): " + counts.joined(separator: ", "))
            }
            let copies = folder + "/" + EvidenceFolder.toFillInName
            if added.parts > 0 {
                console.say(
                    "For the reviewers: \(added.parts.counted("workbook")) with the parts, in "
                        + Terminal.plain(copies, limit: 1000))
            }
            let copy = "\(copies)/\(added.names.report(.xlsx))"
            console.say("To be completed: \(Terminal.plain(copy, limit: 1000))")
            console.say("After it is completed: " + console.command("apply " + ShellWord.path(copy)))
            console.sayEvidenceHash(added.sha256)
        }
    }
}
