import Domain
import Foundation
import Ledger
import Planning

/// A plan before anybody has agreed to it.
struct Proposal {
    let plan: RunPlan
    let workspace: String
    /// What people call the workspace, where it has to be told from others.
    var name: String?
    let send: SendOptions
    let pace: Pace
    let limits: GuardLimits
    let console: Console

    /// Shows the problems and the plan.
    ///
    /// - Parameters:
    ///   - file: the input's name for messages.
    ///   - origin: where the rows come from.
    func show(file: String, _ origin: PlanOrigin) throws {
        try plan.stage.problems(
            file: file, sheet: origin.sheet, without: origin.list == nil ? nil : .unknownAccountType
        ) { console.complain($0) }
        origin.list?.tell(file: file, console)
        let news = RunNews(output: console.output)
        try news.problems(of: plan.stage, file: file)
        try news.planned(plan, in: workspace, isDry: send.dryRun, rate: pace.rate)
        let table = PlanTable(
            summary: plan.summary, effect: plan.effect, rate: pace.rate.perSecond, mapping: origin.words,
            workspace: workspace, batch: pace.batch, width: console.textWidth)
        console.say(
            table.lines(console),
            [JSONMember("workspace", workspace), JSONMember("plan", PlanFigures(plan, rate: pace.rate.perSecond))])
    }

    /// Refuses what goes beyond a limit, before anything is sent.
    ///
    /// - Parameter others: the proposals for other workspaces that are made together with this one, if it is the last.
    func guardWorkspace(besides others: [Proposal] = [], isLast: Bool = true) throws {
        let effects = (others + [self]).map(\.plan.effect)
        let refusals = Guards.check(plan.effect, limits) + (isLast ? Guards.strangers(effects, limits) : [])
        guard !refusals.isEmpty else { return }
        for refusal in refusals { console.complain(refusal) }
        try RunNews(output: console.output).refused(refusals.map(GuardFigures.init))
        try asCommandFailure { try plan.stage.discard() }
        throw CommandFailure(
            .nothingSent, "the plan goes beyond \(refusals.count.counted("limit")); nothing was sent")
    }

    /// Writes it to a file instead of sending it.
    func save(_ header: RunHeader, _ listed: Snapshot, from ledger: Ledger, to path: String) throws {
        let digest = try SavedPlan.save(plan, header: header, listed: listed, limits: limits, from: ledger, to: path)
        try console.output.add(JSONMember("files", [RunNews.File(kind: .plan, path: path)]))
        try console.output.add(JSONMember("digest", digest))
        console.say("Digest of the plan, to keep with its approval: \(digest)")
        console.say(
            "Nothing was sent. To send exactly this: "
                + console.command("apply \(ShellWord.path(path)) --digest \(digest)"))
    }

    /// Tells programs every row of a plan that is not sent.
    func tellRows() throws {
        if send.dryRun { try RunNews(output: console.output).rows(of: plan) }
    }

    /// Whether to send: asks where somebody is there to be asked, and says why not where the answer is no.
    ///
    /// - Parameter strict: one rejected row is enough to send nothing.
    /// - Returns: false for a dry run.
    func isAgreed(strict: Bool) throws -> Bool { try [self].isAgreed(strict: strict) }

    /// How many rows are rejected; a step by hand is no mistake in the file.
    fileprivate var rejected: Int { plan.summary.rejected.filter { $0.key != .byHand }.values.reduce(0, +) }

    /// `12 invites to https://…`, `12 invites to Acme Finance`
    fileprivate var what: String {
        let what = WorkspaceChange.Kind.allCases.compactMap { kind -> String? in
            let count = plan.summary.count(of: kind)
            return count > 0 ? count.counted(kind.noun) : nil
        }
        return "\(what.joined(separator: ", ")) to \(Terminal.plain(name ?? workspace))"
    }
}

/// Plans for several workspaces are agreed to together, or not at all.
extension [Proposal] {
    /// As ``Proposal/isAgreed(strict:)``, for all of them.
    func isAgreed(strict: Bool) throws -> Bool {
        guard let send = first?.send, let console = first?.console else { return false }
        let rejected = map(\.rejected).reduce(0, +)
        if strict && rejected > 0 {
            try discard()
            throw CommandFailure(
                .nothingSent, "\(rejected.counted("row")) rejected, and --strict was given; nothing was sent")
        }
        if send.dryRun {
            console.say("Dry run: nothing was sent.")
            if contains(where: { !$0.plan.summary.rejected.isEmpty }) { throw CommandFailure(.needsAttention) }
            return false
        }
        let sending = filter { $0.plan.summary.toSend > 0 }
        guard !sending.isEmpty, !send.yes else { return true }
        do {
            try Prompt.agree("Send " + sending.map(\.what).joined(separator: ", ") + "?", console: console)
        } catch {
            try discard()
            throw error
        }
        return true
    }

    /// Takes all of the plans back.
    func discard() throws {
        for proposal in self { try asCommandFailure { try proposal.plan.stage.discard() } }
    }
}

extension PlanEffect.Rows {
    /// A line a row, and how many there are beyond those that are named.
    ///
    /// - Parameter columns: those of the terminal; nil for lines as long as they are.
    func lines(in columns: Int?) -> [String] {
        var lines = first.map { row in
            Columns.hanging(
                "\(Terminal.plain(row.email, limit: 254))  \(Terminal.plain(row.change))",
                behind: "  line \(row.line)  ", in: columns)
        }
        if count > first.count { lines.append("  and \((count - first.count).grouped) more") }
        return lines
    }
}

extension Prompt {
    /// Asks, and ends the command unless the answer is yes.
    static func agree(_ question: String, console: Console) throws {
        switch ask(question, console: console) {
        case .yes: return
        case .no: throw CommandFailure(.nothingSent, "nothing was sent, because the answer was not yes")
        case .nobody:
            let why = console.format == .json ? "--log-format json asks nobody" : "there is no terminal to ask at"
            throw CommandFailure(.nothingSent, "nothing was sent: \(why); give --yes to go on")
        }
    }
}
