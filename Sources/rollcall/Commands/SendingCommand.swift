import ArgumentParser
import Domain
import Ledger
import Planning
import Reports
import Settings

/// What every command has in common that makes a plan and sends it.
protocol SendingCommand: RollcallCommand {
    var plan: PlanOptions { get }
    var send: SendOptions { get }
    var connection: ConnectionOptions { get }
}

extension SendingCommand {
    static var isSending: Bool { true }

    /// Whether anything leaves this machine.
    var isSent: Bool { !send.dryRun && plan.savePlan == nil }

    /// Plans, shows, asks, sends.
    ///
    /// - Parameters:
    ///   - settings: what is set beside the command line.
    ///   - workspace: the only one that will do; nil for the one that the credentials are for.
    ///   - review: the review that is carried out, as a run's record keeps it.
    ///   - isDecided: whether every row comes with what becomes of it.
    ///   - prepare: called when the plan is agreed to.
    ///   - console: where it is shown and asked.
    ///   - fill: adds the rows to the plan; returns the SHA-256 of the input.
    func execute(
        _ settings: UserSettings, kind: RunHeader.Kind, workspace: String? = nil, input: String, review: String? = nil,
        limits: GuardLimits, isDecided: Bool = false, origin: PlanOrigin, console: Console,
        interrupts: Interrupts, prepare: () throws -> Void = {},
        fill: (PlanStage, Roster) throws -> String
    ) async throws {
        let results =
            isSent
            ? try send.resultsFiles(
                besides: input, isReview: review != nil, isPractice: connection.sandbox) : []
        let ledger =
            isSent
            ? try common.openLedger(settings, isPractice: connection.sandbox)
            : try asCommandFailure { try Ledger.temporary() }
        let pace = send.pace(settings, console: console)
        try await connection.connect(
            settings, to: workspace, timeout: .seconds(pace.timeout), connections: pace.concurrency, console: console
        ) { connection in
            if let workspace { try connection.check(isFor: workspace, Terminal.plain(input), console) }
            let lock = try asCommandFailure { try ledger.lock(connection.workspace) }
            let listing = try await connection.listing(keptIn: ledger, allowEmpty: self.connection.allowEmpty)
            let header = RunHeader(
                kind: kind, workspace: connection.workspace, input: input, version: programVersion, review: review,
                directory: RunHeader.here, results: results.map { RunHeader.whole($0.path) })
            let roster = listing.roster
            let earlier = EarlierRuns(
                ledger: ledger, connection: connection, lock: lock, pace: pace,
                allowEmpty: self.connection.allowEmpty, console: console)
            let plan = try await RunPlan.make(
                header, against: roster, limits: limits, in: ledger, under: lock, isDecided: isDecided, lag: pace.lag,
                console: console, settle: earlier.settle
            ) { stage in try fill(stage, roster) }
            try earlier.propose(insteadOf: plan)
            let session = RunSession(
                number: plan.stage.number, kind: kind, lock: lock, ledger: ledger, connection: connection, send: send,
                pace: pace,
                limits: limits, allowEmpty: self.connection.allowEmpty, console: console, interrupts: interrupts,
                files: results)
            try await session.carryOut(
                plan, listed: listing.snapshot, origin: origin, header: header, strict: self.plan.strict,
                savePlan: self.plan.savePlan, prepare: prepare)
        }
    }
}
