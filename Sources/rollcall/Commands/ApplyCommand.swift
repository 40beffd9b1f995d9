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
        abstract: "Carry out a filled-in review, or a plan that was saved.",
        discussion: """
            Revoke disables the user, Change role changes the account type, Re-invite sends an expired invite again. \
            Remove is listed as a step by hand, because the API cannot take an invite back. Approve, Exception, Don't \
            know and an empty cell change nothing. What came of each decision is put back into the evidence folder.

            Examples:
              rollcall review --sandbox --out practice-reviews/first
              rollcall apply practice-reviews/first/review.xlsx --sandbox --dry-run
              rollcall apply reviews/2026-Q4/review.xlsx
              rollcall apply grace.xlsx ada.xlsx --evidence reviews/2026-Q4
              rollcall apply plan.json
            """)

    @Argument(
        help: ArgumentHelp("Filled-in workbooks or CSVs of one review, or one saved plan.", valueName: "file"),
        completion: .file(extensions: ["xlsx", "csv", "json"]))
    var files: [String]

    @Flag(help: "Refuse a review in which accounts are not decided, or are Don't know.")
    var requireComplete = false

    @Option(
        help: ArgumentHelp(
            "The evidence folder of the review.", discussion: "Default: beside the file, or where the ledger knows it",
            valueName: "folder"),
        completion: .directory)
    var evidence: String?

    @Option(
        help: ArgumentHelp(
            "The digest that --save-plan printed. Any other plan is refused, even if its own digest was made to fit.",
            valueName: "sha256"))
    var digest: String?

    @OptionGroup(title: CSVFileOptions.title) var csv: CSVFileOptions
    @OptionGroup(title: PlanOptions.title) var plan: PlanOptions
    @OptionGroup(title: SendOptions.title) var send: SendOptions
    @OptionGroup(title: GuardOptions.title) var guards: GuardOptions
    @OptionGroup(title: ConnectionOptions.title) var connection: ConnectionOptions
    @OptionGroup(title: CommonOptions.title) var common: CommonOptions

    mutating func validate() throws {
        if files.count > 1, files.contains(where: Self.isPlan) {
            throw ValidationError("A saved plan is carried out by itself.")
        }
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
            try await carryOutReview(on: console)
        }
    }
}
