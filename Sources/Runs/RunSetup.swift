import Connections
import Domain
import Ledger
import Reports
import TerminalIO

/// The environment of a plan and its run: one workspace, its lock, the ledger, and the options.
public struct RunSetup {
    /// The options of the run.
    public var options: RunOptions
    /// The connection to the workspace.
    public let connection: Connection
    /// The name of the workspace, if the command works with several.
    public var name: String?
    /// The ledger that stores the run.
    public let ledger: Ledger
    /// The lock of the workspace, held until all files are written.
    public let lock: WorkspaceLock
    /// The console for messages and questions.
    public let console: Console
    /// The signals that end the run early.
    public let interrupts: Interrupts

    /// Takes the lock of the workspace.
    ///
    /// - Throws: ``CommandFailure`` if another run holds the lock.
    public init(
        _ options: RunOptions, over connection: Connection, in ledger: Ledger, console: Console, interrupts: Interrupts
    ) throws {
        self.options = options
        self.connection = connection
        self.ledger = ledger
        self.console = console
        self.interrupts = interrupts
        lock = try asCommandFailure { try ledger.lock(connection.workspace) }
    }

    /// The same setup with a temporary copy of the ledger, so that a dry run can store what it finds.
    public func overCopyOfLedger() throws -> RunSetup {
        lock.release()
        let copy = try console.during(StageCounter("Copying the ledger")) {
            try asCommandFailure { try ledger.temporaryCopy() }
        }
        return try RunSetup(options, over: connection, in: copy, console: console, interrupts: interrupts)
    }

    /// The header of a run in the current folder.
    ///
    /// - Parameters:
    ///   - part: added to the names of results if the rows of the input are for several workspaces.
    ///   - review: the review that is applied, as a JSON object.
    public func header(
        _ kind: RunHeader.Kind, of input: String, part: String? = nil, review: String? = nil, results: [ReportFile]
    ) -> RunHeader {
        RunHeader(
            kind: kind, workspace: connection.workspace, input: input, part: part, version: programVersion,
            review: review, directory: RunHeader.here, results: results.map { RunHeader.whole($0.path) })
    }

    /// Makes and shows the plan, asks for confirmation, and sends.
    ///
    /// - Parameters:
    ///   - header: the header of the run.
    ///   - results: the results files.
    ///   - isDecided: whether the rows were already decided, as in a saved plan.
    ///   - origin: the origin of the rows.
    ///   - prepare: called after the user has agreed, before the plan is confirmed; if it throws, nothing is sent.
    ///   - fill: adds the rows to the plan; returns the SHA-256 of the input.
    /// - Returns: false for a dry run or a saved plan.
    /// - Throws: ``CommandFailure`` with the exit status of the run, unless no row needs attention.
    @discardableResult
    public func run(
        _ header: RunHeader, results: [ReportFile], isDecided: Bool = false, origin: PlanOrigin,
        prepare: () throws -> Void = {}, fill: (PlanDraft, Roster) throws -> String
    ) async throws -> Bool {
        let plan = try await RunPlan.make(header, with: self, isDecided: isDecided, fill: fill)
        // For a retry, the user has already chosen the run.
        if header.retryOf == nil { try earlierRuns.propose(insteadOf: plan) }
        let isSent = try await RunSession(self, of: plan, files: results)
            .carryOut(plan, origin: origin, prepare: prepare)
        if !isSent { try asCommandFailure { try plan.draft.discard() } }
        return isSent
    }

    /// Prepares a run for its resume: rows that were being sent become unknown.
    ///
    /// - Returns: the number of unconfirmed rows.
    public func release(_ run: Int64) throws -> Int {
        try asCommandFailure {
            try ledger.move(run, to: connection.workspace, under: lock)
            return try ledger.releaseUnanswered(of: run, under: lock)
        }
    }

    /// Lists the workspace, and stores the listing.
    func list() async throws -> KeptListing {
        try await connection.listing(keptIn: ledger, allowEmpty: options.allowsEmpty)
    }

    /// The source of listings during a run.
    var roster: KeptRoster {
        KeptRoster(connection: connection, ledger: ledger, allowEmpty: options.allowsEmpty)
    }

    /// Earlier runs with unconfirmed rows for the accounts of a new plan.
    var earlierRuns: EarlierRuns { EarlierRuns(setup: self) }

    /// The output for programs.
    var news: RunNews { RunNews(output: console.output) }
}
