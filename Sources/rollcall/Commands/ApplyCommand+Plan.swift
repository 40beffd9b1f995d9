import Domain
import Ledger
import Planning
import Reviewing
import Runs
import Sealing
import TerminalIO

extension ApplyCommand {
    /// What was approved, if the workspace is as it was then.
    func carryOut(_ saved: SavedPlan, path: String, _ console: Console) async throws {
        let settings = try common.settings()
        let name = Terminal.plain(path, limit: 1000)
        guard let kind = RunHeader.Kind(rawValue: saved.kind) else {
            throw CommandFailure(.nothingSent, "\(name) is a plan of a kind that this version does not know")
        }
        var limits = guards.limits(settings)
        limits.add(saved.limits.limits(agreedToFor: name))
        var filled = try ReviewBinding(saved.review).map { try $0.reread(options: csv.options()) }
        let sealing =
            filled == nil || send.dryRun ? nil : try await seal.sealing(settings, otherwise: "nothing was sent")
        filled?.binding.seal = sealing?.request
        let reviewed = filled
        try await Sealing.sealing(reviewed?.binding.link ?? [], with: sealing, on: console) {
            try await execute(
                settings, options(settings, limits: limits, console), kind: kind, workspace: saved.workspace,
                input: path,
                review: try reviewed?.binding.json(), isDecided: true,
                origin: PlanOrigin(
                    "the plan of \(Terminal.plain(saved.listedAt)), made from \(Terminal.plain(saved.input))"),
                console: console, interrupts: Interrupts(console: console),
                prepare: { try reviewed?.binding.keep(reviewed?.files ?? []) },
                fill: { draft, roster in
                    let moves = saved.moves(in: roster)
                    guard moves.isEmpty else {
                        for move in moves { console.complain("\(name): \(move)") }
                        throw CommandFailure(
                            .nothingSent, code: .workspaceChanged,
                            "\(moves.count.counted("account")) changed since the plan was saved; save the plan again; nothing was sent"
                        )
                    }
                    let accounts = AccountIndex(roster)
                    for row in saved.rows { try draft.add(row.draft { accounts.user(uid: $0) }) }
                    return saved.inputSHA256
                })
        }
    }
}
