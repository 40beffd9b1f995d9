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
    /// When the workspace was listed that the plan was made against.
    let listedAt: ContinuousClock.Instant

    /// After this long, the workspace is listed again before anything is sent. A debug build reads another number of
    /// seconds from `ROLLCALL_PLAN_FRESHNESS`, so that a test does not have to wait.
    static let freshness: Duration = {
        #if DEBUG
            let text = ProcessInfo.processInfo.environment["ROLLCALL_PLAN_FRESHNESS"] ?? ""
            if let seconds = Double(text) { return .seconds(seconds) }
        #endif
        return .seconds(30)
    }()

    /// Whether the workspace may have changed since.
    var isOld: Bool { .now - listedAt > Self.freshness }

    /// Fills a plan, decides every row, and looks at what the workspace would be like afterwards. Nothing is sent.
    ///
    /// - Parameters:
    ///   - limits: what counts as outside and as privileged, and whose credentials these are.
    ///   - isDecided: whether every row comes with what becomes of it, as in a plan that was saved.
    ///   - lag: how long a listing may lag behind an answer.
    ///   - settle: settles what earlier runs left open about the same accounts, and lists the workspace again.
    ///   - fill: adds the rows; returns the SHA-256 of the input.
    static func make(
        _ header: RunHeader, against roster: Roster, limits: GuardLimits, in ledger: Ledger, under lock: WorkspaceLock,
        isDecided: Bool = false, lag: Duration, console: Console, settle: ([Int64]) async throws -> Roster,
        fill: (PlanStage) throws -> String
    ) async throws -> RunPlan {
        do {
            var (roster, listedAt) = (roster, ContinuousClock.now)
            var header = header
            header.limits = try SavedLimits(limits, users: roster.active.count, withDefaults: false).json()
            let stage = try ledger.beginPlan(header, under: lock, at: Date(), privileged: limits.privileged)
            do {
                let digest = try fill(stage)
                let open = try stage.unansweredRuns()
                if !open.isEmpty {
                    roster = try await settle(open)
                    listedAt = .now
                }
                return try console.during(StageCounter("Planning")) { [roster, listedAt] in
                    try stage.decide(
                        against: roster, lag: lag, by: isDecided ? OperationRules.decideAgain : OperationRules.decide)
                    let effect = try ledger.effect(of: stage.number, on: roster, limits.question)
                    return RunPlan(
                        stage: stage, summary: try stage.summary(), effect: effect, inputSHA256: digest,
                        listedAt: listedAt)
                }
            } catch {
                try? stage.discard()
                throw error
            }
        } catch let error as LedgerError {
            throw CommandFailure(.nothingSent, error.sentence)
        } catch {
            throw PeopleList.failure(error, header.input)
        }
    }
}

extension Roster {
    /// Every account type that somebody here has or was offered.
    var accountTypes: Set<AccountType> {
        Set(active.map(\.accountType)).union(invited.map(\.accountType))
    }
}
