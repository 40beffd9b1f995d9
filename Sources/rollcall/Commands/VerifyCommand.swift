import ArgumentParser
import Domain
import Foundation
import Ledger
import Packing
import Reports
import Reviewing
import Sealing
import Settings
import TerminalIO
import Verification

/// `rollcall verify DIR`
struct VerifyCommand: RollcallCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verify an evidence folder, or an archive of one, offline.",
        usage: "rollcall verify [<options>] <folder or archive>",
        discussion: """
            Compares every file with its hash, writes every report once more from the API's raw response and the stored \
            history, and compares the review with the previous one. Whoever made the folder could have forged what cannot \
            be recalculated: keep the evidence hash, which every command prints that writes evidence, in the review's \
            ticket, and give it as --expect. If the ledger of this machine knows the review, its hashes are compared too. Signatures show \
            who made it, and time stamps when.

            For a review of all workspaces, checks each workspace's folder and the summary.

            Examples:
              rollcall verify reviews/2026-Q4 --previous archive/2026-Q3
              rollcall verify reviews/2026-Q4 --allowed-signers signers --tsa-ca ca.pem
              rollcall review --sandbox --out reviews/practice
              rollcall verify reviews/practice
            """)

    @Argument(
        help: ArgumentHelp(
            "The evidence folder, or a zip archive of it.",
            discussion: "An archive is unpacked to a temporary folder, which is deleted afterwards", valueName: "folder"
        ),
        completion: .file(extensions: ["zip"]))
    var folder: String

    @Option(
        help: ArgumentHelp(
            "The previous review's folder or archive.",
            discussion: "Default: searched for next to the folder",
            valueName: "folder"),
        completion: .directory)
    var previous: String?

    @Option(
        help: ArgumentHelp(
            "An evidence hash from your ticket: everything up to it must be as it was then.", valueName: "hash"))
    var expect: String?

    @Flag(help: "Do not compare the hashes with those in the ledger.")
    var noLedger = false

    @Flag(help: "Exit with 1 unless the review is closed.")
    var requireClosed = false

    @Flag(
        help: "Exit with 1 unless every report could be written once more, which is not possible for earlier versions.")
    var requireRecomputed = false

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

    mutating func validate() throws {
        if revokedKeys != nil, allowedSigners == nil {
            throw ValidationError("--revoked-keys is for --allowed-signers.")
        }
        if let expect, EvidenceAnchors.hash(expect) == nil {
            throw ValidationError(
                "--expect \(Terminal.plain(expect, limit: 80)) is not an evidence hash, which has 64 hexadecimal digits."
            )
        }
    }

    func run(on console: Console) async throws {
        try await asReportFailure { try report.checkPlaces() }
        let (findings, claims) = try await SignalCleanup.during {
            let trust = try await trust()
            return try await asReportFailure {
                try await opened(folder, console) { source in
                    guard let previous else { return try await check(source, previous: nil, trust, console) }
                    return try await opened(previous, console) { previous in
                        try await check(source, previous: previous.folder, trust, console)
                    }
                }
            }
        }
        try tell(findings, claims, console.output)
        try await asReportFailure {
            try report.emit(VerificationReport.make(findings, claims, of: folder, at: Date()), on: console) {
                let lines = findings.map { text(of: $0, console) } + claimLines(claims, console)
                try Pager.show(lines.joined(), on: console.output)
            }
        }
        let failed = findings.count { $0.result == .failed }
        guard failed == 0 else {
            throw CommandFailure(.needsAttention, "\(Terminal.plain(folder)): \(failed.counted("check")) failed")
        }
        if requireClosed, claims.contains(where: { $0.code == .complete && $0.result != .established }) {
            throw CommandFailure(
                .needsAttention, code: .reviewOpen,
                "\(Terminal.plain(folder)): the review is not closed, and --require-closed was given")
        }
        let isRecomputed = !claims.contains { $0.code == .agreesWithAnswer && $0.result != .established }
        guard isRecomputed || !requireRecomputed else {
            throw CommandFailure(
                .needsAttention,
                "\(Terminal.plain(folder)): its reports could not be written once more, and --require-recomputed was given"
            )
        }
        console.say(
            "\(Terminal.plain(folder)): "
                + (isRecomputed
                    ? (claims.contains(where: \.isAboutCopy)
                        ? "a redacted copy; nothing else was changed since the original was written"
                        : "nothing was changed since it was written")
                    : "no check failed, but its reports were not written once more; see what is established"))
    }

    private func opened<Value>(
        _ path: String, _ console: Console, _ body: (EvidenceSource) async throws -> Value
    ) async throws -> Value {
        let counter = StageCounter("Unpacking \(Terminal.plain(path))", .files)
        return try await EvidenceSource.with(path, onFile: { counter.begin("Unpacking \(Terminal.plain($0))") }, body)
    }

    private func check(
        _ source: EvidenceSource, previous: String?, _ trust: SealCheck.Trust, _ console: Console
    ) async throws -> (findings: [EvidenceCheck.Finding], claims: [EvidenceClaim]) {
        let checked = Self.checked(source.folder, as: folder, previous: previous, anchors(of: source.folder), console)
        let seals = await sealed(source.folder, trust, console)
        return (
            source.findings + checked.findings + seals.findings, EvidenceClaim.inOrder(checked.claims + seals.claims)
        )
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

    private func sealed(_ folder: String, _ trust: SealCheck.Trust, _ console: Console) async -> SealCheck {
        let counter = StageCounter("Checking the seals")
        return await console.during(counter) {
            var check = SealCheck(folder: folder, trust: trust)
            check.onFile = { counter.begin($0) }
            await check.run()
            return check
        }
    }

    /// What comes out, for one review or for those of a company.
    ///
    /// - Parameter name: what the user calls the folder, if it was unpacked from an archive.
    static func checked(
        _ folder: String, as name: String? = nil, previous: String?, _ anchors: EvidenceAnchors, _ console: Console
    ) -> (findings: [EvidenceCheck.Finding], claims: [EvidenceClaim]) {
        let counter = StageCounter("Checking \(Terminal.plain(name ?? folder))", .files)
        return console.during(counter) {
            if CompanyCheck.isOne(folder) {
                var check = CompanyCheck(folder: folder, previousFolder: previous)
                check.anchors = anchors
                check.onFile = { counter.begin($0) }
                check.run()
                return (check.findings, check.claims)
            }
            var check = EvidenceCheck(folder: folder, previousFolder: previous)
            check.anchors = anchors
            check.onFile = { counter.begin($0) }
            check.run()
            return (check.findings, check.claims)
        }
    }

    /// The given hash, and the ledger if there is one. A folder can be verified on any machine, so nothing is required.
    private func anchors(of folder: String) -> EvidenceAnchors {
        var anchors = EvidenceAnchors()
        anchors.expected = expect.flatMap(EvidenceAnchors.hash)
        guard !noLedger else { return anchors }
        do {
            let path = common.ledgerPath(try common.settings(), isPractice: Self.isPractice(folder))
            if FileManager.default.fileExists(atPath: path) {
                anchors.ledger = try asCommandFailure { try Ledger.openToLook(at: path) }
            }
        } catch {
            anchors.ledgerProblem = CommandFailure(anything: error).sentence ?? "\(error)"
        }
        return anchors
    }

    /// Whether the folder is about the sandbox, which has a ledger of its own.
    private static func isPractice(_ folder: String) -> Bool {
        let folders = [folder] + CompanyFolder.parts(of: folder)
        return folders.contains { folder in
            (try? EvidenceRecord(readingFrom: folder)).map { Practice.isPractice($0.workspace) } ?? false
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

    /// What is established, in one line each.
    private func claimLines(_ claims: [EvidenceClaim], _ console: Console) -> [String] {
        guard !claims.isEmpty else { return [] }
        let style = console.outputStyle
        return ["\nWhat is established\n"]
            + claims.map { claim in
                let styled: (String) -> String =
                    switch claim.result {
                    case .established: style.green
                    case .notEstablished: style.yellow
                    case .failed: style.red
                    }
                let word = claim.result.words.padding(toLength: 11, withPad: " ", startingAt: 0)
                return Columns.hanging(
                    "\(claim.code.title): \(claim.sentence)", behind: word, in: console.output.textWidth, styled) + "\n"
            }
    }

    private func tell(_ findings: [EvidenceCheck.Finding], _ claims: [EvidenceClaim], _ output: Output) throws {
        let counts = Dictionary(grouping: findings, by: \.result.rawValue).mapValues(\.count)
        let all = Dictionary(
            uniqueKeysWithValues: EvidenceCheck.Finding.Result.allCases.map { ($0.rawValue, counts[$0.rawValue] ?? 0) })
        try output.add(JSONMember("folder", folder), JSONMember("counts", ["checks": all]))
        try output.rows("checks", JSONRow(VerificationReport.columns)) { emit in
            for finding in findings { try emit(VerificationReport.cells(of: finding)) }
        }
        let columns = VerificationReport.claimColumns
        try output.rows("claims", event: "claim", JSONRow(columns.map(\.column))) { emit in
            for claim in claims { try emit(columns.map { $0.cell(claim) }) }
        }
    }
}
