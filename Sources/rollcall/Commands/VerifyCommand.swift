import ArgumentParser
import Domain
import Foundation

/// `rollcall verify DIR`
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check an evidence folder, offline.",
        usage: "rollcall verify [<options>] <folder>",
        discussion: """
            Every file against its hash, every report against the raw answer, and the chain to the review before. A \
            manifest without a signature shows later changes, not a dishonest author: keep the hash of SHA256SUMS in \
            the review's ticket.

            Examples:
              rollcall verify reviews/2026-Q4 --previous archive/2026-Q3
              rollcall review --sandbox --out reviews/practice
              rollcall verify reviews/practice
            """)

    @Argument(help: ArgumentHelp("The folder that rollcall review made.", valueName: "folder"), completion: .directory)
    var folder: String

    @Option(
        help: ArgumentHelp(
            "The folder of the review before.", discussion: "Default: looked for beside the folder",
            valueName: "folder"),
        completion: .directory)
    var previous: String?

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let console = common.console
        var check = EvidenceCheck(folder: folder, previousFolder: previous)
        check.run()
        for finding in check.findings {
            switch finding.result {
            case .ok: console.say(console.green("ok       ") + finding.sentence)
            case .notChecked: console.say(console.yellow("not seen ") + finding.sentence)
            case .failed: console.complain(console.red("FAILED   ") + finding.sentence)
            }
        }
        let failed = check.findings.count { $0.result == .failed }
        guard failed == 0 else {
            throw CommandFailure(.needsAttention, "\(Terminal.plain(folder)): \(failed.counted("check")) failed")
        }
        console.say("\(Terminal.plain(folder)): nothing was changed since it was written")
    }
}
