import Connections
import Domain
import Foundation
import Ledger
import Planning
import TerminalIO

/// A plan before its confirmation.
struct Proposal {
    /// The plan.
    let plan: RunPlan
    let setup: RunSetup

    /// Proposes a plan.
    init(plan: RunPlan, setup: RunSetup) {
        self.plan = plan
        self.setup = setup
    }

    private var console: Console { setup.console }
    private var options: RunOptions { setup.options }

    /// Shows the problems and the plan.
    ///
    /// - Parameter origin: where the rows come from.
    func show(_ origin: PlanOrigin) throws {
        let (file, workspace, pace) = (plan.header.input, setup.connection.workspace, options.pace)
        var problems = RepeatedProblems()
        try plan.draft.problems(
            file: file, sheet: origin.sheet, without: origin.list == nil ? nil : .unknownAccountType
        ) { problem, ground in
            if problems.isShown(ground) || console.format == .json { console.complain(problem) }
        }
        for line in problems.summary(of: Terminal.plain(file)) { console.complain(line) }
        origin.list?.tell(file: file, console)
        try setup.news.problems(of: plan.draft, file: file)
        try setup.news.planned(plan, in: workspace, isDry: options.isDryRun, rate: pace.rate)
        var table = PlanTable(
            summary: plan.summary, effect: plan.effect, rate: pace.rate.perSecond, mapping: origin.words,
            workspace: workspace, batch: pace.batch, width: console.textWidth)
        // The plan is the requested output of a dry run.
        guard !options.isDryRun else {
            table.width = console.output.textWidth
            let title = setup.name.map { [console.outputStyle.bold(Terminal.plain($0))] } ?? []
            let lines = title + table.lines(console.outputStyle)
            return try console.output.text(lines.map { $0 + "\n" }.joined())
        }
        if let name = setup.name { console.say(["", console.style.bold(Terminal.plain(name))], []) }
        console.say(
            table.lines(console.style),
            [JSONMember("workspace", workspace), JSONMember("plan", PlanFigures(plan, rate: pace.rate.perSecond))])
    }

    /// Refuses a plan that exceeds a limit, before anything is sent.
    ///
    /// - Parameter others: the proposals for other workspaces that are made together with this one, if it is the last.
    func guardWorkspace(besides others: [Proposal] = [], isLast: Bool = true) throws {
        let effects = (others + [self]).map(\.plan.effect)
        let refusals =
            Guards.check(plan.effect, options.limits) + (isLast ? Guards.strangers(effects, options.limits) : [])
        guard !refusals.isEmpty else { return }
        for refusal in refusals { console.complain(refusal) }
        try setup.news.refused(refusals.map(GuardFigures.init))
        try asCommandFailure { try plan.draft.discard() }
        throw CommandFailure(
            .nothingSent, code: .limitExceeded, "the plan exceeds \(refusals.count.counted("limit")); nothing was sent")
    }

    /// Writes it to a file instead of sending it.
    func save(to path: String) throws {
        let digest = try SavedPlan.save(plan, limits: options.limits, to: path)
        try console.output.add(JSONMember("files", [RunNews.File(kind: .plan, path: path)]))
        try console.output.add(JSONMember("digest", digest))
        console.say("Plan digest (keep it with the approval): \(digest)")
        console.say(
            "Nothing was sent. To send exactly this plan: "
                + console.command("apply \(ShellWord.path(path)) --digest \(digest)"))
    }

    /// Writes every row of a dry run for programs.
    func tellRows() throws {
        if options.isDryRun { try setup.news.rows(of: plan) }
    }

    /// Whether to send; asks for confirmation at a terminal.
    ///
    /// - Returns: false for a dry run.
    func isAgreed() throws -> Bool { try [self].isAgreed() }

    /// The number of rejected rows, without manual steps, which are not errors in the file.
    fileprivate var rejected: Int { plan.summary.rejected.filter { $0.key != .byHand }.values.reduce(0, +) }

    /// What people call the workspace: its name, else the profile's, else its endpoint's host.
    fileprivate var workspaceName: String { setup.name ?? options.profile ?? setup.connection.host }

    /// `invite 12 people to acme.io`
    fileprivate var request: String {
        let kinds = WorkspaceChange.Kind.allCases.filter { plan.summary.count(of: $0) > 0 }
        let workspace = Terminal.plain(setup.name.map { "workspace \($0)" } ?? setup.connection.workspace)
        return kinds.map { $0.request(plan.summary.count(of: $0)) }.listed("and")
            + (kinds == [.invite] ? " to " : " in ") + workspace
    }
}

/// Plans for several workspaces are confirmed together, or not at all.
extension [Proposal] {
    /// As ``Proposal/isAgreed()``, for all of them.
    func isAgreed() throws -> Bool {
        guard let options = first?.setup.options, let console = first?.setup.console else { return false }
        let rejected = map(\.rejected).reduce(0, +)
        if options.isStrict && rejected > 0 {
            try discard()
            throw CommandFailure(
                .nothingSent, code: .rowsRejected,
                "\(rejected.counted("row")) rejected, and --strict was given; nothing was sent")
        }
        if options.isDryRun {
            console.say("Dry run: nothing was sent.")
            if contains(where: { !$0.plan.summary.rejected.isEmpty }) { throw CommandFailure(.needsAttention) }
            let changes = map(\.plan.summary.toSend).reduce(0, +)
            if options.isCheck, changes > 0 {
                throw CommandFailure(
                    .needsAttention, "\(changes.counted("change")) would make the workspace match the list")
            }
            return false
        }
        let sending = filter { $0.plan.summary.toSend > 0 }
        guard !sending.isEmpty, !options.isAgreed else { return true }
        do {
            try sending.confirmation.ask(on: console)
        } catch {
            try discard()
            throw error
        }
        return true
    }

    /// What is asked before these plans are sent. What takes access away cannot be undone, and is confirmed by typing
    /// where it happens.
    fileprivate var confirmation: Confirmation {
        let request = map(\.request).joined(separator: "; ")
        let options = first?.setup.options
        let profile = options?.profile.map { " (profile \(Terminal.plain($0)))" } ?? ""
        // All of them are in the sandbox, or none is.
        let question = Practice.title(
            request.prefix(1).uppercased() + request.dropFirst() + profile + "?",
            of: first?.setup.connection.workspace ?? "")
        let removing = filter { $0.plan.summary.removals > 0 }
        guard let first = removing.first else { return Confirmation(question) }
        let word =
            removing.count == 1 ? first.workspaceName : options?.profile ?? first.setup.connection.host
        return Confirmation(question + " This cannot be undone.", typing: word)
    }

    /// Deletes all of the plans.
    func discard() throws {
        for proposal in self { try asCommandFailure { try proposal.plan.draft.discard() } }
    }
}

extension PlanEffect.Rows {
    /// One line for each row, and the number of rows that are not listed.
    ///
    /// - Parameter columns: the width of the terminal; nil for no wrapping.
    func lines(in columns: Int?) -> [String] {
        var lines = first.map { row in
            Columns.hanging(
                "\(Terminal.plain(row.email, limit: 254))  \(Terminal.plain(row.change))",
                behind: row.line == 0 ? "  not in the list  " : "  line \(row.line)  ", in: columns)
        }
        if count > first.count { lines.append("  and \((count - first.count).grouped) more") }
        return lines
    }
}
