import Connections
import Domain
import Ledger
import Reports
import TerminalIO

/// What a plan and its run work with: one workspace, its lock, the ledger, and what was asked for.
public struct RunSetup {
    /// What was asked for.
    public var options: RunOptions
    /// The workspace.
    public let connection: Connection
    /// What the workspace is called, where it has to be told from others.
    public var name: String?
    /// Where the run is written down.
    public let ledger: Ledger
    /// Held until everything is written.
    public let lock: WorkspaceLock
    /// Who is told, and asked.
    public let console: Console
    /// What ends the run early.
    public let interrupts: Interrupts

    /// Takes the workspace's lock.
    ///
    /// - Throws: ``CommandFailure`` where another run holds the lock.
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

    /// The same over a copy of the ledger, which is gone afterwards, so that a dry run may write down what it finds.
    public func overCopyOfLedger() throws -> RunSetup {
        lock.release()
        let copy = try console.during(StageCounter("Copying the ledger")) {
            try asCommandFailure { try ledger.temporaryCopy() }
        }
        return try RunSetup(options, over: connection, in: copy, console: console, interrupts: interrupts)
    }

    /// What is written down of a run that begins here.
    ///
    /// - Parameters:
    ///   - part: goes into the names of results, where the rows of one input go to several workspaces.
    ///   - review: the review that is carried out, as a JSON object.
    public func header(
        _ kind: RunHeader.Kind, of input: String, part: String? = nil, review: String? = nil, results: [ReportFile]
    ) -> RunHeader {
        RunHeader(
            kind: kind, workspace: connection.workspace, input: input, part: part, version: programVersion,
            review: review, directory: RunHeader.here, results: results.map { RunHeader.whole($0.path) })
    }

    /// Plans, shows, asks, sends.
    ///
    /// - Parameters:
    ///   - header: what is written down of the run.
    ///   - results: where its results go.
    ///   - isDecided: whether every row comes with what becomes of it, as in a plan that was saved.
    ///   - origin: where the rows come from.
    ///   - prepare: called when the plan is agreed to, before it is confirmed; what it throws sends nothing.
    ///   - fill: adds the rows to the plan; returns the SHA-256 of the input.
    /// - Returns: false for a dry run or a plan that was saved.
    /// - Throws: ``CommandFailure`` whose status says how the run ended; returns only if every row is well.
    @discardableResult
    public func run(
        _ header: RunHeader, results: [ReportFile], isDecided: Bool = false, origin: PlanOrigin,
        prepare: () throws -> Void = {}, fill: (PlanDraft, Roster) throws -> String
    ) async throws -> Bool {
        let plan = try await RunPlan.make(header, with: self, isDecided: isDecided, fill: fill)
        // A retry is of a run that somebody has chosen already.
        if header.retryOf == nil { try earlierRuns.propose(insteadOf: plan) }
        let isSent = try await RunSession(self, of: plan, files: results)
            .carryOut(plan, origin: origin, prepare: prepare)
        if !isSent { try asCommandFailure { try plan.draft.discard() } }
        return isSent
    }

    /// Takes a run up again: rows without a certain answer are open from here on.
    ///
    /// - Returns: how many there are.
    public func release(_ run: Int64) throws -> Int {
        try asCommandFailure {
            try ledger.move(run, to: connection.workspace, under: lock)
            return try ledger.releaseUnanswered(of: run, under: lock)
        }
    }

    /// Asks who is in the workspace, and keeps the answer.
    func list() async throws -> KeptListing {
        try await connection.listing(keptIn: ledger, allowEmpty: options.allowsEmpty)
    }

    /// Who is in the workspace, for a run that asks in its middle.
    var roster: KeptRoster {
        KeptRoster(connection: connection, ledger: ledger, allowEmpty: options.allowsEmpty)
    }

    /// Runs that left rows open about the accounts of a new plan.
    var earlierRuns: EarlierRuns { EarlierRuns(setup: self) }

    /// What programs are told.
    var news: RunNews { RunNews(output: console.output) }
}
