import Connections
import Domain
import Execution
import Foundation
import Ledger
import Planning
import Reports
import TerminalIO

/// Executes one run, from its confirmation to its results.
public struct RunSession {
    let setup: RunSetup
    let number: Int64
    let kind: RunHeader.Kind
    /// The results files.
    let files: [ReportFile]
    /// The number of unconfirmed rows of an earlier execution of the run.
    let open: Int

    /// Creates the session of a run that is resumed.
    ///
    /// - Parameter open: the number of unconfirmed rows of an earlier execution.
    public init(_ setup: RunSetup, resuming run: RunRecord, open: Int, files: [ReportFile]) {
        self.setup = setup
        number = run.number
        kind = run.header.kind
        self.files = files
        self.open = open
    }

    /// Creates the session of a new run.
    init(_ setup: RunSetup, of plan: RunPlan, files: [ReportFile]) {
        self.setup = setup
        number = plan.draft.number
        kind = plan.header.kind
        self.files = files
        open = 0
    }

    var ledger: Ledger { setup.ledger }
    var connection: Connection { setup.connection }
    var options: RunOptions { setup.options }
    var console: Console { setup.console }

    /// Shows the plan, asks for confirmation, and executes the run.
    ///
    /// - Parameters:
    ///   - origin: the origin of the rows.
    ///   - prepare: called after the user has agreed, before the plan is confirmed; if it throws, nothing is sent.
    /// - Returns: false for a dry run or a saved plan.
    func carryOut(
        _ plan: RunPlan, origin: PlanOrigin, prepare: () throws -> Void = {}
    ) async throws -> Bool {
        let proposal = Proposal(plan: plan, setup: setup)
        try proposal.show(origin)
        try proposal.guardWorkspace()
        try proposal.tellRows()
        if let path = options.savePlan {
            try proposal.save(to: path)
            return false
        }
        guard try proposal.isAgreed() else { return false }
        do {
            try prepare()
        } catch {
            try? plan.draft.discard()
            throw error
        }
        do {
            try await lookAgainIfOld(at: plan)
            try setEarlierResultsAside()
        } catch {
            try? plan.draft.discard()
            throw error
        }
        try plan.confirm()
        try await execute(isNew: true)
        return true
    }

    /// The reference of the run for commands.
    var reference: String { (try? ledger.run(number).reference) ?? "\(number)" }

    /// Checks the plan again if it has waited for its confirmation or for other runs.
    func lookAgainIfOld(at plan: RunPlan) async throws {
        if plan.isOld, plan.summary.toSend > 0 { try await lookAgain(checksSelf: false) }
    }

    /// Sends the rows, writes the files, and reports the results.
    ///
    /// - Parameter isNew: whether the run is new, and not resumed.
    /// - Throws: ``CommandFailure`` with the exit status of the run, unless no row needs attention.
    public func execute(isNew: Bool = false) async throws {
        defer { setup.lock.release() }
        try asCommandFailure(.needsAttention) {
            try news.started(number, in: ledger)
            // Skipped and rejected rows are final before anything is sent.
            if isNew { try news.rows(of: number, in: ledger, where: \.isFinal) }
        }
        let verifies = options.verifies ?? (kind != .change(.invite))
        var end = Ending()
        do {
            try await sendTurns(&end, isNew: isNew)
            end.isPaused = try options.first != nil && ledger.nextTurn(of: number) != nil
            if verifies { end.listing = await verify() }
        } catch let error as LedgerError {
            end.ledgerFailure = error
        }
        let isWrittenDown = (try? ledger.finish(number, as: end.state, at: Date())) != nil
        var record = try asCommandFailure(.needsAttention) { try ledger.run(number) }
        // The state could not be stored, for example because the disk is full, but the run has ended.
        if !isWrittenDown { record.state = end.state }
        let isWritten = try reportOutcome(of: record, end)
        CrashPoint.pass("everything written and said")
        try conclude(record, end, isVerified: !verifies || record.check != nil, isWritten: isWritten)
    }

    /// The end of an execution.
    struct Ending {
        /// How sending ended; nil if there was nothing to send.
        var run: RunEnd?
        var ledgerFailure: LedgerError?
        /// Whether the rows of `--first` were sent and others are left.
        var isPaused = false
        /// The safety limit that the remaining rows exceed.
        var refusal: GuardRefusal?
        /// The workspace after the run.
        var listing: KeptListing?

        var state: RunState {
            if ledgerFailure != nil || refusal != nil { return .stopped }
            return switch run {
            case nil, .finished: isPaused ? .paused : .finished
            case .interrupted: .interrupted
            case .stopped: .stopped
            }
        }
    }
}
