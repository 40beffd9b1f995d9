import ArgumentParser
import Domain
import Foundation
import Reports
import TerminalIO
import Verification

/// `rollcall verify DIR`
struct VerifyCommand: RollcallCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verify an evidence folder, offline.",
        usage: "rollcall verify [<options>] <folder>",
        discussion: """
            Compares every file with its hash, every report with the API's raw response, and the review with the \
            previous one. Hashes detect later changes, not forgery by whoever made the folder: keep the hash of \
            SHA256SUMS in the review's ticket.

            For a review of all workspaces, checks each workspace's folder and the summary.

            Examples:
              rollcall verify reviews/2026-Q4 --previous archive/2026-Q3
              rollcall review --sandbox --out reviews/practice
              rollcall verify reviews/practice
            """)

    @Argument(help: ArgumentHelp("The evidence folder.", valueName: "folder"), completion: .directory)
    var folder: String

    @Option(
        help: ArgumentHelp(
            "The previous review's folder.",
            discussion: "Default: searched for next to the folder",
            valueName: "folder"),
        completion: .directory)
    var previous: String?

    @OptionGroup var common: CommonOptions

    func run(on console: Console) async throws {
        let findings = findings(console)
        try tell(findings, console.output)
        for finding in findings {
            switch finding.result {
            case .ok: say("ok       ", finding, console.green, console)
            case .notChecked: say("not seen ", finding, console.yellow, console)
            case .failed: say("FAILED   ", finding, console.red, console)
            }
        }
        let failed = findings.count { $0.result == .failed }
        guard failed == 0 else {
            throw CommandFailure(.needsAttention, "\(Terminal.plain(folder)): \(failed.counted("check")) failed")
        }
        console.say("\(Terminal.plain(folder)): nothing was changed since it was written")
    }

    /// What comes out, for one review or for those of a company.
    private func findings(_ console: Console) -> [EvidenceCheck.Finding] {
        let counter = StageCounter("Checking \(Terminal.plain(folder))", .files)
        return console.during(counter) {
            if CompanyCheck.isOne(folder) {
                var check = CompanyCheck(folder: folder, previousFolder: previous)
                check.onFile = { counter.begin($0) }
                check.run()
                return check.findings
            }
            var check = EvidenceCheck(folder: folder, previousFolder: previous)
            check.onFile = { counter.begin($0) }
            check.run()
            return check.findings
        }
    }

    private func say(
        _ word: String, _ finding: EvidenceCheck.Finding, _ styled: (String) -> String, _ console: Console
    ) {
        let isBad = finding.result == .failed
        guard isBad || !console.isQuiet else { return }
        let text = Columns.hanging(finding.sentence, behind: word, in: console.textWidth, styled)
        console.put(
            finding.sentence, text, as: isBad ? .error : .info,
            [JSONMember("check", finding.result.rawValue)])
    }

    private func tell(_ findings: [EvidenceCheck.Finding], _ output: Output) throws {
        let counts = Dictionary(grouping: findings, by: \.result.rawValue).mapValues(\.count)
        let all = Dictionary(
            uniqueKeysWithValues: EvidenceCheck.Finding.Result.allCases.map { ($0.rawValue, counts[$0.rawValue] ?? 0) })
        try output.add(JSONMember("folder", folder), JSONMember("counts", ["checks": all]))
        try output.rows("checks", JSONRow(keys: ["result", "message"])) { emit in
            for finding in findings { try emit([.text(finding.result.rawValue), .text(finding.sentence)]) }
        }
    }
}
