import ArgumentParser
import Connections
import Domain
import Foundation
import Ledger
import Populations
import Reports
import Reviewing
import TerminalIO

/// `rollcall expired`
struct ExpiredCommand: RollcallCommand {
    static let configuration = CommandConfiguration(
        commandName: "expired",
        abstract: "List expired invitations.",
        usage: "rollcall expired [<options>]",
        discussion: """
            The API returns no dates. rollcall's own snapshots show how long an invitation has been expired. The CSV can be passed to rollcall invite.

            Examples:
              rollcall expired --sandbox
              rollcall expired --sandbox --out expired.csv
              rollcall invite expired.csv --sandbox --yes
              rollcall expired --seen-before 30d --out expired.xlsx
            """)

    @Option(
        help: ArgumentHelp(
            "Only invitations first seen expired at least this long ago: 90m, 12h, 30d or 8w.", valueName: "time"))
    var seenBefore: TimeSpan?

    @OptionGroup(title: ReportOptions.title) var place: ReportOptions
    @OptionGroup(title: ReviewOptions.title) var review: ReviewOptions
    @OptionGroup(title: ConnectionOptions.title) var connection: ConnectionOptions
    @OptionGroup(title: CommonOptions.title) var common: CommonOptions

    func run(on console: Console) async throws {
        let settings = try common.settings()
        let ledger = try common.openLedger(settings, isPractice: connection.sandbox)
        try await asReportFailure {
            try place.checkPlaces()
            let (source, context) = try await connection.connect(settings, console: console) { connection in
                let listing = try await connection.listing(keptIn: ledger, allowEmpty: self.connection.allowEmpty)
                let previous = try ledger.lastReview(of: connection.workspace)
                var context = ReviewContext(
                    id: "", period: "", preparer: NSUserName(), domains: [], connection: connection,
                    firstSnapshotAt: listing.snapshot.takenAt)
                context.warnings = listing.warnings
                context.privileged = settings.privilegedTypes
                let source = try RosterReview(
                    of: listing.snapshot, since: previous, in: ledger, privileged: context.privileged)
                return (source, context)
            }
            let report = try ExpiredReport.make(
                source, context,
                seenBefore: seenBefore.map { source.snapshot.takenAt.addingTimeInterval(-$0.seconds) })
            try console.output.add(report)
            for table in report.tables {
                console.say(
                    "\(table.count.counted("expired invitation")) of \(source.snapshot.invited.counted("invitation")) in "
                        + Terminal.plain(source.snapshot.workspace))
            }
            try place.emit(report, options: review.fileOptions(settings), on: console) {
                try show(report, on: console)
            }
        }
    }

    private func show(_ report: Report, on console: Console) throws {
        for table in report.tables where table.count > 0 {
            var rows: [[String]] = []
            try table.rows { rows.append($0.map(\.plain)) }
            try console.output.table(
                people: TextTable(names: table.columns.map(\.title), rows: rows, whole: ["Email"]),
                programs: TextTable(names: table.columns.map(\.key), rows: rows))
        }
    }
}

/// A span of time: `90m`, `12h`, `30d`, `8w`.
struct TimeSpan: ExpressibleByArgument {
    var seconds: Double

    init?(argument: String) {
        let units: [Character: Double] = ["m": 60, "h": 3600, "d": 86_400, "w": 7 * 86_400]
        guard let unit = argument.last.flatMap({ units[$0] }), let count = Double(argument.dropLast()),
            count.isFinite, count >= 0
        else { return nil }
        seconds = count * unit
    }
}
