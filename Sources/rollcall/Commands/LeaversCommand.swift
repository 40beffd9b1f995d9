import ArgumentParser
import Connections
import Domain
import Foundation
import People
import Planning
import Readers
import Reports
import Reviewing
import Runs
import Settings
import TerminalIO

/// `rollcall leavers`
struct LeaversCommand: SendingCommand {
    static let configuration = CommandConfiguration(
        commandName: "leavers",
        abstract: "List accounts of people who have left the company.",
        discussion: """
            Compares the accounts with the company's own list of people, from an HR system or a directory. A person whose \
            last day has passed or whose status says so has left. Somebody who is suspended may be away only: listed, and \
            not disabled. Prints nothing and exits with status 0 if nobody has left, and with 1 otherwise.

            Examples:
              rollcall leavers --people hr.xlsx
              rollcall leavers --people hr.xlsx --out leavers.csv
              rollcall leavers --people samples/people.csv --sandbox --disable --dry-run
            """)

    @OptionGroup(title: PeopleOptions.title) var people: PeopleOptions
    @OptionGroup(title: CSVFileOptions.title) var csv: CSVFileOptions

    @Flag(help: "Search every workspace of a company; needs a company token (prdm_cmp_).")
    var allWorkspaces = false

    @Option(
        help: ArgumentHelp(
            "Search the workspaces of these profiles, separated by commas, or all.", valueName: "names"))
    var profiles: String?

    @Flag(help: "Disable the users who have left, after the usual plan, limits and confirmation.")
    var disable = false

    @Flag(help: "Count people who are suspended or disabled in the list as leavers.")
    var includeSuspended = false

    @OptionGroup(title: ReportOptions.title) var report: ReportOptions
    @OptionGroup(title: PlanOptions.title) var plan: PlanOptions
    @OptionGroup(title: SendOptions.title) var send: SendOptions
    @OptionGroup(title: GuardOptions.title) var guards: GuardOptions
    @OptionGroup(title: ConnectionOptions.title) var connection: ConnectionOptions
    @OptionGroup(title: CommonOptions.title) var common: CommonOptions

    func validate() throws {
        if profiles != nil {
            let others = [
                (allWorkspaces, "--all-workspaces"), (connection.sandbox, "--sandbox"),
                (common.profile != nil, "--profile"),
            ].first(where: \.0)
            if let others { throw ValidationError("--profiles and \(others.1) cannot be combined.") }
            guard !disable else {
                throw ValidationError(
                    "--disable is for one profile, whose limits apply; use --profile NAME instead of --profiles.")
            }
        }
        guard !disable, plan.savePlan != nil || send.dryRun || send.yes || !send.results.isEmpty else { return }
        throw ValidationError("--dry-run, --yes, --results and --save-plan need --disable.")
    }

    func run(on console: Console) async throws {
        if let profiles {
            let meant = try LeaverProfiles(profiles)
            return try await asReportFailure { try await search(meant.reading, meant, console) }
        }
        let settings = try common.settings()
        try await asReportFailure { try await search(settings, nil, console) }
    }

    private func search(_ settings: UserSettings, _ profiles: LeaverProfiles?, _ console: Console) async throws {
        try report.checkPlaces()
        guard let list = try await people.read(csv, settings) else {
            throw CommandFailure(
                .usage, "--people FILE is missing: the company's own list of people, from HR or a directory")
        }
        var search = try LeaverSearch(of: list, on: PeopleOptions.today, includesUnclear: includeSuspended)
        var incomplete: ExitStatus?
        if let profiles {
            incomplete = try await profiles.search(&search, list, connection, common, console)
        } else {
            try await searchWorkspaces(&search, list, settings, console)
        }
        let found = try search.report()
        try tell(found, search, list, settings, on: console)
        let unreadable = list.unreadableLeavers(on: PeopleOptions.today)
        if !unreadable.isEmpty { warn(about: unreadable, in: list, console) }
        if let incomplete { throw CommandFailure(incomplete) }
        if search.accounts.isEmpty {
            if unreadable.isEmpty { return }
            throw CommandFailure(.needsAttention)
        }
        if disable, !search.accounts.leavers.isEmpty { try await carryOut(found, settings, console) }
        let rest = search.accounts.unclear.count + search.accounts.invitations.count + unreadable.count
        if !disable || (rest > 0 && !send.dryRun && plan.savePlan == nil) { throw CommandFailure(.needsAttention) }
    }

