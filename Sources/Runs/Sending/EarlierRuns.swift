import Connections
import Domain
import Execution
import Foundation
import Ledger
import Planning
import TerminalIO

/// Earlier runs with unconfirmed rows for accounts of a new plan. These rows are settled before the plan is made,
/// because the plan must not invite people who were already invited.
struct EarlierRuns {
    let setup: RunSetup

    private var ledger: Ledger { setup.ledger }
    private var console: Console { setup.console }

    /// Settles the unconfirmed rows. This can take as long as their requests may be in progress.
    ///
    /// - Returns: the users and invitations afterwards.
    func settle(_ runs: [Int64]) async throws -> Roster {
        for run in runs {
            console.complain(
                "Run \(run) has unconfirmed rows for some of these accounts. They are checked first, which can take "
                    + "\((ClaimLimits.lease + .seconds(setup.options.pace.timeout) + setup.options.pace.lag).inUnits).")
            try await settle(run)
        }
        return try await setup.list().roster
    }

    /// Reports that an incomplete run of the same list can be resumed instead.
    func propose(insteadOf plan: RunPlan) throws {
        let runs = try asCommandFailure {
            try ledger.interruptedRuns(of: plan.inputSHA256, in: setup.lock.workspace, besides: plan.draft.number)
        }
        guard let run = runs.first else { return }
        console.complain(
            "Run \(run.number) of the same list ended with \(run.left.counted("row")) left. To resume it instead: "
                + console.command("runs resume \(run.reference)"))
    }

    private func settle(_ run: Int64) async throws {
        let open = try asCommandFailure { try ledger.releaseUnanswered(of: run, under: setup.lock) }
        let stage = RunStage(total: open, name: "Checking run \(run)")
        let executor = BatchExecutor(
            journal: ledger.journal(of: run, find: OperationRules.find), sender: NoSender(),
            rosterSource: setup.roster,
            options: setup.options.pace.execution(first: nil, resendUnknown: false), onProgress: { stage.update($0) })
        let shown = console.begin { stage.stage }
        defer { console.end(shown) }
        let end: RunEnd
        do {
            end = try await executor.settleOnly(open: open)
            try ledger.countUnanswered(of: run)
        } catch let error as LedgerError {
            throw CommandFailure(.nothingSent, error.sentence)
        }
        let settled = stage.progress.settled
        console.say(
            "Run \(run): \(settled.tookEffect.grouped) had taken effect, \(settled.sendAgain.grouped) had not, "
                + "\(settled.failed.grouped) failed, \(settled.open.grouped) still unconfirmed.")
        switch end {
        case .stopped(.credentialsRefused(let reason)):
            throw CommandFailure(ListingFailure.credentialsRefused(reason: reason))
        case .stopped(.unreachable(let reason)): throw CommandFailure(ListingFailure.unreachable(reason: reason))
        case .finished, .interrupted, .stopped: break
        }
    }
}

/// A sender for settling, which sends nothing.
private struct NoSender: OperationSender {
    func send(_ operations: [WorkspaceChange]) async -> [Answer] {
        preconditionFailure("settling sends nothing")
    }
}
