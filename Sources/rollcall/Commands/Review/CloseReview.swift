import ArgumentParser
import Connections
import Domain
import Foundation
import Ledger
import Reports
import Reviewing
import Sealing
import Settings
import TerminalIO

extension ReviewCommand {
    /// `rollcall review close DIR`
    struct Close: RollcallCommand {
        static let configuration = CommandConfiguration(
            abstract: "Close a review with a closing statement.",
            usage: "rollcall review close [<options>] <folder>",
            discussion: """
                Lists the workspace once more, and refuses with a list if an account is not decided, a decision was not \
                carried out, or a new privilege was not reviewed. Otherwise writes the closing statement (xlsx, html, csv, \
                json, md) to the evidence folder, and seals it with the attachments.

                Examples:
                  rollcall review close reviews/2026-Q4 --approver "Ada Admin"
                  rollcall review --sandbox --approver "Ada Admin" --out reviews/try
                  rollcall review close reviews/try --sandbox --force "Ticket 4711"
                """)

        static let words = "review close"

        @Argument(help: ArgumentHelp("The evidence folder.", valueName: "folder"), completion: .directory)
        var folder: String

        @Option(
            help: ArgumentHelp(
                "The person who approves the decisions.", discussion: "Default: the approver of the review",
                valueName: "name"))
        var approver: String?

        @Option(
            help: ArgumentHelp("Close the review with open items, for this reason.", valueName: "reason"))
        var force: String?

        @Flag(help: "Refuse if a finding remains, such as a reviewer who approves.")
        var strict = false

        @OptionGroup(title: SealOptions.title) var seal: SealOptions
        @OptionGroup(title: ConnectionOptions.title) var connection: ConnectionOptions
        @OptionGroup(title: CommonOptions.title) var common: CommonOptions

        mutating func validate() throws {
            if let force, force.trimmingCharacters(in: .whitespaces).isEmpty {
                throw ValidationError("--force needs a reason, which is part of the closing statement.")
            }
        }

        func run(on console: Console) async throws {
            let settings = try common.settings()
            let sealing = try await seal.sealing(settings, otherwise: "nothing was written")
            let ledger = try common.openLedger(settings, isPractice: connection.sandbox)
            let closing = ClosingRequest(
                folder: folder, approver: approver, forcedBecause: force, isStrict: strict, ledger: ledger,
                sealing: sealing)
            try await closing.carryOut(over: connection, settings, on: console)
        }
    }
}

/// What `review close` and `apply --close` have in common.
struct ClosingRequest {
    let folder: String
    /// nil for the approver of the review.
    let approver: String?
    let forcedBecause: String?
    let isStrict: Bool
    let ledger: Ledger
    /// How to seal the closing; nil to not seal it.
    let sealing: Sealing?

    /// Lists the workspace, and closes the review if nothing is open.
    ///
    /// - Throws: ``CommandFailure`` with the list of open items; nothing was written then.
    func carryOut(over connection: ConnectionOptions, _ settings: UserSettings, on console: Console) async throws {
        let reviewed = try ReviewedFolder(ofOpenReviewAt: folder)
        guard let approver = [approver, reviewed.record.approver].compactMap({ $0?.nonEmpty }).first else {
            throw CommandFailure(
                .nothingSent, code: .reviewOpen,
                "the review names no approver; name the person with --approver NAME; nothing was written")
        }
        let workspace = reviewed.record.workspace
        let allowsEmpty = connection.allowEmpty
        try await connection.connect(settings, to: workspace, console: console) { connection in
            try connection.check(isFor: workspace, Terminal.plain(folder), console)
            let listing = try await connection.listing(keptIn: ledger, allowEmpty: allowsEmpty)
            let state = try ReviewState(
                of: reviewed, ledger: ledger,
                later: .init(roster: listing.roster, takenAt: Timestamp.text(listing.snapshot.takenAt)))
            try refuseIfOpen(state, approver: approver, console)
            let forced = state.isComplete ? nil : forcedBecause
            let closed = try await asReportFailure {
                try ReviewClosing(state, listing: listing, approver: approver, forcedBecause: forced)
                    .write(at: Date(), on: console)
            }
            try asCommandFailure(.needsAttention) {
                try ledger.record(
                    ReviewStep(
                        review: state.folder.record.review, workspace: workspace, kind: .closed, at: Date(),
                        by: approver, folder: state.folder.path, file: ClosingRecord.Names.manifest,
                        reviewSHA256: state.folder.manifestSHA256, sha256: closed.sha256))
            }
            try tell(closed.record, closed.sha256, on: console)
        }
        try await asReportFailure {
            try await sealing?.seal(
                [.init(folder, EvidenceLink(.closing))], member: "closingSeals", on: console)
        }
    }

    private func refuseIfOpen(_ state: ReviewState, approver: String, _ console: Console) throws {
        if let run = state.unfinished.first(where: { $0.state != .abandoned }), forcedBecause != nil {
            throw CommandFailure(
                .nothingSent, code: .reviewOpen,
                "run \(run.number) of the review is not complete, and cannot be completed after the review is closed; "
                    + "complete it: \(console.command("runs resume \(run.reference)"))"
                    + (run.left == 0
                        ? "" : ", or give it up: \(console.command("runs abandon \(run.reference)"))")
                    + "; nothing was written")
        }
        if !state.isComplete, forcedBecause == nil {
            let lines = state.openLines { console.command($0) }
            for line in lines.prefix(PlanEffect.Rows.limit) { console.complain("open: " + line, as: .error) }
            if lines.count > PlanEffect.Rows.limit {
                console.complain(
                    "\((lines.count - PlanEffect.Rows.limit).grouped) more; all of them: "
                        + console.command("review status " + ShellWord.path(folder)), as: .error)
            }
            throw CommandFailure(
                .nothingSent, code: .reviewOpen,
                "\(lines.count.counted("item is", "items are")) open, so the review was not closed\n"
                    + "To apply a file with the missing decisions: "
                    + console.command("apply FILE --evidence \(ShellWord.path(folder))") + "\n"
                    + "To close it with the open items: "
                    + console.command("review close \(ShellWord.path(folder)) --force REASON"))
        }
        let findings = state.findings(approver: approver, closedAt: Timestamp.text(Date()))
        let others = findings.filter { ![.open, .unreviewedPrivilege].contains($0.code) }
        for finding in others.prefix(PlanEffect.Rows.limit) {
            let who = finding.email.isEmpty ? "" : Terminal.plain(finding.email, limit: 254) + ": "
            console.complain("finding: \(who)\(finding.sentence)", as: isStrict ? .error : .warning)
        }
        if isStrict, !others.isEmpty {
            throw CommandFailure(
                .nothingSent, code: .reviewOpen,
                "\(others.count.counted("finding")), and --strict was given; nothing was written")
        }
    }

    private func tell(_ record: ClosingRecord, _ sha256: String, on console: Console) throws {
        try console.output.add(
            JSONMember("review", record.review), JSONMember("folder", folder), JSONMember("closing", record),
            JSONMember("sha256", sha256))
        console.say(console.style.bold("Review \(Terminal.plain(record.review)) is closed"))
        let decided = record.standingCounts
        console.say(
            "  \((decided["kept"] ?? 0).counted("account")) kept, \((decided["applied"] ?? 0).grouped) changed, "
                + "\((decided["open"] ?? 0).grouped) open; approved by \(Terminal.plain(record.approver))")
        console.say("Written: \(ShellWord.path(folder + "/" + ClosingRecord.Names.report(.html)))")
        console.sayEvidenceHash(sha256)
    }
}
