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
            The API returns no dates: the time since an invitation has been expired comes from rollcall's own \
            snapshots. The CSV can be passed to rollcall invite.

            Examples:
              rollcall expired --sandbox
              rollcall expired --sandbox --out expired.csv
              rollcall invite expired.csv --sandbox --yes
              rollcall expired --seen-before 30d --out expired.xlsx
            """)

    @Option(
        help: ArgumentHelp(
            "Write the report to this file; \(ReportFormat.extensions). Can be repeated.", valueName: "file"),
        completion: .report)
    var out: [String] = []

    @Option(
        help: ArgumentHelp(
            "Only invitations first seen expired at least this long ago: 90m, 12h, 30d or 8w.", valueName: "time"))
    var seenBefore: TimeSpan?

    @OptionGroup var review: ReviewOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var common: CommonOptions

    mutating func validate() throws {
        try ReportFiles.check(out, option: "--out")
    }

    func run(on console: Console) async throws {
        let settings = try common.settings()
        let files = ReportFiles(out, options: review.fileOptions(settings))
        let ledger = try common.openLedger(settings, isPractice: connection.sandbox)
        try await asReportFailure {
            try files.checkPlaces()
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
            try tell(report, source.snapshot, showsRows: files.isEmpty, on: console)
            try files.write(report, on: console)
        }
    }

    private func tell(_ report: Report, _ snapshot: Snapshot, showsRows: Bool, on console: Console) throws {
        for table in report.tables {
            console.say(
                "\(table.count.counted("expired invite")) of \(snapshot.invited.counted("invite")) in "
                    + Terminal.plain(snapshot.workspace))
            guard showsRows, console.output.format == .text, table.count > 0 else { continue }
            var rows: [[String]] = []
            try table.rows { rows.append($0.map(\.plain)) }
            try console.output.table(
                people: TextTable(names: table.columns.map(\.title), rows: rows),
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
