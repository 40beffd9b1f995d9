import Domain
import Execution
import Foundation
import Ledger
import Planning
import Reports

/// One run from its confirmation to its results: sends, writes down, tells.
struct RunSession {
    let number: Int64
    let kind: RunHeader.Kind
    /// Held until everything is written.
    let lock: WorkspaceLock
    let ledger: Ledger
    let connection: Connection
    let send: SendOptions
    let pace: Pace
    let limits: GuardLimits
    /// Rows that an earlier execution of the run left without a certain answer.
    var open = 0
    /// Send again what cannot be told apart from what took effect.
    var resendUnknown = false
    let allowEmpty: Bool
    let console: Console
    let interrupts: Interrupts
    /// Where the results go.
    let files: [ReportFile]

    /// Shows the plan of the run, gets an agreement, and carries it out.
    ///
    /// - Parameters:
    ///   - listed: what the plan was made against.
    ///   - origin: where the rows come from.
    ///   - header: as the plan was begun with.
    ///   - strict: one rejected row is enough to send nothing.
    ///   - savePlan: the file that the plan is written to instead of being carried out.
    ///   - prepare: called when the plan is agreed to, before it is confirmed; what it throws sends nothing.
    /// - Returns: false for a dry run or a plan that was saved.
    @discardableResult
    func carryOut(
        _ plan: RunPlan, listed: Snapshot, origin: PlanOrigin, header: RunHeader, strict: Bool = false,
        savePlan: String? = nil,
        prepare: () throws -> Void = {}
    ) async throws -> Bool {
        let proposal = Proposal(
            plan: plan, workspace: connection.workspace, send: send, pace: pace, limits: limits,
            console: console)
        try proposal.show(file: header.input, origin)
        try proposal.guardWorkspace()
        try proposal.tellRows()
        if let path = savePlan {
            try proposal.save(header, listed, from: ledger, to: path)
            return false
        }
        guard try proposal.isAgreed(strict: strict) else { return false }
        do {
            try prepare()
        } catch {
            try? plan.stage.discard()
            throw error
        }
        do {
            try await lookAgainIfOld(at: plan)
            try setEarlierResultsAside()
        } catch {
            try? plan.stage.discard()
            throw error
        }
        try asCommandFailure { try plan.stage.confirm(inputSHA256: plan.inputSHA256, at: Date()) }
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
    func execute(isNew: Bool = false) async throws {
        defer { lock.release() }
        try asCommandFailure(.needsAttention) {
            try news.started(number, in: ledger)
            // What the plan skips and rejects is final before anything is sent.
            if isNew { try news.rows(of: number, in: ledger, where: \.isFinal) }
        }
        let verifies = send.verify ?? (kind != .change(.invite))
        var end = Ending()
        do {
            try await sendTurns(&end, isNew: isNew)
            end.isPaused = try send.first != nil && ledger.nextTurn(of: number) != nil
            if verifies { end.listing = await verify() }
        } catch let error as LedgerError {
            end.ledgerFailure = error
        }
        let isWrittenDown = (try? ledger.finish(number, as: end.state, at: Date())) != nil
        var record = try asCommandFailure(.needsAttention) { try ledger.run(number) }
        // A disk that is full could not take this down either; the run has ended all the same.
        if !isWrittenDown { record.state = end.state }
        let isWritten = try tellWhatCame(of: record, end)
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
