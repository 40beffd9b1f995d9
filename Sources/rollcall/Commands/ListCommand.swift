import ArgumentParser
import Domain
import Planning
import Readers
import Reports
import Runs
import Settings
import TerminalIO

/// What `invite`, `set-role`, `disable` and `sync` have in common: a list of people, checked row by row, planned and sent.
protocol ListCommand: SendingCommand {
    /// What the rows ask for.
    static var operation: WorkspaceChange.Kind { get }
    var file: String { get }
    var columns: ListColumnOptions { get }
    var csv: CSVFileOptions { get }
    var guards: GuardOptions { get }
    /// nil for a command that needs no account types.
    var accountTypes: AccountTypeOptions? { get }
    /// Whether a dry run fails if anything would be changed.
    var check: Bool { get }
    /// What to do about accounts that the list does not name; nil if the list only requests changes.
    func sync(_ settings: UserSettings, on console: Console) throws -> SyncRequest?
}

extension ListCommand {
    var check: Bool { false }
    func sync(_ settings: UserSettings, on console: Console) throws -> SyncRequest? { nil }
}

extension ListCommand {
    func run(on console: Console) async throws {
        let settings = try common.settings()
        let interrupts = Interrupts(console: console)
        var options = options(settings, limits: guards.limits(settings), console)
        options.isCheck = check
        try await carryOut(request(settings, console), settings, options, console, interrupts)
    }

    /// The list, with the words that the command line, and then the profile, give for account types.
    private func request(_ settings: UserSettings, _ console: Console) throws -> ListRequest {
        var words = TypeWords()
        for mapping in settings.typeMappings + (accountTypes?.mapType ?? []) {
            words.map(mapping.word, to: mapping.type)
        }
        var reading = try columns.options(Self.operation, csv: csv, types: accountTypes)
        let sync = try sync(settings, on: console)
        if sync != nil, reading.columns[.accountType] == nil, let column = settings[.accountTypesBy]?.text {
            reading.columns[.accountType] = ColumnChoice(column)
        }
        var request =
            sync.map { ListRequest($0, file: file, reading: reading, words: words) }
            ?? ListRequest(Self.operation, file: file, reading: reading, words: words)
        request.fallback = accountTypes?.accountType
        request.takesAnyRow = columns.anyRow
        request.allowsUnusualAddresses = columns.allowUnusualAddresses
        return request
    }
}

extension SendingCommand {
    /// Plans the changes that a list requests, shows them, asks, and sends.
    func carryOut(
        _ request: ListRequest, _ settings: UserSettings, _ options: RunOptions, _ console: Console,
        _ interrupts: Interrupts
    ) async throws {
        var planner = try ListPlanner(request, console)
        if let column = planner.workspaceColumn {
            return try await run(request, column: column, settings, options, console, interrupts)
        }
        let origin = planner.origin
        let asking = options.isAgreed || OrdinaryFile.isStream(request.file) ? nil : settings
        try await execute(
            settings, options, kind: request.runKind, input: request.file, origin: origin, console: console,
            interrupts: interrupts
        ) { draft, roster in
            try planner.fill(draft, for: roster, origin, askingFor: asking)
        }
    }

    /// A run for each workspace that the list names.
    private func run(
        _ request: ListRequest, column: String, _ settings: UserSettings, _ options: RunOptions, _ console: Console,
        _ interrupts: Interrupts
    ) async throws {
        guard !OrdinaryFile.isStream(request.file) else {
            throw CommandFailure(
                .nothingSent,
                "a list with a column of workspaces is read more than once; give it as a file; nothing was sent")
        }
        try await connection.connectToCompany(
            settings,
            need: "\(Terminal.plain(request.file)) has a workspace for each row in \(column); ignore that column with "
                + "--workspace-column none, or use",
            pace: options.pace, console: console
        ) { company in
            let runs = try CompanyRuns(
                request, options, in: runLedger(settings, options), console: console, interrupts: interrupts)
            try await runs.run(in: company, isPractice: connection.sandbox)
        }
    }
}
