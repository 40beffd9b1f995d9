import ArgumentParser
import Connections
import Domain
import Ledger
import Planning
import Reports
import Runs
import Settings
import TerminalIO

/// What every command has in common that makes a plan and sends it.
protocol SendingCommand: RollcallCommand {
    var plan: PlanOptions { get }
    var send: SendOptions { get }
    var connection: ConnectionOptions { get }
}

extension SendingCommand {
    static var isSending: Bool { true }

    /// What is asked for about the run.
    func options(_ settings: UserSettings, limits: GuardLimits, _ console: Console) -> RunOptions {
        var options = send.options(settings, limits: limits, connection, console: console)
        options.isStrict = plan.strict
        options.savePlan = plan.savePlan
        return options
    }

    /// The ledger that the run is written down in; one that is gone afterwards, if nothing is sent.
    func runLedger(_ settings: UserSettings, _ options: RunOptions) throws -> Ledger {
        options.isSent
            ? try common.openLedger(settings, isPractice: connection.sandbox)
            : try asCommandFailure { try Ledger.temporary() }
    }

    /// Plans, shows, asks, sends.
    ///
    /// - Parameters:
    ///   - workspace: the only one that will do; nil for the one that the credentials are for.
    ///   - review: the review that is carried out, as a run's record keeps it.
    ///   - isDecided: whether every row comes with what becomes of it.
    ///   - prepare: called when the plan is agreed to.
    ///   - fill: adds the rows to the plan; returns the SHA-256 of the input.
    func execute(
        _ settings: UserSettings, _ options: RunOptions, kind: RunHeader.Kind, workspace: String? = nil, input: String,
        review: String? = nil, isDecided: Bool = false, origin: PlanOrigin, console: Console, interrupts: Interrupts,
        prepare: () throws -> Void = {}, fill: (PlanDraft, Roster) throws -> String
    ) async throws {
        let results =
            options.isSent
            ? try options.results.files(besides: input, isReview: review != nil, isPractice: connection.sandbox) : []
        let ledger = try runLedger(settings, options)
        try await connection.connect(settings, to: workspace, pace: options.pace, console: console) { connection in
            if let workspace { try connection.check(isFor: workspace, Terminal.plain(input), console) }
            let setup = try RunSetup(
                options, over: connection, in: ledger, console: console, interrupts: interrupts)
            try await setup.run(
                setup.header(kind, of: input, review: review, results: results), results: results,
                isDecided: isDecided, origin: origin, prepare: prepare, fill: fill)
        }
    }
}
