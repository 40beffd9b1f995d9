import Domain
import Execution
import Foundation
import Ledger
import Planning
import WorkspaceAPI

extension RunSession {
    /// Who gets more goes first, then who gets less; between the two the guards look at the workspace once more,
    /// because an administrator who could not be made is no successor.
    ///
    /// - Parameter isNew: whether the plan was made a moment ago.
    func sendTurns(_ end: inout Ending, isNew: Bool) async throws {
        var unanswered = unanswered
        while true {
            let turn = try ledger.nextTurn(of: number)
            guard turn != nil || unanswered > 0 else { return }
            if let turn, turn > 0, let refusal = try await refusal(isNew: isNew) {
                end.refusal = refusal
                return
            }
            let left = try ledger.rowsToSend(of: number, turn: turn ?? 0)
            end.run = try await sendRows(left + unanswered, turn: turn ?? 0, unanswered: unanswered)
            unanswered = 0
            guard end.run == .finished else { return }
        }
    }

    /// Whether the rows that are left would still leave enough administrators.
    private func refusal(isNew: Bool) async throws -> GuardRefusal? {
        // Of a run that waited, anybody may be an administrator by now.
        if isNew, try effect(on: nil).adminsLost.count == 0 { return nil }
        let now: Roster
        do throws(ListingFailure) {
            now = try await roster.listUsers()
        } catch {
            return GuardRefusal(
                sentence: "it cannot be told whether enough users with ADMIN would be left: \(error.reason)",
                rows: .init(), remedy: "rollcall runs resume \(number)")
        }
        return Guards.admins(try effect(on: now), limits)
    }

    private func effect(on roster: Roster?) throws -> PlanEffect {
        try ledger.effect(of: number, on: roster, domains: [], own: nil, privileged: limits.privileged)
    }

    func journal(turn: Int = 0) -> RunJournal {
        ledger.journal(of: number, turn: turn, find: OperationRules.find)
    }

    /// The journal, which tells of its rows where somebody wants to know.
    private func told(_ journal: RunJournal) -> any OperationJournal {
        guard console.output.tellsEvents else { return journal }
        return ToldJournal(number: number, journal: journal, ledger: ledger, news: news)
    }

    private var roster: KeptRoster { KeptRoster(connection: connection, ledger: ledger, allowEmpty: allowEmpty) }

    private func sendRows(_ total: Int, turn: Int, unanswered: Int) async throws -> RunEnd {
        let stage = RunStage(total: total)
        let shown = console.begin { stage.stage }
        let executor = BatchExecutor(
            journal: told(journal(turn: turn)), sender: connection.client, rosterSource: roster,
            options: ExecutionOptions(
                rate: pace.rate.perSecond, concurrency: pace.concurrency, batch: pace.batch,
                maxAttempts: pace.maxAttempts, timeout: .seconds(pace.timeout), resendUndecided: resendUnknown),
            onProgress: { stage.update($0) })
        interrupts.whileSending(
            hint: "Stopped. What was on its way is unknown until it is asked about: rollcall runs resume \(number)"
        ) { executor.drain() }
        defer {
            console.end(shown)
            sayWhatWasSettled(stage.progress)
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
}
