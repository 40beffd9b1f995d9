import Domain
import Ledger
import Planning
import Reports
import Reviewing
import Runs
import TerminalIO

extension ApplyCommand {
    /// The decisions of one review, from one file or from several.
    func carryOutReview(on console: Console) async throws {
        let settings = try common.settings()
        let limits = guards.limits(settings)
        let reading = try csv.options()
        let counter = StageCounter("Reading the review")
        let filled = try console.during(counter) {
            try files.map { try FilledFile(path: $0, options: reading) { counter.set($0) } }
        }
        guard let review = filled.lazy.flatMap(\.rows).map({ $0[.review] }).first(where: { !$0.isEmpty }) else {
            throw CommandFailure(
                .nothingSent,
                "\(Terminal.plain(files[0])) does not say which review it belongs to; its column Review is "
                    + "empty; nothing was sent")
        }
        let folder = try ReviewedFolder.find(
            review: review, besides: filled, given: evidence,
            ledger: common.openLedger(settings, isPractice: connection.sandbox), console: console)
        let (decided, problems) = folder.match(filled, by: .current)
        guard problems.isEmpty else {
            for problem in problems { console.complain(problem, as: .error) }
            throw CommandFailure(
                .nothingSent, code: .inputInvalid,
                "\(problems.count.counted("row")) \(problems.count == 1 ? "is" : "are") not as in review "
                    + "\(Terminal.plain(review)); nothing was sent")
        }
        let objections = decided.compactMap(DecisionRules.objection)
        guard objections.isEmpty else {
            for objection in objections { console.complain(objection, as: .error) }
            throw CommandFailure(
                .nothingSent, code: .inputInvalid,
                "\(objections.count.counted("row")) without a clear decision; nothing was sent")
        }
        try checkQuality(decided, limits.privileged, console)
        let binding = ReviewBinding(
            review: folder.record.review, folder: folder.path, manifestSHA256: folder.manifestSHA256, files: filled)
        try await execute(
            settings, options(settings, limits: limits, console), kind: .apply, workspace: folder.record.workspace,
            input: files[0], review: try binding.json(),
            origin: PlanOrigin("the decisions of review \(Terminal.plain(review))"),
            console: console, interrupts: Interrupts(console: console),
            prepare: { try binding.keep(filled) },
            fill: { draft, roster in
                var rules = DecisionRules(accounts: AccountIndex(roster), seen: roster.accountTypes)
                for decided in decided { try draft.add(rules.row(for: decided)) }
                return filled[0].sha256
            })
    }

    /// What an auditor would ask: said, and with `--strict` enough to send nothing.
    private func checkQuality(
        _ decided: [DecidedAccount], _ privileged: PrivilegedTypes, _ console: Console
    ) throws {
        let undecided = decided.filter { $0.decision == .notReviewed || $0.decision == .decision(.dontKnow) }
        if requireComplete, !undecided.isEmpty {
            for decided in undecided.prefix(20) {
                let text = decided.decision == .notReviewed ? "not reviewed" : "Don't know"
                console.complain(
                    ReviewProblem(
                        place: decided.row.place, row: decided.row.row, message: "\(decided.account.email): \(text)"),
                    as: .error)
            }
            throw CommandFailure(
                .nothingSent,
                "\(undecided.count.counted("account")) without a decision, and --require-complete was given; nothing "
                    + "was sent")
        }
        let doubts = ReviewQuality.doubts(about: decided, privileged: privileged)
        for doubt in plan.strict ? doubts[...] : doubts.prefix(PlanEffect.Rows.limit) {
            console.complain(doubt, as: plan.strict ? .error : .warning)
        }
        if !plan.strict, doubts.count > PlanEffect.Rows.limit {
            let more = (doubts.count - PlanEffect.Rows.limit).grouped
            console.warn("\(more) more warnings about the review; --strict lists all of them and sends nothing")
        }
        if plan.strict, !doubts.isEmpty {
            throw CommandFailure(
                .nothingSent,
                "\(doubts.count.counted("warning")) about the review, and --strict was given; nothing was sent")
        }
    }
}
