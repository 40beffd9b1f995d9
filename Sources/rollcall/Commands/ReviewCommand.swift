import ArgumentParser
import Domain
import Foundation
import Ledger
import Reports
import WorkspaceAPI

/// `rollcall review`
struct ReviewCommand: RollcallCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "Write who has access, for the people who have to confirm it, as a folder of evidence.",
        discussion: """
            The folder holds the review as a workbook, a page, CSV and JSON, the raw answer of the API, evidence.json \
            and SHA256SUMS. Nothing in the workspace is changed.

              rollcall review --sandbox --out reviews/2026-Q4
              rollcall review --domain acme.io --reviewer "Grace Hopper" --approver "Ada Admin" --due 2026-12-15
              rollcall verify reviews/2026-Q4
            """)

    @Option(
        help: ArgumentHelp(
            "The folder to make.", discussion: "Default: reviews/ and the review's id", valueName: "folder"))
    var out: String?

    @Option(help: ArgumentHelp("Which formats, with commas between them.", valueName: "list"))
    var format = FormatList([.xlsx, .html, .csv, .json])

    @Option(help: ArgumentHelp("The time that the review covers.", discussion: "Default: this quarter, as 2026-Q4"))
    var period: String?

    @Option(help: ArgumentHelp("The review's name.", discussion: "Default: the period", valueName: "id"))
    var reviewId: String?

    @Option(help: ArgumentHelp("When the decisions are due, as 2026-12-15.", valueName: "date"))
    var due: String?

    @Option(help: ArgumentHelp("Who decides about each account.", valueName: "name"))
    var reviewer: String?

    @Option(help: ArgumentHelp("Who confirms the decisions; not the reviewer.", valueName: "name"))
    var approver: String?

    @Option(help: ArgumentHelp("Who makes this report.", discussion: "Default: your user name", valueName: "name"))
    var preparer: String?

    @Option(
        help: ArgumentHelp(
            "Share the review out: a workbook an account type, a domain, or a reviewer.",
            discussion: "accountType, domain, or a CSV with the columns email (or uid) and reviewer",
            valueName: "accountType|domain|file"))
    var splitBy: String?

    @OptionGroup var review: ReviewOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var common: CommonOptions

    mutating func validate() throws {
        if let reviewer, let approver,
            reviewer.lowercased().trimmingCharacters(in: .whitespaces)
                == approver.lowercased().trimmingCharacters(in: .whitespaces)
        {
            throw ValidationError("--approver is the reviewer; somebody else has to confirm the decisions.")
        }
        if let due, due.wholeMatch(of: #/\d{4}-\d{2}-\d{2}/#) == nil {
            throw ValidationError("--due \(Terminal.plain(due)) is not a date such as 2026-12-15.")
        }
        if let reviewId, reviewId.isEmpty || reviewId.contains("/") || reviewId.hasPrefix(".") {
            throw ValidationError("--review-id \(Terminal.plain(reviewId)) cannot be the name of a folder.")
        }
    }

    func run(on console: Console) async throws {
        let period = period ?? Quarter.containing(Date())
        let id = reviewId ?? period.replacing("/", with: "-")
        let path = out ?? "reviews/" + id
        let sharing = try splitBy.map(ReviewSharing.read)
        let ledger = try common.openLedger()
        try await writing {
            let folder = try EvidenceFolder(path: path)
            defer { folder.discard() }
            try await connection.connect(console: console) { connection in
                let (snapshot, warnings) = try await list(over: connection, keptIn: ledger, to: folder)
                let source = try RosterReview(
                    of: snapshot, since: try ledger.lastReview(of: connection.workspace), in: ledger)
                var context = try self.context(id: id, period: period, connection, snapshot, ledger)
                context.warnings = warnings
                let manifest = try write(source, context, sharing, to: folder, console)
                try ledger.record(
                    ReviewRecord(
                        id: id, workspace: connection.workspace, snapshot: snapshot.number,
                        takenAt: snapshot.takenAt, folder: URL(fileURLWithPath: path).path,
                        manifestSHA256: manifest))
                try say(source, context, manifest, path, on: console)
            }
        }
    }

    private func write(
        _ source: RosterReview, _ context: ReviewContext, _ sharing: EvidenceFolder.Sharing?, to folder: EvidenceFolder,
        _ console: Console
    ) throws -> String {
        let counter = StageCounter("Writing the review")
        return try console.during(counter) {
            try folder.write(
                source, context, formats: format.formats, options: review.fileOptions, sharing: sharing
            ) { file, rows, total in
                if rows == 0 { counter.begin("Writing \(Terminal.plain(file))") }
                counter.set(rows, of: total)
            }
        }
    }

    /// Files the answer before anything is made of it, so that nobody has to hold it any longer.
    private func list(
        over connection: Connection, keptIn ledger: Ledger, to folder: EvidenceFolder
    ) async throws -> (Snapshot, warnings: [String]) {
        let listing = try await connection.listing(keptIn: ledger, allowEmpty: self.connection.allowEmpty)
        try folder.keep(answer: listing.raw.data)
        return (listing.snapshot, listing.warnings)
    }

    private func context(
        id: String, period: String, _ connection: Connection, _ snapshot: Snapshot, _ ledger: Ledger
    ) throws -> ReviewContext {
        ReviewContext(
            id: id, period: period, due: due, reviewer: reviewer, approver: approver,
            preparer: preparer ?? NSUserName(), domains: review.domain, connection: connection,
            firstSnapshotAt: try ledger.firstSnapshot(of: connection.workspace)?.takenAt ?? snapshot.takenAt)
    }

    private func say(
        _ source: RosterReview, _ context: ReviewContext, _ manifest: String, _ path: String, on console: Console
    ) throws {
        if console.output.format != .text {
            let record = try EvidenceRecord(readingFrom: path)
            try console.output.add(record.members(folder: path, manifest: manifest))
        }
        let snapshot = source.snapshot
        console.say(console.bold("Review \(Terminal.plain(context.id)) of \(Terminal.plain(snapshot.workspace))"))
        console.say("  active users \(snapshot.active.grouped), invites \(snapshot.invited.grouped)")
        if let previous = source.previous {
            let changes = source.changeCounts()
            let words = [AccountChange.new, .changed, .gone].map { "\((changes[$0] ?? 0).grouped) \($0.rawValue)" }
            console.say("  since review \(Terminal.plain(previous.id)): " + words.joined(separator: ", "))
        }
        for warning in context.warnings { console.warn(Terminal.plain(warning, limit: 500)) }
        console.say("  SHA-256 of \(Manifest.name): \(manifest)")
        console.say("Written: \(Terminal.plain(path, limit: 1000))")
        console.say("To check it later, anywhere: rollcall verify \(Terminal.plain(path, limit: 1000))")
        if format.formats.contains(.xlsx) {
            console.say("When it is filled in: rollcall apply \(Terminal.plain(path, limit: 1000))/review.xlsx")
        }
    }
}
