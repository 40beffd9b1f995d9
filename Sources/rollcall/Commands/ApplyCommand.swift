import ArgumentParser
import Domain
import Foundation
import Ledger
import Planning

/// `rollcall apply REVIEW…` and `rollcall apply PLAN.json`
struct ApplyCommand: SendingCommand {
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

    func run(on console: Console) async throws {
        if let path = files.first, Self.isPlan(path) {
            try await carryOut(try SavedPlan(path: path), path: path, console)
        } else {
            try await carryOutReview(on: console)
        }
    }
}
