import Domain
import Foundation
import Ledger
import Planning

/// A plan before anybody has agreed to it.
struct Proposal {
    let stage: PlanStage
    let summary: PlanSummary
    let workspace: String
    let send: SendOptions
    let console: Console

    /// Shows the problems and the plan.
    ///
    /// - Parameters:
    ///   - file: the input's name for messages.
    ///   - mapping: what was read from where.
    func show(file: String, mapping: String) throws {
        try stage.problems(file: file) { console.complain($0.description) }
        let table = PlanTable(summary: summary, rate: send.rate.perSecond, mapping: mapping, workspace: workspace)
        for line in table.lines(console) { console.say(line) }
    }

    /// Whether to send: asks where somebody is there to be asked, and says why not where the answer is no.
    ///
    /// - Parameter strict: one rejected row is enough to send nothing.
    /// - Returns: false for a dry run.
    func isAgreed(strict: Bool) throws -> Bool {
        let rejected = summary.rejected.values.reduce(0, +)
        if strict && rejected > 0 {
            try inWords { try stage.discard() }
            throw CommandFailure(
                .nothingSent, "\(rejected.counted("row")) rejected, and --strict was given; nothing was sent")
        }
        if send.dryRun {
            console.say("Dry run: nothing was sent.")
            if rejected > 0 { throw CommandFailure(.needsAttention) }
            return false
        }
        guard summary.toSend > 0, !send.yes else { return true }
        let question = "Send \(summary.toSend.counted("invite")) to \(Terminal.plain(workspace))?"
        do {
            try Prompt.agree(question, console: console)
        } catch {
            try inWords { try stage.discard() }
            throw error
        }
        return true
    }
}

extension Prompt {
    /// Asks, and ends the command unless the answer is yes.
    static func agree(_ question: String, console: Console) throws {
        switch ask(question, console: console) {
        case .yes: return
        case .no: throw CommandFailure(.nothingSent, "nothing was sent, because the answer was not yes")
        case .nobody:
            throw CommandFailure(.nothingSent, "nothing was sent: there is no terminal to ask at; give --yes to go on")
        }
    }
}
