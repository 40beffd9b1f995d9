import ArgumentParser
import Domain
import Foundation
import Ledger
import Planning
import Reports

/// `rollcall apply REVIEW…` and `rollcall apply PLAN.json`
struct ApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Carry out a filled-in review, or a plan that was saved.",
        discussion: """
            Revoke disables the user, Change role changes the account type, Re-invite sends an expired invite again. \
            Remove is listed as a step by hand, because the API cannot take an invite back. Approve, Exception, Don't \
            know and an empty cell change nothing. What came of each decision is put back into the evidence folder.

              rollcall apply reviews/2026-Q4/review.xlsx --dry-run
              rollcall apply review-grace.xlsx review-ada.xlsx --evidence reviews/2026-Q4
              rollcall apply plan.json
            """)

    @Argument(help: ArgumentHelp("Filled-in workbooks or CSVs of one review, or one saved plan.", valueName: "file"))
    var files: [String]

    @Flag(help: "Refuse a review in which accounts are not decided, or are Don't know.")
    var requireComplete = false

    @Option(
        help: ArgumentHelp(
            "The evidence folder of the review.", discussion: "Default: beside the file, or where the ledger knows it",
            valueName: "folder"))
    var evidence: String?

    @OptionGroup var csv: CSVFileOptions
    @OptionGroup var plan: PlanOptions
    @OptionGroup var send: SendOptions
    @OptionGroup var guards: GuardOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var common: CommonOptions

    mutating func validate() throws {
        if files.count > 1, files.contains(where: Self.isPlan) {
            throw ValidationError("A saved plan is carried out by itself.")
        }
    }

    private static func isPlan(_ path: String) -> Bool { path.lowercased().hasSuffix(".json") }

    func run() async throws {
        if let path = files.first, Self.isPlan(path) {
            try await carryOut(try SavedPlan(path: path), path: path)
        } else {
            try await carryOutReview()
        }
    }

    /// Whether anything leaves this machine.
    private var isSent: Bool { !send.dryRun && plan.savePlan == nil }

    private func carryOutReview() async throws {
        let console = common.console
        let options = try csv.options()
        let filled = try files.map { try FilledFile(path: $0, options: options) }
        guard let review = filled.lazy.flatMap(\.rows).map({ $0[.review] }).first(where: { !$0.isEmpty }) else {
            throw CommandFailure(
                .nothingSent,
                "\(Terminal.plain(files[0])) does not say which review it belongs to; its column Review is "
                    + "empty; nothing was sent")
        }
        let folder = try ReviewedFolder.find(
            review: review, besides: files, given: evidence, ledger: common.openLedger())
        let (decided, problems) = folder.match(filled)
        guard problems.isEmpty else {
            for problem in problems { console.complain(problem, as: "error") }
            throw CommandFailure(
                .nothingSent,
                "\(problems.count.counted("row")) \(problems.count == 1 ? "is" : "are") not as in review "
                    + "\(Terminal.plain(review)); nothing was sent")
        }
        try checkQuality(decided, console)
        let binding = ReviewBinding(
            review: folder.record.review, folder: folder.path, manifestSHA256: folder.manifestSHA256, files: filled)
        try await execute(
            kind: .apply, workspace: folder.record.workspace, input: files[0], review: try binding.json(),
            limits: guards.limits, mapping: "the decisions of review \(Terminal.plain(review))",
            prepare: { try binding.keep(filled) },
            fill: { stage, roster in
                var rules = DecisionRules(accounts: AccountIndex(roster), seen: roster.accountTypes)
                for decided in decided { try stage.add(rules.row(for: decided)) }
                return filled[0].sha256
            })
    }

    /// What an auditor would ask: said, and with `--strict` enough to send nothing.
    private func checkQuality(_ decided: [DecidedAccount], _ console: Console) throws {
        let undecided = decided.filter { decided in
            decided.row[.decision].isEmpty || Decision(decided.row[.decision]) == .dontKnow
        }
        if requireComplete, !undecided.isEmpty {
            for decided in undecided.prefix(20) {
                let text = decided.row[.decision].isEmpty ? "not reviewed" : "Don't know"
                console.complain(
                    ReviewProblem(
                        place: decided.row.place, row: decided.row.row, message: "\(decided.account.email): \(text)"),
                    as: "error")
            }
            throw CommandFailure(
                .nothingSent,
                "\(undecided.count.counted("account")) without a decision, and --require-complete was given; nothing "
                    + "was sent")
        }
        let doubts = ReviewQuality.doubts(about: decided)
        for doubt in plan.strict ? doubts[...] : doubts.prefix(PlanEffect.Rows.limit) {
            console.complain(doubt, as: plan.strict ? "error" : "warning")
        }
        if !plan.strict, doubts.count > PlanEffect.Rows.limit {
            let more = (doubts.count - PlanEffect.Rows.limit).grouped
            console.complain("warning: \(more) more such doubts; --strict names all of them, and sends nothing")
        }
        if plan.strict, !doubts.isEmpty {
            throw CommandFailure(
                .nothingSent,
                "\(doubts.count.counted("doubt")) about the review, and --strict was given; nothing was sent")
        }
    }

    private func carryOut(_ saved: SavedPlan, path: String) async throws {
        let console = common.console
        let name = Terminal.plain(path, limit: 1000)
        guard let kind = RunHeader.Kind(rawValue: saved.kind) else {
            throw CommandFailure(.nothingSent, "\(name) is a plan of a kind that this version does not know")
        }
        let filled = try ReviewBinding(saved.review).map { try $0.reread(options: csv.options()) }
        try await execute(
            kind: kind, workspace: saved.workspace, input: path, review: try filled?.binding.json(),
            limits: saved.limits.limits,
            isDecided: true,
            mapping: "the plan of \(Terminal.plain(saved.listedAt)), made from \(Terminal.plain(saved.input))",
            prepare: { try filled?.binding.keep(filled?.files ?? []) },
            fill: { stage, roster in
                let moves = saved.moves(in: roster)
                guard moves.isEmpty else {
                    for move in moves { console.complain("\(name): \(move)") }
                    throw CommandFailure(
                        .nothingSent,
                        "\(moves.count.counted("account")) moved on since the plan was made; make it anew; nothing was sent"
                    )
                }
                let accounts = AccountIndex(roster)
                for row in saved.rows { try stage.add(row.staged { accounts.user(uid: $0) }) }
                return saved.inputSHA256
            })
    }

    private func execute(
        kind: RunHeader.Kind, workspace: String, input: String, review: String?, limits: GuardLimits,
        isDecided: Bool = false, mapping: String, prepare: () throws -> Void,
        fill: (PlanStage, Roster) throws -> String
    ) async throws {
        let console = common.console
        let interrupts = Interrupts(console: console)
        let results = isSent ? try send.resultsFiles(besides: input, isReview: review != nil) : []
        let ledger = isSent ? try common.openLedger() : try inWords { try Ledger.temporary() }
        try await connection.connect(
            timeout: .seconds(send.timeout), connections: send.concurrency, console: console
        ) { connection in
            guard connection.workspace == workspace else {
                throw CommandFailure(
                    .nothingSent,
                    "\(Terminal.plain(input)) belongs to \(Terminal.plain(workspace)), and these credentials to "
                        + "\(Terminal.plain(connection.workspace)); nothing was sent")
            }
            let lock = try inWords { try ledger.lock(connection.workspace) }
            let listing = try await connection.listing(keptIn: ledger, allowEmpty: self.connection.allowEmpty)
            let header = RunHeader(
                kind: kind, workspace: workspace, input: input, version: programVersion, review: review)
            let plan = try RunPlan.make(
                header, against: listing.roster, limits: limits, in: ledger, under: lock, isDecided: isDecided
            ) { stage in try fill(stage, listing.roster) }
            let session = RunSession(
                number: plan.stage.number, lock: lock, ledger: ledger, connection: connection, send: send,
                limits: limits, allowEmpty: self.connection.allowEmpty, console: console, interrupts: interrupts,
                files: results)
            try await session.carryOut(
                plan, listed: listing.snapshot, mapping: mapping, header: header, strict: self.plan.strict,
                savePlan: self.plan.savePlan, prepare: prepare)
        }
    }
}

extension Console {
    /// Says what is wrong with a filled-in review: where, and what.
    func complain(_ problem: ReviewProblem, as severity: String) {
        let row = problem.row.map { ":\($0)" } ?? ""
        complain(
            "\(Terminal.plain(problem.place, limit: 300))\(row): \(severity): \(Terminal.plain(problem.message, limit: 800))"
        )
    }
}