    private func searchWorkspaces(
        _ search: inout LeaverSearch, _ list: CompanyPeople, _ settings: UserSettings, _ console: Console
    ) async throws {
        let ledger = try common.openLedger(settings, isPractice: connection.sandbox)
        let rules = settings.leaverRules(list)
        // An inout parameter cannot be captured.
        var found = search
        if allWorkspaces {
            try await connection.connectToCompany(
                settings,
                need: "to search the workspaces of several profiles, use --profiles all; to search all workspaces "
                    + "at once, use", console: console
            ) { company in
                for workspace in company.workspaces {
                    try await company.connect(to: workspace) { one in
                        _ = try await found.search(
                            one, named: workspace.name, by: rules, in: ledger, allowEmpty: connection.allowEmpty)
                    }
                }
            }
        } else {
            try await connection.connect(settings, console: console) { one in
                _ = try await found.search(one, by: rules, in: ledger, allowEmpty: connection.allowEmpty)
            }
        }
        search = found
    }

    /// Shows and writes what was found. If nobody has left, only files are written.
    private func tell(
        _ found: Report, _ search: LeaverSearch, _ list: CompanyPeople, _ settings: UserSettings, on console: Console
    ) throws {
        if !disable { try console.output.add(found) }
        var options = ReportFile.Options()
        options.templates = settings[.templates]?.text
        guard !search.accounts.isEmpty else {
            if !report.out.isEmpty { try report.emit(found, options: options, on: console) {} }
            return
        }
        list.tell(on: console)
        for sentence in search.remarks { console.warn(Terminal.plain(sentence, limit: 500)) }
        let accounts = search.accounts
        console.say(
            "\(accounts.leavers.count.counted("active user")) of people who have left"
                + (accounts.unclear.isEmpty ? "" : ", \(accounts.unclear.count) who have left or are suspended")
                + (accounts.invitations.isEmpty
                    ? "" : ", \(accounts.invitations.count.counted("pending invitation")) of people who have left")
                + (search.excepted == 0 ? "" : "; \(search.excepted) excepted"))
        try report.emit(found, options: options, on: console) { try show(found, on: console) }
        let suspended = accounts.unclear.count
        if disable, suspended > 0 {
            console.warn(
                "\(suspended.counted("user")) \(suspended == 1 ? "is" : "are") skipped, who may be away only; to include "
                    + "them, add --include-suspended")
        }
        if !accounts.invitations.isEmpty {
            console.warn("The API cannot cancel pending invitations; they expire, or the web application removes them.")
        }
    }

    private func warn(about lines: [Int], in list: CompanyPeople, _ console: Console) {
        let shown = lines.prefix(10).map(String.init).listed("and")
        console.warn(
            "\(Terminal.plain(list.name)): \(lines.count.counted("person has", "people have")) left, with an address that "
                + "cannot be read, so their accounts were not searched: \(lines.count == 1 ? "line" : "lines") \(shown)"
                + (lines.count > 10 ? " and \(lines.count - 10) more" : ""))
    }

    private func show(_ report: Report, on console: Console) throws {
        guard let columns = report.tables.first?.columns else { return }
        var rows: [[String]] = []
        for table in report.tables { try table.rows { rows.append($0.map(\.plain)) } }
        try console.output.table(
            // 64 characters of uid would push everything else off the screen.
            people: TextTable(
                names: columns.dropLast().map(\.title), rows: rows.map { Array($0.dropLast()) }, whole: ["Email"]),
            programs: TextTable(names: columns.map(\.key), rows: rows))
    }

    /// Disables the leavers: writes the list that `rollcall disable` reads, and continues as that command.
    private func carryOut(_ found: Report, _ settings: UserSettings, _ console: Console) async throws {
        let interrupts = Interrupts(console: console)
        let options = options(settings, limits: guards.limits(settings), console)
        try await ScratchFolder.with { folder in
            let path = send.dryRun ? folder.place("leavers.csv") : Self.freePath
            guard let file = ReportFile(path: path, options: .init()) else { return }
            try console.write(found, to: file)
            if !send.dryRun { console.say("Written: \(Terminal.plain(path, limit: 1000))") }
            let request = ListRequest(
                .disable, file: path, reading: ListOptions(.disable), words: TypeWords())
            try await carryOut(request, settings, options, console, interrupts)
        }
    }

    /// `leavers-2026-11-28.csv`, with a number if that exists.
    private static var freePath: String {
        let name = { (number: Int) in "leavers-\(PeopleOptions.today)\(number > 1 ? "-\(number)" : "").csv" }
        return (1...).lazy.map(name).first { !FileManager.default.fileExists(atPath: $0) } ?? name(1)
    }
}
