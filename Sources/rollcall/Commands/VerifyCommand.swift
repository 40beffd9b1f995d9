import ArgumentParser
import Domain
import Foundation
import Reports
import Sealing
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
            SHA256SUMS in the review's ticket. Signatures show who made it, and time stamps when.

            For a review of all workspaces, checks each workspace's folder and the summary.

            Examples:
              rollcall verify reviews/2026-Q4 --previous archive/2026-Q3
              rollcall verify reviews/2026-Q4 --allowed-signers signers --tsa-ca ca.pem
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

    @Option(
        help: ArgumentHelp(
            "Who may sign: a file of allowed signers of ssh-keygen. Every checksum file must be signed then.",
            discussion: "Default: gpg.ssh.allowedSignersFile of git, if it is configured", valueName: "file"),
        completion: .file())
    var allowedSigners: String?

    @Option(
        help: ArgumentHelp("Keys that are revoked, for ssh-keygen.", valueName: "file"), completion: .file())
    var revokedKeys: String?

    @Option(
        help: ArgumentHelp(
            "Certificates of time stamp authorities (PEM). Every checksum file must have a time stamp then.",
            valueName: "file"),
        completion: .file())
    var tsaCa: String?

    @OptionGroup(title: ReportOptions.title) var report: ReportOptions
    @OptionGroup(title: CommonOptions.title) var common: CommonOptions

    func run(on console: Console) async throws {
        try await asReportFailure { try report.checkPlaces() }
        let trust = try await trust()
        var findings = Self.findings(of: folder, previous: previous, console)
        findings += await sealFindings(trust, console)
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

    mutating func validate() throws {
        if revokedKeys != nil, allowedSigners == nil {
            throw ValidationError("--revoked-keys is for --allowed-signers.")
        }
    }

    /// Who is trusted, by the options or by the configuration of git.
    private func trust() async throws -> SealCheck.Trust {
        for path in [allowedSigners, revokedKeys, tsaCa].compactMap(\.self)
        where !OrdinaryFile.isOne(path) || access(path, R_OK) != 0 {
            throw CommandFailure(
                .nothingSent, code: .inputInvalid,
                "\(Terminal.plain(path, limit: 1000)) is not a readable file; nothing was verified")
        }
        let whole = { (path: String?) in path.map { URL(fileURLWithPath: $0).path } }
        let given = whole(allowedSigners).map { AllowedSigners(path: $0, revoked: whole(revokedKeys)) }
        let signers = if let given { given } else { await AllowedSigners.ofGit() }
        return SealCheck.Trust(signers: signers, authorities: whole(tsaCa))
    }

    private func sealFindings(_ trust: SealCheck.Trust, _ console: Console) async -> [EvidenceCheck.Finding] {
        let counter = StageCounter("Checking the seals")
        return await console.during(counter) {
            var check = SealCheck(folder: folder, trust: trust)
            check.onFile = { counter.begin($0) }
            await check.run()
            return check.findings
        }
    }

    /// What comes out, for one review or for those of a company.
    static func findings(of folder: String, previous: String?, _ console: Console) -> [EvidenceCheck.Finding] {
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
