import Domain
import Foundation

/// Expired invitations. The CSV file of the report can be used as a list for `rollcall invite`.
public enum ExpiredReport {
    /// The report of a snapshot.
    ///
    /// - Parameter seenBefore: include only invitations that were seen as expired before this time; nil for all.
    /// - Throws: errors of the source while it counts.
    public static func make(
        _ source: some ReviewSource, _ context: ReviewContext, seenBefore: Date? = nil
    ) throws -> Report {
        let rows = { (body: (ReviewedAccount) throws -> Void) in
            try source.accounts(.invite) { account in
                guard account.status?.isExpired == true else { return }
                if let seenBefore, account.expiredSince.map({ $0 >= seenBefore }) ?? true { return }
                try body(account)
            }
        }
        var count = 0
        var types: [AccountType: Int] = [:]
        try rows { account in
            count += 1
            types[account.accountType, default: 0] += 1
        }
        var report = Report(
            kind: .expired, title: Practice.title("Expired invitations", of: source.snapshot.workspace),
            time: source.snapshot.takenAt)
        if Practice.isPractice(source.snapshot.workspace) {
            report.stamp = [Fact("practice", "Practice", .text("PRACTICE"))]
        }
        report.warnings = context.warnings
        report.facts = [ReviewFacts.source(source, context)]
        if let seenBefore {
            report.facts[0].facts.append(
                Fact("seenExpiredBefore", "Only if seen expired before (UTC)", .time(seenBefore)))
        }
        let counts = types.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
        report.tallies = [
            Tally(
                key: "expiredByAccountType", title: "Expired invitations by account type",
                counts: counts.map { ($0.key.rawValue, $0.value) }, isCharted: true)
        ]
        let columns = columns
        report.tables = [
            Table(
                id: "expired", title: "Expired invites",
                note:
                    "To re-send these invitations, pass the CSV file of this report to rollcall invite.",
                role: .population, columns: columns.map(\.column), count: count
            ) { body in
                var cells = RowCells(columns.map(\.source))
                try rows { account in try cells.hand(account, to: body) }
            }
        ]
        return report
    }

    private static var columns: [AccountColumn] {
        let time = "From the snapshots of rollcall; the API provides no dates."
        return [
            AccountColumn("email", "Email", width: 36, help: "The address, as in the API.") { .text($0.email) },
            AccountColumn("accountType", "Account type", width: 20, help: "The account type of the invitation.") {
                .text($0.accountType.rawValue)
            },
            AccountColumn("status", "Status", width: 12, help: "The status, as in the API.") {
                Cell($0.status?.rawValue)
            },
            AccountColumn("pendingSince", "First seen pending (UTC)", width: 20, help: time) { Cell($0.pendingSince) },
            AccountColumn("expiredSince", "First seen expired (UTC)", width: 20, help: time) { Cell($0.expiredSince) },
            AccountColumn(
                "expiredReviews", "Reviews expired", width: 15,
                help: "The number of earlier reviews that show it as expired."
            ) { .number($0.expiredReviews) },
            AccountColumn(
                "alreadyActive", "Already active", width: 14,
                help: "Whether an active user has the same address."
            ) { .flag($0.isActiveToo) },
        ]
    }
}
