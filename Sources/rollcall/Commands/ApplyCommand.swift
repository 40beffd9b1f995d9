import ArgumentParser
import Domain
import Foundation
import Ledger
import Planning

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

    /// Plans, shows, asks, sends.
    ///
    /// - Parameters:
    ///   - review: the review that is carried out, as a run's record keeps it.
    ///   - isDecided: whether every row comes with what becomes of it.
    ///   - prepare: called when the plan is agreed to.
    ///   - fill: adds the rows to the plan; returns the SHA-256 of the input.
    func execute(
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
