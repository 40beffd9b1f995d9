import Connections
import Domain
import Execution
import Foundation
import Ledger
import Planning
import Reports
import TerminalIO

/// One run from its confirmation to its results: sends, writes down, tells.
public struct RunSession {
    let setup: RunSetup
    let number: Int64
    let kind: RunHeader.Kind
    /// Where the results go.
    let files: [ReportFile]
    /// Rows that an earlier execution of the run left without a certain answer.
    let open: Int

    /// A run that is taken up again.
    ///
    /// - Parameter open: rows that an earlier execution left without a certain answer.
    public init(_ setup: RunSetup, resuming run: RunRecord, open: Int, files: [ReportFile]) {
        self.setup = setup
        number = run.number
        kind = run.header.kind
        self.files = files
        self.open = open
    }

    /// The run that a plan becomes.
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

    /// Shows the plan of the run, gets an agreement, and carries it out.
    ///
    /// - Parameters:
    ///   - origin: where the rows come from.
    ///   - prepare: called when the plan is agreed to, before it is confirmed; what it throws sends nothing.
    /// - Returns: false for a dry run or a plan that was saved.
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

    /// How a command names the run.
    var reference: String { (try? ledger.run(number).reference) ?? "\(number)" }

    /// Where a plan has waited for its agreement, or for other runs, the workspace may have changed.
    func lookAgainIfOld(at plan: RunPlan) async throws {
        if plan.isOld, plan.summary.toSend > 0 { try await lookAgain(checksSelf: false) }
    }

    /// Sends what is to be sent, writes the results files and says what happened.
    ///
    /// - Parameter isNew: whether the run begins here, and was not begun by another execution.
    /// - Throws: ``CommandFailure`` whose status says how the run ended; returns only if every row is well.
    public func execute(isNew: Bool = false) async throws {
        defer { setup.lock.release() }
        try asCommandFailure(.needsAttention) {
            try news.started(number, in: ledger)
            // What the plan skips and rejects is final before anything is sent.
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
        // A disk that is full could not take this down either; the run has ended all the same.
        if !isWrittenDown { record.state = end.state }
        let isWritten = try reportOutcome(of: record, end)
        CrashPoint.pass("everything written and said")
        try conclude(record, end, isVerified: !verifies || record.check != nil, isWritten: isWritten)
    }

    /// How an execution came to its end.
    struct Ending {
        /// nil if there was nothing to send.
        var run: RunEnd?
        var ledgerFailure: LedgerError?
        /// Whether the trial is over and rows are left.
        var isPaused = false
        /// What the guards had to say about the rows that were left.
        var refusal: GuardRefusal?
        /// The workspace afterwards.
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
