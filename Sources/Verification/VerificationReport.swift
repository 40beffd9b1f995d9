import Foundation
import Reports

/// The findings of a verification, as a report to file with the evidence.
public enum VerificationReport {
    /// The columns of a finding.
    public static let columns = [
        Column("result", "Result", width: 12, help: "ok, failed, or notChecked."),
        Column("message", "Finding", width: 80, help: "What was checked, with the figures."),
    ]

    /// The cells of one finding, in the order of ``columns``.
    public static func cells(of finding: EvidenceCheck.Finding) -> [Cell] {
        [.text(finding.result.rawValue), .text(finding.sentence)]
    }

    /// The columns of a claim.
    public static let claimColumns: [RowColumn<EvidenceClaim>] = [
        RowColumn("claim", "Claim", 28, "What is claimed.") { .text($0.code.title) },
        RowColumn("established", "Established", 12, "yes, not shown, or NO.") { .text($0.result.words) },
        RowColumn("finding", "Finding", 50, "What was found.") { .text($0.sentence) },
        RowColumn("method", "How it was checked", 60, "How it was checked.") { .text($0.code.method) },
        RowColumn("request", "What to ask for", 50, "What to ask for if it is not established.") {
            .text($0.code.request)
        },
        RowColumn("code", "Code", 18, isPrinted: false, "The claim, for programs.") { .text($0.code.rawValue) },
        RowColumn("result", "Result", 16, isPrinted: false, "established, notEstablished or failed, for programs.") {
            .text($0.result.rawValue)
        },
    ]

    /// The report.
    ///
    /// - Parameter folder: the evidence folder, as it was given.
    public static func make(
        _ findings: [EvidenceCheck.Finding], _ claims: [EvidenceClaim], of folder: String, at time: Date
    ) -> Report {
        var report = Report(
            kind: .verification, title: "Verification of \(URL(fileURLWithPath: folder).lastPathComponent)", time: time)
        let failed = findings.count { $0.result == .failed }
        if failed > 0 { report.warnings = ["\(failed) of \(findings.count) checks failed."] }
        report.facts = [
            FactGroup(
                key: "verification", title: "Verification",
                facts: [
                    Fact("folder", "Folder", .text(folder)), Fact("verifiedAt", "Verified (UTC)", .time(time)),
                ])
        ]
        let counts = EvidenceCheck.Finding.Result.allCases.map { result in
            (label: result.rawValue, count: findings.count { $0.result == result })
        }
        report.tallies = [Tally(key: "checks", title: "Checks", counts: counts)]
        report.tables = [
            Table(
                id: "claims", title: "What is established",
                note: "What the checks establish, how, and what to ask for if it is not shown.", role: .annex,
                columns: claimColumns, rows: claims),
            Table(
                id: "checks", title: "Checks", note: "All checks, in the order in which they ran.",
                role: .population,
                columns: columns, count: findings.count
            ) { body in for finding in findings { try body(cells(of: finding)) } },
        ]
        return report
    }
}
