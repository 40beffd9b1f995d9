import ArgumentParser
import Domain
import Foundation
import Planning
import Runs
import TerminalIO

/// `rollcall apply REVIEW…` and `rollcall apply PLAN.json`
struct ApplyCommand: SendingCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Apply a completed review or a saved plan.",
        discussion: """
            Revoke disables the user, Change role changes the account type, Re-invite re-sends an expired invitation. \
            Remove is listed as a manual step, because the API cannot cancel an invitation. Approve, Exception, Don't \
            know and an empty cell change nothing. The result of each decision is stored in the evidence folder.

            Examples:
              rollcall review --sandbox --out try
              rollcall apply try/to-fill-in/review.xlsx --sandbox --dry-run
              rollcall apply reviews/2026-Q4/to-fill-in/review.xlsx --close
              rollcall apply grace.xlsx ada.xlsx --evidence reviews/2026-Q4
              rollcall apply plan.json
            """)

    @Argument(
        help: ArgumentHelp("Completed workbooks or CSVs of reviews, or one saved plan.", valueName: "file"),
        completion: .file(extensions: ["xlsx", "csv", "json"]))
    var files: [String]

    @Flag(help: "Refuse a review with undecided or Don't know accounts; earlier files of the review count.")
    var requireComplete = false

    @Option(
        help: ArgumentHelp(
            "The evidence folder of the review. Can be repeated.",
            discussion: "Default: next to the file, or as recorded in the ledger", valueName: "folder"),
        completion: .directory)
    var evidence: [String] = []

    @Option(
        help: ArgumentHelp(
            "Confirm that a user with a reviewed address and another uid is the reviewed person. Can be repeated.",
            valueName: "email"))
    var person: [String] = []

    @Flag(help: "Close the review afterwards if nothing is open.")
    var close = false

    @Option(
        help: ArgumentHelp(
            "The person who approves the decisions, for --close.", discussion: "Default: the approver of the review",
            valueName: "name"))
    var approver: String?

    @Option(
        help: ArgumentHelp(
            "The digest that --save-plan printed; any other plan is refused.",
            valueName: "sha256"))
    var digest: String?

    @OptionGroup(title: CSVFileOptions.title) var csv: CSVFileOptions
    @OptionGroup(title: PlanOptions.title) var plan: PlanOptions
    @OptionGroup(title: SendOptions.title) var send: SendOptions
    @OptionGroup(title: GuardOptions.title) var guards: GuardOptions
    @OptionGroup(title: SealOptions.title) var seal: SealOptions
    @OptionGroup(title: ConnectionOptions.title) var connection: ConnectionOptions
    @OptionGroup(title: CommonOptions.title) var common: CommonOptions

    mutating func validate() throws {
        if files.count > 1, files.contains(where: Self.isPlan) {
            throw ValidationError("A saved plan cannot be combined with other files.")
        }
        if files.contains(where: Self.isPlan), close || !person.isEmpty || requireComplete {
            throw ValidationError("--close, --person and --require-complete are for a review, not for a saved plan.")
        }
        if approver != nil, !close { throw ValidationError("--approver is for --close.") }
        if digest != nil, !files.contains(where: Self.isPlan) {
            throw ValidationError("--digest is for a saved plan.")
        }
    }

    private static func isPlan(_ path: String) -> Bool { path.lowercased().hasSuffix(".json") }

    func run(on console: Console) async throws {
        if let path = files.first, Self.isPlan(path) {
            let plan = try SavedPlan(path: path)
            if let digest, digest.lowercased() != plan.digest {
                throw CommandFailure(
                    .nothingSent,
                    "\(Terminal.plain(path, limit: 1000)) is not the plan with the digest \(Terminal.plain(digest, limit: 80)); "
                        + "its own is \(plan.digest ?? ""); nothing was sent")
            }
            try await carryOut(plan, path: path, console)
        } else {
            try await carryOutReviews(on: console)
        }
    }
}
