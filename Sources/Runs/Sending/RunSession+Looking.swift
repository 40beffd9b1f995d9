import Connections
import Domain
import Foundation
import Ledger
import Planning
import TerminalIO

/// A plan that has waited is not sent before another look at the workspace: somebody may have invited people by hand,
/// another run may have sent the same list, an account may have become privileged.
extension RunSession {
    /// Lists the workspace and decides the rows that are still to be sent anew, under the rules and the limits of a new
    /// plan.
    ///
    /// - Parameter checksSelf: whether the account of the credentials has to be among the users.
    /// - Throws: ``CommandFailure`` where the listing cannot be had, or a limit would be exceeded; the rows are then as
    ///   they were.
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
                .nothingSent,
                "what is left of run \(number) exceeds \(refusals.count.counted("limit")); nothing was sent")
        }
    }

    private func reportChanges(_ moves: [PlanDraft.Move], from: [Outcome.Kind: Int], to: [Outcome.Kind: Int]) {
        for move in moves.prefix(PlanEffect.Rows.limit) {
            console.warn(
                "\(Terminal.plain(move.email, limit: 254)) is \(Terminal.plain(move.now.rawValue)) now and was "
                    + "\(Terminal.plain(move.before.rawValue)) when the plan was made")
        }
        if moves.count > PlanEffect.Rows.limit {
            console.warn(
                "\((moves.count - PlanEffect.Rows.limit).grouped) more accounts changed since the plan was made")
        }
        let skipped = (to[.skipped] ?? 0) - (from[.skipped] ?? 0)
        let rejected = (to[.rejected] ?? 0) - (from[.rejected] ?? 0)
        if skipped > 0 {
            console.say(
                "The workspace changed since the plan was made: \(skipped.counted("row")) already done, skipped.")
        }
        if rejected > 0 {
            console.complain(
                "The workspace changed since the plan was made: \(rejected.counted("row")) can no longer be sent.")
        }
    }
}
