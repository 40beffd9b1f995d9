import Domain
import Foundation
import Ledger
import Planning
import Readers

/// Rows that were checked against each other and against the workspace.
struct RunPlan {
    let stage: PlanStage
    let summary: PlanSummary
    let effect: PlanEffect
    let inputSHA256: String

    /// Fills a plan, decides every row, and looks at what the workspace would be like afterwards. Nothing is sent.
    ///
    /// - Parameters:
    ///   - limits: what counts as outside and as privileged, and whose credentials these are.
    ///   - isDecided: whether every row comes with what becomes of it, as in a plan that was saved.
    ///   - fill: adds the rows; returns the SHA-256 of the input.
    static func make(
        _ header: RunHeader, against roster: Roster, limits: GuardLimits, in ledger: Ledger, under lock: WorkspaceLock,
        isDecided: Bool = false, console: Console, fill: (PlanStage) throws -> String
    ) throws -> RunPlan {
        do {
            let stage = try ledger.beginPlan(header, under: lock, at: Date(), privileged: limits.privileged)
            do {
                let digest = try fill(stage)
                return try console.during(StageCounter("Planning")) {
                    try stage.decide(
                        against: roster, by: isDecided ? { _ in .send(again: false) } : OperationRules.decide)
                    let effect = try ledger.effect(
                        of: stage.number, on: roster, domains: limits.domains, own: limits.own,
                        privileged: limits.privileged)
                    return RunPlan(stage: stage, summary: try stage.summary(), effect: effect, inputSHA256: digest)
                }
            } catch {
                try? stage.discard()
                throw error
            }
        } catch let error as CSVError {
            throw CommandFailure(.nothingSent, "\(Terminal.plain(header.input)) \(error.sentence); nothing was sent")
        } catch let error as LedgerError {
            throw CommandFailure(.nothingSent, error.sentence)
        }
    }
}

extension Roster {
    /// Every account type that somebody here has or was offered.
    var accountTypes: Set<AccountType> {
        Set(active.map(\.accountType)).union(invited.map(\.accountType))
    }
}
