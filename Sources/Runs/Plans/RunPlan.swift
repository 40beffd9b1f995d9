import Connections
import Domain
import Foundation
import Ledger
import Planning
import TerminalIO

/// A complete plan: its rows were checked against each other and against the workspace.
public struct RunPlan {
    /// The header of the run.
    let header: RunHeader
    /// The listing that the plan is based on.
    let listed: Snapshot
    /// The rows, in the ledger.
    let draft: PlanDraft
    let summary: PlanSummary
    let effect: PlanEffect
    let inputSHA256: String
    /// When the workspace was last listed for the plan.
    let listedAt: ContinuousClock.Instant

    /// The age of a plan after which the workspace is listed again before anything is sent. A debug build reads another
    /// number of seconds from `ROLLCALL_PLAN_FRESHNESS`, so that tests need not wait.
    static let freshness: Duration = {
        #if DEBUG
            let text = ProcessInfo.processInfo.environment["ROLLCALL_PLAN_FRESHNESS"] ?? ""
            if let seconds = Double(text) { return .seconds(seconds) }
        #endif
        return .seconds(30)
    }()

    /// Whether the workspace may have changed since the plan was made.
    var isOld: Bool { .now - listedAt > Self.freshness }

    /// Lists the workspace, fills a plan, decides about every row, and computes the effect of the plan. Nothing is
    /// sent.
    ///
    /// If earlier runs left unconfirmed rows for the same accounts, these are settled first, and the workspace is
    /// listed again.
    ///
    /// - Parameters:
    ///   - isDecided: whether the rows were already decided, as in a saved plan.
    ///   - fill: adds the rows; returns the SHA-256 of the input.
    /// - Throws: ``CommandFailure``; an incomplete plan is deleted.
    static func make(
        _ header: RunHeader, with setup: RunSetup, isDecided: Bool = false,
        fill: (PlanDraft, Roster) throws -> String
    ) async throws -> RunPlan {
        let (ledger, limits) = (setup.ledger, setup.options.limits)
        let listing = try await setup.list()
        var (roster, listedAt) = (listing.roster, ContinuousClock.now)
        do {
            var header = header
            header.limits = try SavedLimits(limits, users: roster.active.count, withDefaults: false).json()
            let draft = try ledger.beginPlan(header, under: setup.lock, at: Date(), privileged: limits.privileged)
            do {
                let digest = try fill(draft, roster)
                let open = try draft.unansweredRuns()
                if !open.isEmpty {
                    roster = try await setup.earlierRuns.settle(open)
                    listedAt = .now
                }
                return try setup.console.during(StageCounter("Planning")) { [header, roster, listedAt] in
                    try draft.decide(
                        against: roster, lag: setup.options.pace.lag,
                        by: isDecided ? OperationRules.decideAgain : OperationRules.decide)
                    return RunPlan(
                        header: header, listed: listing.snapshot, draft: draft, summary: try draft.summary(),
                        effect: try ledger.effect(of: draft.number, on: roster, limits.question), inputSHA256: digest,
                        listedAt: listedAt)
                }
            } catch {
                try? draft.discard()
                throw error
            }
        } catch let error as LedgerError {
            throw CommandFailure(.nothingSent, error.sentence)
        } catch {
            throw CommandFailure.reading(header.input, error)
        }
    }

    /// Confirms the plan, which becomes a run.
    func confirm() throws {
        try asCommandFailure { try draft.confirm(inputSHA256: inputSHA256, at: Date()) }
    }
}

extension Roster {
    /// All account types of users and invitations.
    public var accountTypes: Set<AccountType> {
        Set(active.map(\.accountType)).union(invited.map(\.accountType))
    }
}
