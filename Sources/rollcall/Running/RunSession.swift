import Domain
import Execution
import Foundation
import Ledger
import Planning
import Reports
import Synchronization

/// One run from its confirmation to its results: sends, writes down, tells.
struct RunSession {
    let number: Int64
    let kind: RunHeader.Kind
    /// Held until everything is written.
    let lock: WorkspaceLock
    let ledger: Ledger
    let connection: Connection
    let send: SendOptions
    let limits: GuardLimits
    /// Rows that an earlier execution of the run left without an answer.
    var unanswered = 0
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
    ///   - mapping: what was read from where.
    ///   - header: as the plan was begun with.
    ///   - strict: one rejected row is enough to send nothing.
    ///   - savePlan: the file that the plan is written to instead of being carried out.
    ///   - prepare: called when the plan is agreed to, before it is confirmed; what it throws sends nothing.
    /// - Returns: false for a dry run or a plan that was saved.
    @discardableResult
    func carryOut(
        _ plan: RunPlan, listed: Snapshot, mapping: String, header: RunHeader, strict: Bool = false,
        savePlan: String? = nil,
        prepare: () throws -> Void = {}
    ) async throws -> Bool {
        let proposal = Proposal(
            plan: plan, workspace: connection.workspace, send: send, limits: limits, console: console)
        try proposal.show(file: header.input, mapping: mapping)
        try proposal.guardWorkspace()
        if let path = savePlan, !send.dryRun {
            try SavedPlan.save(plan, header: header, listed: listed, limits: limits, from: ledger, to: path)
            try console.output.add(JSONMember("files", [RunNews.File(kind: .plan, path: path)]))
            console.say("Nothing was sent. To send exactly this: rollcall apply \(Terminal.plain(path, limit: 1000))")
            return false
        }
        guard try proposal.isAgreed(strict: strict) else { return false }
        do {
            try prepare()
        } catch {
            try? plan.stage.discard()
            throw error
        }
        try inWords { try plan.stage.confirm(inputSHA256: plan.inputSHA256, at: Date()) }
        try await execute(isNew: true)
        return true
    }

    /// Sends what is to be sent, writes the results files and says what happened.
    ///
    /// - Parameter isNew: whether the run begins here, and was not begun by another execution.
    /// - Throws: ``CommandFailure`` whose status says how the run ended; returns only if every row is well.
    func execute(isNew: Bool = false) async throws {
        defer { lock.release() }
        try inWords {
            try news.started(number, in: ledger)
            // What the plan skips and rejects is final before anything is sent.
            if isNew { try news.rows(of: number, in: ledger, where: \.isFinal) }
        }
        let verifies = send.verify ?? (kind != .invite)
        var end = Ending()
        do {
            try await sendTurns(&end)
            if verifies { end.listing = await verify() }
        } catch let error as LedgerError {
            end.ledgerFailure = error
        }
        try? ledger.finish(number, as: end.state, at: Date())
        let record = try inWords(.needsAttention) { try ledger.run(number) }
        let isWritten = try tellWhatCame(of: record, end)
        CrashPoint.pass("everything written and said")
        try conclude(record, end, isVerified: !verifies || record.check != nil, isWritten: isWritten)
    }

    var news: RunNews { RunNews(output: console.output) }

    /// Writes the results and what belongs to them.
    ///
    /// - Returns: whether every file is there now.
    private func tellWhatCame(of record: RunRecord, _ end: Ending) throws -> Bool {
        try news.rows(of: number, in: ledger) { !$0.isFinal }
        try news.rows(of: number, in: ledger, event: "contradicted") { $0.verified == .contradicted }
        var left = RunResults(record, in: ledger).conclude(in: files, on: console)
        left += RunAftermath(record, in: ledger).write(after: end.listing, on: console)
        try news.concluded(record, left.files)
        return left.isComplete
    }

    /// How an execution came to its end.
    struct Ending {
        /// nil if there was nothing to send.
        var run: RunEnd?
        var ledgerFailure: LedgerError?
        /// What the guards had to say about the rows that were left.
        var refusal: GuardRefusal?
        /// The workspace afterwards.
        var listing: KeptListing?

        var state: RunState {
            if ledgerFailure != nil || refusal != nil { return .stopped }
            return switch run {
            case nil, .finished: .finished
            case .interrupted: .interrupted
            case .stopped: .stopped
            }
        }
    }

    /// Compares the outcomes with the workspace as it is now. A listing that cannot be had leaves the run as it is.
    ///
    /// - Returns: the workspace as it is now.
    private func verify() async -> KeptListing? {
        do {
            let listing = try await connection.listing(keptIn: ledger, allowEmpty: allowEmpty)
            try await journal().verify(
                by: listing.roster, snapshot: listing.snapshot.number, verdict: OperationRules.verify)
            return listing
        } catch let failure as CommandFailure {
            console.complain("The outcomes were not verified: \(failure.sentence ?? "")")
        } catch let failure as LedgerError {
            console.complain("The outcomes were not verified: \(failure.sentence)")
        } catch {
            console.complain("The outcomes were not verified: \(error)")
        }
        return nil
    }

    private func conclude(_ record: RunRecord, _ end: Ending, isVerified: Bool, isWritten: Bool) throws {
        if let failure = end.ledgerFailure {
            throw CommandFailure(.needsAttention, failure.sentence + "; sending was stopped")
        }
        if let refusal = end.refusal {
            console.complain(refusal)
            throw CommandFailure(.needsAttention, "the rows that take access away were not sent")
        }
        switch end.run {
        case .interrupted: throw CommandFailure(.interrupted)
        case .stopped(.credentialsRefused(let reason)):
            throw CommandFailure(.credentialsRefused, "the credentials were refused, so the run was stopped: \(reason)")
        case .stopped(.unreachable(let reason)):
            throw CommandFailure(.unreachable, "the API could not be reached, so the run was stopped: \(reason)")
        case .finished, nil: break
        }
        let isContradicted = (record.check?.contradicted ?? 0) > 0 || !isVerified
        if record.needsAttention || isContradicted || !isWritten { throw CommandFailure(.needsAttention) }
    }
}
