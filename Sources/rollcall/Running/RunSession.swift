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
    /// Held until everything is written.
    let lock: WorkspaceLock
    let ledger: Ledger
    let connection: Connection
    let send: SendOptions
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
    ///   - file: the input's name for messages.
    ///   - mapping: what was read from where.
    ///   - strict: one rejected row is enough to send nothing.
    /// - Returns: false for a dry run, whose plan is still there.
    @discardableResult
    func carryOut(_ plan: InvitePlan, file: String, mapping: String, strict: Bool = false) async throws -> Bool {
        let proposal = Proposal(
            stage: plan.stage, summary: plan.summary, workspace: connection.workspace, send: send, console: console)
        try proposal.show(file: file, mapping: mapping)
        guard try proposal.isAgreed(strict: strict) else { return false }
        try inWords { try plan.stage.confirm(inputSHA256: plan.inputSHA256, at: Date()) }
        try await execute()
        return true
    }

    /// Sends what is to be sent, writes the results files and says what happened.
    ///
    /// - Throws: ``CommandFailure`` whose status says how the run ended; returns only if every row is well.
    func execute() async throws {
        defer { lock.release() }
        let left = try inWords(.needsAttention) { try ledger.rowsToSend(of: number) }
        var end: RunEnd?
        var ledgerFailure: LedgerError?
        do {
            if left + unanswered > 0 { end = try await sendRows(left + unanswered) }
            if send.verify { await verify() }
        } catch let error as LedgerError {
            ledgerFailure = error
        }
        let state: RunState =
            switch end {
            case nil: ledgerFailure == nil ? .finished : .stopped
            case .finished: .finished
            case .interrupted: .interrupted
            case .stopped: .stopped
            }
        try? ledger.finish(number, as: state, at: Date())
        let record = try inWords(.needsAttention) { try ledger.run(number) }
        let isWritten = RunResults(record, in: ledger).conclude(in: files, on: console)
        CrashPoint.pass("everything written and said")
        try conclude(record, end: end, ledgerFailure: ledgerFailure, isWritten: isWritten)
    }

    private var journal: RunJournal { ledger.journal(of: number, find: InviteRules.find) }
    private var roster: KeptRoster { KeptRoster(connection: connection, ledger: ledger, allowEmpty: allowEmpty) }

    private func sendRows(_ total: Int) async throws -> RunEnd {
        let line = ProgressLine(total: total, console: console)
        let last = Mutex(RunProgress())
        let executor = BatchExecutor(
            journal: journal, sender: connection.client, rosterSource: roster,
            options: ExecutionOptions(
                rate: send.rate.perSecond, concurrency: send.concurrency, maxAttempts: send.maxAttempts,
                timeout: .seconds(send.timeout), resendUndecided: resendUnknown),
            onProgress: { progress in
                last.withLock { $0 = progress }
                line.update(progress)
            })
        interrupts.whileSending(
            hint: "Stopped. What was on its way is unknown until it is asked about: rollcall runs resume \(number)"
        ) { executor.drain() }
        defer {
            line.end()
            sayWhatWasSettled(last.withLock { $0 })
        }
        return try await executor.run(unanswered: unanswered)
    }

    private func sayWhatWasSettled(_ progress: RunProgress) {
        let settled = progress.settled
        let asked = settled.tookEffect + settled.sendAgain + settled.failed + settled.undecided
        if asked > 0 {
            var parts = ["\(settled.tookEffect.grouped) took effect", "\(settled.sendAgain.grouped) did not"]
            if settled.failed > 0 { parts.append("\(settled.failed.grouped) failed") }
            if settled.undecided > 0 { parts.append("\(settled.undecided.grouped) cannot be told") }
            console.say("Asked about \(asked.counted("row")) without an answer: \(parts.joined(separator: ", ")).")
        }
        if settled.missing > 0 && settled.undecided > 0 {
            console.complain(
                "The API's list of users does not show \(settled.missing.counted("row")) that it answered ok to, so it "
                    + "cannot say that others had no effect.")
        }
        if let reason = progress.couldNotAsk {
            console.complain("The rows without an answer could not be asked about: \(reason)")
        }
    }

    /// Compares the outcomes with the workspace as it is now. A listing that cannot be had leaves the run as it is.
    private func verify() async {
        do {
            let listing = try await connection.listing(keptIn: ledger, allowEmpty: allowEmpty)
            try await journal.verify(
                by: listing.roster, snapshot: listing.snapshot.number, verdict: InviteRules.verify)
        } catch let failure as CommandFailure {
            console.complain("The outcomes were not verified: \(failure.sentence ?? "")")
        } catch let failure as LedgerError {
            console.complain("The outcomes were not verified: \(failure.sentence)")
        } catch {
            console.complain("The outcomes were not verified: \(error)")
        }
    }

    private func conclude(
        _ record: RunRecord, end: RunEnd?, ledgerFailure: LedgerError?, isWritten: Bool
    ) throws {
        if let ledgerFailure {
            throw CommandFailure(.needsAttention, ledgerFailure.sentence + "; sending was stopped")
        }
        switch end {
        case .interrupted: throw CommandFailure(.interrupted)
        case .stopped(.credentialsRefused(let reason)):
            throw CommandFailure(.credentialsRefused, "the credentials were refused, so the run was stopped: \(reason)")
        case .stopped(.unreachable(let reason)):
            throw CommandFailure(.unreachable, "the API could not be reached, so the run was stopped: \(reason)")
        case .finished, nil: break
        }
        let isContradicted = (record.check?.contradicted ?? 0) > 0 || (send.verify && record.check == nil)
        if record.needsAttention || isContradicted || !isWritten { throw CommandFailure(.needsAttention) }
    }
}
