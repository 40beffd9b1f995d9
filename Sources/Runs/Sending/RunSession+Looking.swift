import Connections
import Domain
import Foundation
import Ledger
import Planning
import TerminalIO

/// Checks an older plan against the current workspace before it is sent. In the meantime, people may have been invited
/// by hand or by another run, or an account may have become privileged.
extension RunSession {
    /// Lists the workspace, and decides again about the rows that are still to be sent, with the rules and limits for a
    /// new plan.
    ///
    /// - Parameter checksSelf: whether the user's own account must be among the users.
    /// - Throws: ``CommandFailure`` if the workspace cannot be listed or a limit would be exceeded; nothing is sent
    ///   then.
    public func lookAgain(checksSelf: Bool) async throws {
        let listing = try await setup.list()
        let roster = listing.roster
        let draft = ledger.plan(of: number, privileged: options.limits.privileged)
        try asCommandFailure {
            let before = try ledger.counts(of: number)
            try draft.decide(against: roster, lag: options.pace.lag, by: OperationRules.decideAgain)
            let after = try ledger.counts(of: number)
            reportChanges(draft.moves, from: before, to: after)
        }
        let effect = try asCommandFailure {
            try ledger.effect(of: number, on: roster, options.limits.question)
        }
        let refusals =
            Guards.check(effect, options.limits) + (checksSelf ? Guards.strangers([effect], options.limits) : [])
        guard refusals.isEmpty else {
            for refusal in refusals { console.complain(refusal) }
            try news.refused(refusals.map(GuardFigures.init))
            throw CommandFailure(
                .nothingSent, code: .limitExceeded,
                "the rows left in run \(number) exceed \(refusals.count.counted("limit")); nothing was sent")
        }
    }

    private func reportChanges(_ moves: [PlanDraft.Move], from: [Outcome.Kind: Int], to: [Outcome.Kind: Int]) {
        for move in moves.prefix(PlanEffect.Rows.limit) {
            console.warn(
                "\(Terminal.plain(move.email, limit: 254)) was \(Terminal.plain(move.before.rawValue)) when the plan "
                    + "was made, and is now \(Terminal.plain(move.now.rawValue))")
        }
        if moves.count > PlanEffect.Rows.limit {
            console.warn(
                "\((moves.count - PlanEffect.Rows.limit).counted("more account has", "more accounts have")) changed "
                    + "since the plan was made")
        }
        let skipped = (to[.skipped] ?? 0) - (from[.skipped] ?? 0)
        let rejected = (to[.rejected] ?? 0) - (from[.rejected] ?? 0)
        if skipped > 0 {
            console.say(
                "The workspace has changed since the plan was made: \(skipped.counted("row is", "rows are")) already "
                    + "done and will be skipped.")
        }
        if rejected > 0 {
            console.complain(
                "The workspace has changed since the plan was made: \(rejected.counted("row")) can no longer be sent.")
        }
    }
}
