import ArgumentParser
import Domain
import Foundation
import Ledger
import Reports
import Settings
import WorkspaceAPI

/// `rollcall review`
struct ReviewCommand: RollcallCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "Write who has access, for the people who have to confirm it, as a folder of evidence.",
        usage: "rollcall review [<options>]",
        discussion: """
            The folder holds the review as a workbook, a page, CSV and JSON, the raw answer of the API, evidence.json \
            and SHA256SUMS. Nothing in the workspace is changed.

            Examples:
              rollcall review --sandbox --out reviews/practice
              rollcall verify reviews/practice
              rollcall review --reviewer "Grace Hopper" --approver "Ada Admin"
              rollcall review --domain acme.io --split-by domain --due 2026-12-15
            """)

    @Option(
        help: ArgumentHelp(
            "The folder to make.", discussion: "Default: reviews/ and the review's id", valueName: "folder"),
        completion: .directory)
    var out: String?

    @Option(
        help: ArgumentHelp(
            "Which formats, with commas between them. (default: \(Self.allFormats.text))",
            discussion: "vanta: active users, for Vanta's upload; entra: in the columns of Entra's review history",
            valueName: "list"))
    var format: FormatList?

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
            valueName: "accountType|domain|file"),
        completion: .split)
    var splitBy: String?

    @OptionGroup var review: ReviewOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var common: CommonOptions

    mutating func validate() throws {
        if Self.isSamePerson(reviewer, approver) {
            throw ValidationError("--approver is the reviewer; somebody else has to confirm the decisions.")
        }
        if let due, due.wholeMatch(of: #/\d{4}-\d{2}-\d{2}/#) == nil {
            throw ValidationError("--due \(Terminal.plain(due)) is not a date such as 2026-12-15.")
        }
        if let reviewId, reviewId.isEmpty || reviewId.contains("/") || reviewId.hasPrefix(".") {
            throw ValidationError("--review-id \(Terminal.plain(reviewId)) cannot be the name of a folder.")
        }
    }

    static let allFormats = FormatList([.xlsx, .html, .csv, .json])

    private static func isSamePerson(_ one: String?, _ other: String?) -> Bool {
        let names = [one, other].compactMap { $0?.lowercased().trimmingCharacters(in: .whitespaces) }
        return names.count == 2 && names[0] == names[1]
    }

    func run(on console: Console) async throws {
        let settings = try common.settings()
        let period = period ?? Quarter.containing(Date())
        let id = reviewId ?? period.replacing("/", with: "-")
        let path = out ?? "reviews/" + id
        let formats = settings.value(.formats, given: format, else: Self.allFormats) { FormatList(argument: $0) }
        let sharing = try splitBy.map(ReviewSharing.read)
        let ledger = try common.openLedger(settings)
        try await writing {
            let folder = try EvidenceFolder(path: path)
            defer { folder.discard() }
            try await connection.connect(settings, console: console) { connection in
                let (snapshot, warnings) = try await list(over: connection, keptIn: ledger, to: folder)
                let source = try RosterReview(
                    of: snapshot, since: try ledger.lastReview(of: connection.workspace), in: ledger,
                    privileged: settings.privilegedTypes)
                var context = try self.context(id: id, period: period, settings, connection, snapshot, ledger)
                context.warnings = warnings
                let manifest = try write(source, context, formats, settings, sharing, to: folder, console)
                try ledger.record(
                    ReviewRecord(
                        id: id, workspace: connection.workspace, snapshot: snapshot.number,
                        takenAt: snapshot.takenAt, folder: URL(fileURLWithPath: path).path,
                        manifestSHA256: manifest))
                try say(source, context, manifest, path, formats, on: console)
            }
        }
    }

    private func write(
        _ source: RosterReview, _ context: ReviewContext, _ formats: FormatList, _ settings: UserSettings,
        _ sharing: EvidenceFolder.Sharing?, to folder: EvidenceFolder, _ console: Console
    ) throws -> String {
        let counter = StageCounter("Writing the review")
        return try console.during(counter) {
            try folder.write(
                source, context, formats: formats.formats, interchanges: formats.interchanges,
                options: review.fileOptions(settings), sharing: sharing
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
        id: String, period: String, _ settings: UserSettings, _ connection: Connection, _ snapshot: Snapshot,
        _ ledger: Ledger
    ) throws -> ReviewContext {
        let reviewer = settings.value(.reviewer, given: reviewer) { $0 }
        let approver = settings.value(.approver, given: approver) { $0 }
        guard !Self.isSamePerson(reviewer, approver) else {
            throw CommandFailure(
                .nothingSent, "the approver is the reviewer; somebody else has to confirm the decisions")
        }
        var context = ReviewContext(
            id: id, period: period, due: due, reviewer: reviewer, approver: approver,
            preparer: settings.value(.preparer, given: preparer, else: NSUserName()) { $0 },
            domains: settings.domains(given: review.domain), connection: connection,
            firstSnapshotAt: try ledger.firstSnapshot(of: connection.workspace)?.takenAt ?? snapshot.takenAt)
        context.privileged = settings.privilegedTypes
        return context
    }

    private func say(
        _ source: RosterReview, _ context: ReviewContext, _ manifest: String, _ path: String, _ formats: FormatList,
        on console: Console
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
        if formats.interchanges.contains(.vanta), snapshot.invited > 0 {
            console.say("  \(Interchange.vanta.fileName) has the active users only; an invite is no account yet")
        }
        for warning in context.warnings { console.warn(Terminal.plain(warning, limit: 500)) }
        console.say("  SHA-256 of \(Manifest.name): \(manifest)")
        console.say("Written: \(Terminal.plain(path, limit: 1000))")
        console.say("To check it later, anywhere: rollcall verify \(Terminal.plain(path, limit: 1000))")
        if formats.formats.contains(.xlsx) {
            console.say("When it is filled in: rollcall apply \(Terminal.plain(path, limit: 1000))/review.xlsx")
        }
    }
}
