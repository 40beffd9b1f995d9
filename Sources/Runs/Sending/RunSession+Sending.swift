import Connections
import Domain
import Execution
import Foundation
import Ledger
import Planning
import TerminalIO

extension RunSession {
    /// Sends rows that give access first, and then rows that remove access. Between the two, the guards check the
    /// workspace again, because giving access to a new administrator may have failed.
    ///
    /// - Parameter isNew: whether the plan was just made.
    func sendTurns(_ end: inout Ending, isNew: Bool) async throws {
        var open = open
        var first = options.first
        while first != 0 {
            let turn = try ledger.nextTurn(of: number)
            guard turn != nil || open > 0 else { return }
            if let turn, turn > 0, let refusal = try await refusal(isNew: isNew) {
                end.refusal = refusal
                return
            }
            let left = try ledger.rowsToSend(of: number, turn: turn ?? 0)
            end.run = try await sendRows(min(left, first ?? left) + open, turn: turn ?? 0, open: open, first: first)
            open = 0
            first = try first.map { try max(0, $0 - left + ledger.rowsToSend(of: number, turn: turn ?? 0)) }
            guard end.run == .finished else { return }
        }
    }

    /// A refusal if too few administrators would be left after the remaining rows.
    private func refusal(isNew: Bool) async throws -> GuardRefusal? {
        // In a run that has waited, any user may have become an administrator.
        if isNew, try effect(on: nil).adminsLost.count == 0 { return nil }
        let now: Roster
        do throws(ListingFailure) {
            now = try await setup.roster.listUsers()
        } catch {
            return GuardRefusal(
                sentence: "the number of ADMIN users that would be left cannot be checked: \(error.reason)",
                rows: .init(), remedy: console.command("runs resume \(reference)"))
        }
        return Guards.admins(try effect(on: now), options.limits)
    }

    private func effect(on roster: Roster?) throws -> PlanEffect {
        try ledger.effect(of: number, on: roster, .init(privileged: options.limits.privileged))
    }

    func journal(turn: Int = 0) -> RunJournal {
        ledger.journal(of: number, turn: turn, under: setup.lock, find: OperationRules.find)
    }

    /// The journal, which also reports rows as events if the output has events.
    private func withEvents(_ journal: RunJournal) -> any OperationJournal {
        guard console.output.tellsEvents else { return journal }
        return EventJournal(number: number, journal: journal, ledger: ledger, news: news)
    }

    private func sendRows(_ total: Int, turn: Int, open: Int, first: Int?) async throws -> RunEnd {
        let stage = RunStage(total: total)
        let shown = console.begin { stage.stage }
        let executor = BatchExecutor(
            journal: withEvents(journal(turn: turn)), sender: connection.client, rosterSource: setup.roster,
            options: options.pace.execution(first: first, resendUnknown: options.resendsUnknown),
            onProgress: { stage.update($0) })
        setup.interrupts.whileSending(
            hint: "Stopped. Requests in flight are unconfirmed. To check them: "
                + console.command("runs resume \(reference)")
        ) { executor.drain() }
        defer {
            console.end(shown)
            reportSettled(stage.progress)
        }
        return try await executor.run(open: open, isFirst: try !ledger.hasSucceeded(number))
    }

    private func reportSettled(_ progress: RunProgress) {
        let settled = progress.settled
        let checked = settled.tookEffect + settled.sendAgain + settled.failed + settled.open
        if checked > 0 {
            var parts = ["\(settled.tookEffect.grouped) had taken effect", "\(settled.sendAgain.grouped) had not"]
            if settled.failed > 0 { parts.append("\(settled.failed.grouped) failed") }
            if settled.open > 0 { parts.append("\(settled.open.grouped) still unconfirmed") }
            console.say("Checked \(checked.counted("unconfirmed row")): \(parts.joined(separator: ", ")).")
        }
        if settled.missing > 0 && settled.open > 0 {
            console.complain(
                "The user list of the API lacks \(settled.missing.counted("row")) that the API confirmed, so it cannot "
                    + "show whether other rows took effect.")
        }
        if let reason = progress.couldNotCheck {
            console.complain("The unconfirmed rows could not be checked: \(reason)")
        }
    }
}
