import Domain
import Ledger
import Planning
import Reports
import Reviewing
import Runs
import Sealing
import Settings
import TerminalIO

/// The completed files of one review, after all checks that need no connection.
private struct CheckedDecisions {
    let folder: ReviewedFolder
    let files: [FilledFile]
    let decided: [DecidedAccount]
    let halfFilled: [ReviewProblem]
    let state: ReviewState
}

extension ApplyCommand {
    /// The decisions of one review or of several, from one file or from several. All files are checked before anything
    /// is sent.
    func carryOutReviews(on console: Console) async throws {
        let settings = try common.settings()
        let limits = guards.limits(settings)
        let reading = try csv.options()
        let counter = StageCounter("Reading the review")
        let filled = try console.during(counter) {
            try files.map { try FilledFile(path: $0, options: reading) { counter.set($0) } }
        }
        let folders = try ReviewedFolder.find(
            for: filled, given: evidence, ledger: common.openLedger(settings, isPractice: connection.sandbox),
            console: console)
        let parts = try ReviewedFolder.divide(filled, among: folders, console: console)
        let checked = try zip(folders, parts).filter { !$1.isEmpty }.map { folder, files in
            try check(files, of: folder, limits.privileged, console)
        }
        if checked.count == 1 { return try await carryOut(checked[0], settings, limits, console) }
        guard plan.savePlan == nil else {
            throw CommandFailure(
                .nothingSent, code: .usage,
                "the files are about \(checked.count) reviews, and a plan is saved for one; save a plan for each; nothing was "
                    + "sent")
        }
        try await carryOut(checked, settings, limits, console)
    }

    /// Carries out the decisions of several reviews, one after the other. A review whose decisions need attention does not
    /// prevent the others; a refusal does.
    private func carryOut(
        _ reviews: [CheckedDecisions], _ settings: UserSettings, _ limits: GuardLimits, _ console: Console
    ) async throws {
        var needsAttention: [String] = []
        for (place, review) in reviews.enumerated() {
            let record = review.folder.record
            let name = "\(Terminal.plain(record.review)) of \(Terminal.plain(record.workspace))"
            console.say(console.style.bold("Review \(name)"))
            do {
                try await console.output.element(
                    of: "reviews", event: "reviewApplied",
                    about: [JSONMember("review", record.review), JSONMember("workspace", record.workspace)]
                ) { try await carryOut(review, settings, limits, console) }
            } catch let failure as CommandFailure where failure.status == .needsAttention {
                if let sentence = failure.sentence { console.warn("review \(name): \(sentence)") }
                needsAttention.append(name)
            } catch var failure as CommandFailure where place > 0 {
                let rest = reviews[place...].map { Terminal.plain($0.folder.path, limit: 1000) }
                console.fail(
                    "the decisions of \(rest.count.counted("review")) were not sent: \(rest.joined(separator: ", "))")
                // What came before was sent.
                if failure.status == .nothingSent { failure.status = .needsAttention }
                throw failure
            }
        }
        guard needsAttention.isEmpty else {
            throw CommandFailure(
                .needsAttention,
                "\(needsAttention.count) of \(reviews.count.counted("review")) \(needsAttention.count == 1 ? "needs" : "need") "
                    + "attention: \(needsAttention.joined(separator: ", "))")
        }
    }

    /// Compares the files with the review that they belong to.
    ///
    /// - Throws: ``CommandFailure`` if a row is not as in the review, a decision is not clear, or the review is closed.
    private func check(
        _ files: [FilledFile], of folder: ReviewedFolder, _ privileged: PrivilegedTypes, _ console: Console
    ) throws -> CheckedDecisions {
        let (decided, problems, halfFilled) = folder.match(files, by: .current)
        guard problems.isEmpty else {
            console.complain(problems, as: .error)
            throw CommandFailure(
                .nothingSent, code: .inputInvalid,
                "\(problems.count.counted("row")) \(problems.count == 1 ? "is" : "are") not as in review "
                    + "\(Terminal.plain(folder.record.review)); nothing was sent")
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
        try checkQuality(decided, privileged, console)
        console.complain(halfFilled, as: .warning)
        return CheckedDecisions(folder: folder, files: files, decided: decided, halfFilled: halfFilled, state: state)
    }

    /// Carries out the decisions of one review.
    private func carryOut(
        _ checked: CheckedDecisions, _ settings: UserSettings, _ limits: GuardLimits, _ console: Console
    ) async throws {
        let (folder, state, halfFilled) = (checked.folder, checked.state, checked.halfFilled)
        let isWritten = !send.dryRun && plan.savePlan == nil
        let sealing = isWritten ? try await seal.sealing(settings, otherwise: "nothing was sent") : nil
        var binding = ReviewBinding(
            review: folder.record.review, folder: folder.path, manifestSHA256: folder.manifestSHA256,
            files: checked.files)
        binding.seal = sealing?.request
        var unreviewed: [PopulationChange] = []
        try await Sealing.sealing(binding.link, newIn: binding.folder, with: sealing, on: console) {
            try await execute(
                settings, options(settings, limits: limits, console), kind: .apply, workspace: folder.record.workspace,
                input: files[0], review: try binding.json(),
                origin: PlanOrigin("the decisions of review \(Terminal.plain(folder.record.review))"),
                console: console, interrupts: Interrupts(console: console),
                prepare: { try binding.keep(checked.files) },
                fill: { draft, roster in
                    unreviewed = try tellChanges(since: state, in: roster, console)
                    var rules = DecisionRules(
                        accounts: AccountIndex(roster), seen: roster.accountTypes,
                        known: state.known(samePerson: person, privileged: limits.privileged))
                    for decided in checked.decided { try draft.add(rules.row(for: decided)) }
                    return checked.files[0].sha256
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
                    + "reviewed \(unreviewed.count == 1 ? "it" : "them"); to add \(unreviewed.count == 1 ? "it" : "them") to the review: "
                    + console.command("review add " + ShellWord.path(folder.path)))
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
