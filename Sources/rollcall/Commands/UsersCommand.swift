import ArgumentParser
import Connections
import Domain
import Foundation
import Ledger
import Populations
import Reports
import Settings
import TerminalIO

/// `rollcall users`
struct UsersCommand: RollcallCommand {
    static let configuration = CommandConfiguration(
        commandName: "users",
        abstract: "List users and invitations, now or at an earlier time.",
        usage: "rollcall users [<options>]",
        discussion: """
            Every user list that the API returns is kept as a snapshot. --at shows the last snapshot before that time.

            Examples:
              rollcall users --sandbox
              rollcall users --sandbox --snapshots
              rollcall users --sandbox --out users.md
              rollcall users --at 2026-09-30
            """)

    @Option(help: ArgumentHelp("An earlier time in UTC: 2026-09-30 or 2026-09-30T18:00:00Z.", valueName: "time"))
    var at: PointInTime?

    @Flag(help: "List snapshots instead of users.")
    var snapshots = false

    @OptionGroup(title: ReportOptions.title) var report: ReportOptions
    @OptionGroup(title: ConnectionOptions.title) var connection: ConnectionOptions
    @OptionGroup(title: CommonOptions.title) var common: CommonOptions

    func validate() throws {
        if snapshots, !report.out.isEmpty || report.format != nil {
            throw ValidationError("--out writes users, and not --snapshots.")
        }
    }

    func run(on console: Console) async throws {
        let settings = try common.settings()
        let ledger = try common.openLedger(settings, isPractice: connection.sandbox)
        try await asReportFailure {
            try report.checkPlaces()
            if snapshots { return try list(ledger.snapshots(), on: console) }
            let snapshot = try await snapshot(in: ledger, settings, console)
            let source = try RosterReview(
                of: snapshot, since: nil, in: ledger, privileged: settings.privilegedTypes)
            console.say(
                "\(Terminal.plain(snapshot.workspace)) at \(Timestamp.text(snapshot.takenAt, toSeconds: true)): "
                    + "\(snapshot.active.counted("active user")), \(snapshot.invited.counted("invitation"))")
            try tell(source, console.output)
            try report.emit(UsersReport.make(source), on: console) {
                try console.output.table(
                    people: table(of: source, isBrief: true), programs: table(of: source, isBrief: false))
            }
        }
    }

    private func tell(_ source: RosterReview, _ output: Output) throws {
        try output.add(JSONMember("source", SnapshotSource(source.snapshot)))
        for (name, kind) in [("users", AccountKind.user), ("invites", .invite)] {
            try output.rows(name, JSONRow(keys: UsersReport.keys)) { emit in
                try UsersReport.rows(kind, of: source) { try emit($0) }
            }
        }
    }

    private func table(of source: RosterReview, isBrief: Bool) throws -> TextTable {
        var rows: [[String]] = []
        for kind in [AccountKind.user, .invite] {
            try UsersReport.rows(kind, of: source) { rows.append($0.map(\.plain)) }
        }
        var table = TextTable(
            names: isBrief ? UsersReport.titles : UsersReport.keys, rows: rows, whole: ["Email"])
        if isBrief {
            // 64 characters of uid would push everything else off the screen.
            table.names.removeLast()
            table.rows = rows.map { Array($0.dropLast()) }
        }
        return table
    }

    private func snapshot(
        in ledger: Ledger, _ settings: UserSettings, _ console: Console
    ) async throws -> Snapshot {
        guard let at else {
            return try await connection.connect(settings, console: console) { connection in
                try await connection.listing(keptIn: ledger, allowEmpty: self.connection.allowEmpty).snapshot
            }
        }
        let workspace = try await connection.workspaceName(settings, console)
        guard let snapshot = try ledger.snapshot(of: workspace, at: at.date) else {
            throw CommandFailure(
                .nothingSent, code: .notFound,
                "the ledger has no snapshot of \(Terminal.plain(workspace)) from that time or earlier; to list the snapshots: "
                    + console.command("users --snapshots"))
        }
        return snapshot
    }

    private func list(_ snapshots: [Snapshot], on console: Console) throws {
        try console.output.rows("snapshots", JSONRow(keys: SnapshotCells.keys)) { emit in
            for snapshot in snapshots { try emit(SnapshotCells.cells(of: snapshot)) }
        }
        guard !snapshots.isEmpty else { return console.say("There are no snapshots yet.") }
        let rows = snapshots.map { snapshot in
            [
                String(snapshot.number), Timestamp.text(snapshot.takenAt), String(snapshot.active),
                String(snapshot.invited), Terminal.plain(snapshot.workspace, limit: 1000),
            ]
        }
        try console.output.table(
            people: TextTable(names: SnapshotCells.titles, rows: rows),
            programs: TextTable(names: SnapshotCells.keys, rows: rows))
    }
}

/// A day, which means its end, or a moment; UTC.
struct PointInTime: ExpressibleByArgument {
    var date: Date

    init?(argument: String) {
        // The library takes 2026-02-30 for the second of March.
        guard let day = CalendarDay(String(argument.prefix(10))) else { return nil }
        if let moment = try? Date(argument, strategy: .iso8601) {
            date = moment
        } else if argument.count == 10 {
            date = day.start.addingTimeInterval(86_400 - 0.001)
        } else {
            return nil
        }
    }
}
