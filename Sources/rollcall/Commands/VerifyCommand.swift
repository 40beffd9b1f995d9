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
            Compares every file with its hash, writes every report once more from the API's raw response and the \
            stored history, and compares the review with the previous one. Hashes detect later changes, not forgery by whoever made the folder: keep the hash of \
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

    @OptionGroup(title: ReportOptions.title) var report: ReportOptions
    @OptionGroup(title: CommonOptions.title) var common: CommonOptions

    func run(on console: Console) async throws {
        try await asReportFailure { try report.checkPlaces() }
        let findings = findings(console)
        try tell(findings, console.output)
        try await asReportFailure {
            try report.emit(VerificationReport.make(findings, of: folder, at: Date()), on: console) {
                try Pager.show(findings.map { text(of: $0, console) }.joined(), on: console.output)
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

    private func text(of finding: EvidenceCheck.Finding, _ console: Console) -> String {
        let style = console.outputStyle
        let (word, styled): (String, (String) -> String) =
            switch finding.result {
            case .ok: ("ok       ", style.green)
            case .notChecked: ("not seen ", style.yellow)
            case .failed: ("FAILED   ", style.red)
            }
        return Columns.hanging(finding.sentence, behind: word, in: console.output.textWidth, styled) + "\n"
    }

    private func tell(_ findings: [EvidenceCheck.Finding], _ output: Output) throws {
        let counts = Dictionary(grouping: findings, by: \.result.rawValue).mapValues(\.count)
        let all = Dictionary(
            uniqueKeysWithValues: EvidenceCheck.Finding.Result.allCases.map { ($0.rawValue, counts[$0.rawValue] ?? 0) })
        try output.add(JSONMember("folder", folder), JSONMember("counts", ["checks": all]))
        try output.rows("checks", JSONRow(VerificationReport.columns)) { emit in
            for finding in findings { try emit(VerificationReport.cells(of: finding)) }
        }
    }
}
