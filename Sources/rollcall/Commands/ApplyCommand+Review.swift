import Domain
import Ledger
import Planning
import Reports
import Reviewing
import Runs
import Sealing
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
        let (decided, problems, halfFilled) = folder.match(filled, by: .current)
        guard problems.isEmpty else {
            console.complain(problems, as: .error)
            throw CommandFailure(
                .nothingSent, code: .inputInvalid,
                "\(problems.count.counted("row")) \(problems.count == 1 ? "is" : "are") not as in review "
                    + "\(Terminal.plain(review)); nothing was sent")
        }
        let objections = decided.compactMap(\.objection) + decided.compactMap(Self.invalidEnd)
        guard objections.isEmpty else {
            console.complain(objections, as: .error)
            throw CommandFailure(
                .nothingSent, code: .inputInvalid,
                "\(objections.count.counted("row")) without a clear decision; nothing was sent")
        }
        let state = try ReviewState(of: folder)
        if let closing = state.closing { throw closing.refusal("nothing was sent") }
        if requireComplete { try checkComplete(decided, state, console) }
        try checkQuality(decided, limits.privileged, console)
        console.complain(halfFilled, as: .warning)
        let isWritten = !send.dryRun && plan.savePlan == nil
        let sealing = isWritten ? try await seal.sealing(settings, otherwise: "nothing was sent") : nil
        var binding = ReviewBinding(
            review: folder.record.review, folder: folder.path, manifestSHA256: folder.manifestSHA256, files: filled)
        binding.seal = sealing?.request
        var unreviewed: [PopulationChange] = []
        try await Sealing.sealing(binding.link, with: sealing, on: console) {
            try await execute(
                settings, options(settings, limits: limits, console), kind: .apply, workspace: folder.record.workspace,
                input: files[0], review: try binding.json(),
                origin: PlanOrigin("the decisions of review \(Terminal.plain(review))"),
                console: console, interrupts: Interrupts(console: console),
                prepare: { try binding.keep(filled) },
                fill: { draft, roster in
                    unreviewed = try tellChanges(since: state, in: roster, console)
                    var rules = DecisionRules(
                        accounts: AccountIndex(roster), seen: roster.accountTypes,
                        known: state.known(samePerson: person, privileged: limits.privileged))
                    for decided in decided { try draft.add(rules.row(for: decided)) }
                    return filled[0].sha256
                })
        }
        if !halfFilled.isEmpty {
            throw CommandFailure(
                .needsAttention,
                "\(halfFilled.count.counted("row is", "rows are")) filled in without a decision and "
                    + "\(halfFilled.count == 1 ? "stays" : "stay") open")
        }
        if !unreviewed.isEmpty {
            throw CommandFailure(
                .needsAttention,
                "\(unreviewed.count.counted("privilege was", "privileges were")) given since the review and nobody has "
                    + "reviewed \(unreviewed.count == 1 ? "it" : "them")")
        }
        if close, !send.dryRun, plan.savePlan == nil {
            let closing = ClosingRequest(
                folder: folder.path, approver: approver, forcedBecause: nil, isStrict: plan.strict,
                ledger: try common.openLedger(settings, isPractice: connection.sandbox), sealing: sealing)
            do {
                try await closing.carryOut(over: connection, settings, on: console)
            } catch var failure as CommandFailure where failure.code == .reviewOpen {
                // The decisions were sent.
                failure.status = .needsAttention
                throw failure
            }
        }
    }

    /// The problem of an end of an exception that is no date.
    private static func invalidEnd(of decided: DecidedAccount) -> ReviewProblem? {
        let text = decided.row[.exceptionUntil]
        guard !text.isEmpty, CalendarDay(text) == nil else { return nil }
        return ReviewProblem(
            decided.row, .exceptionUntil, kind: .unclear,
            "\"\(Terminal.plain(text, limit: 80))\" is not a date such as 2026-12-31")
    }

    /// Lists what has changed in the workspace since the review.
    ///
    /// - Returns: the privileges that nobody has reviewed.
    private func tellChanges(
        since state: ReviewState, in roster: Roster, _ console: Console
    ) throws -> [PopulationChange] {
        let changes = state.changes(in: roster)
        try console.output.rows(
            "changesSinceReview", event: "changeSinceReview",
            JSONRow(keys: ["change", "email", "uid", "typeBefore", "typeAfter", "unreviewedPrivilege"])
        ) { emit in
            for change in changes {
                try emit([
                    .text(change.kind.rawValue), .text(change.email), Cell(change.uid),
                    Cell(change.typeBefore?.rawValue),
                    Cell(change.typeAfter?.rawValue), .flag(change.isUnreviewedPrivilege),
                ])
            }
        }
        let unreviewed = changes.filter(\.isUnreviewedPrivilege)
        let others = changes.filter { !$0.isUnreviewedPrivilege }
        for change in unreviewed.prefix(PlanEffect.Rows.limit) {
            console.warn("since the review, \(change.sentence); nobody has reviewed this privilege")
        }
        let more = unreviewed.count - PlanEffect.Rows.limit
        if more > 0 { console.warn("\(more.grouped) more privileges that nobody has reviewed") }
        if !others.isEmpty {
            let kinds = PopulationChange.Kind.allCases.compactMap { kind in
                let count = others.count { $0.kind == kind }
                return count > 0 ? "\(count.grouped) \(kind.words)" : nil
            }
            console.say("Other changes since the review: " + kinds.joined(separator: ", "))
        }
        return unreviewed
    }

    /// Refuses if an account of the review has a decision neither in these files nor in earlier ones.
    private func checkComplete(_ decided: [DecidedAccount], _ state: ReviewState, _ console: Console) throws {
        var open = Set(state.accounts.filter { $0.standing == .undecided }.map(\.key))
        var unsure: Set<String> = []
        for account in decided {
            let key = account.key
            switch account.decision {
            case .decision(.dontKnow):
                open.insert(key)
                unsure.insert(key)
            case .decision: open.remove(key)
            // An empty cell replaces no earlier decision.
            case .notReviewed, .unclear: break
            }
        }
        guard !open.isEmpty else { return }
        for account in state.accounts.lazy.filter({ open.contains($0.key) }).prefix(PlanEffect.Rows.limit) {
            let assignee = account.assignee.map { " (\(Terminal.plain($0)))" } ?? ""
            let reason = unsure.contains(account.key) ? "Don't know" : "not decided"
            console.complain(
                "\(Terminal.plain(account.account.email, limit: 254)): \(reason)\(assignee)", as: .error)
        }
        throw CommandFailure(
            .nothingSent, code: .reviewOpen,
            "\(open.count.counted("account")) of \(state.accounts.count.grouped) without a decision, and "
                + "--require-complete was given; nothing was sent")
    }

    /// What an auditor would ask: said, and with `--strict` enough to send nothing.
    private func checkQuality(
        _ decided: [DecidedAccount], _ privileged: PrivilegedTypes, _ console: Console
    ) throws {
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
