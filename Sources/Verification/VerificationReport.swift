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

    /// The report.
    ///
    /// - Parameter folder: the evidence folder, as it was given.
    public static func make(_ findings: [EvidenceCheck.Finding], of folder: String, at time: Date) -> Report {
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
                id: "checks", title: "Checks", note: "All checks, in the order in which they ran.",
                role: .population,
                columns: columns, count: findings.count
            ) { body in for finding in findings { try body(cells(of: finding)) } }
        ]
        return report
    }
}
