import Domain

/// The remediation of a review: for every account, the decision, the request, its outcome and its verification.
public enum RemediationReport {
    /// Facts about the remediation.
    public struct Context: Sendable {
        /// The id of the review.
        public var review: String
        /// The SHA-256 of `SHA256SUMS` of the review.
        public var manifestSHA256: String
        /// The completed reviews.
        public var decisions: [RemediationRecord.DecisionFile]
        /// The workspace after the run, if it was listed.
        public var after: RemediationRecord.After?

        /// Creates a context.
        public init(
            review: String, manifestSHA256: String, decisions: [RemediationRecord.DecisionFile],
            after: RemediationRecord.After?
        ) {
            self.review = review
            self.manifestSHA256 = manifestSHA256
            self.decisions = decisions
            self.after = after
        }
    }

    /// The report of a run that applies decisions.
    ///
    /// - Parameter rows: calls its argument once for each row, in the order of the review.
    /// - Throws: errors of `rows` while they are counted.
    public static func make(
        _ run: RunRecord, _ context: Context, rows: @escaping ((ResultRow) throws -> Void) throws -> Void
    ) throws -> Report {
        let counts = try Counts(rows)
        var report = Report(
            kind: .remediation,
            title: Practice.title("Remediation of review \(context.review)", of: run.header.workspace),
            time: run.finishedAt ?? run.startedAt)
        report.warnings = warnings(run, context, counts)
        report.facts = [facts(run, context)]
        report.tallies = [
            Tally(
                key: "decisions", title: "Decisions",
                counts: Decision.allCases.map { ($0.rawValue, counts.decisions[$0] ?? 0) }
                    + [("Not reviewed", counts.notReviewed)], isCharted: true),
            Tally(
                key: "carriedOut", title: "Requests to the API",
                counts: Outcome.Kind.allCases.map { ($0.rawValue, counts.asked[$0] ?? 0) }),
            Tally(
                key: "verification", title: "Comparison with the workspace after the run",
                counts: [
                    ("confirmed", counts.verified[.confirmed] ?? 0),
                    ("contradicted", counts.verified[.contradicted] ?? 0),
                ]),
        ]

        report.tables = [
            Table(
                id: "open", title: "Open", note: "Open items: manual steps and failed rows.",
                role: .annex, columns: columns.map(\.column), count: counts.open
            ) { body in
                try rows { row in
                    if row.outcome.kind.needsAttention { try body(columns.map { $0.cell(row) }) }
                }
            },
            Table(
                id: "rows", title: "Remediation", note: "All accounts in the completed reviews.",
                role: .population, columns: columns.map(\.column), count: run.total
            ) { body in try rows { row in try body(columns.map { $0.cell(row) }) } },
        ]
        return report
    }

    private struct Counts {
        var decisions: [Decision: Int] = [:]
        var notReviewed = 0
        var asked: [Outcome.Kind: Int] = [:]
        var verified: [Verification: Int] = [:]
        var open = 0

        init(_ rows: ((ResultRow) throws -> Void) throws -> Void) throws {
            var counts = Counts()
            try rows { counts.add($0) }
            self = counts
        }

        private init() {}

        private mutating func add(_ row: ResultRow) {
            if let decision = row.decision?.decision {
                decisions[decision, default: 0] += 1
            } else {
                notReviewed += 1
            }
            if row.kind != nil {
                asked[row.outcome.kind, default: 0] += 1
                if let verdict = row.verified { verified[verdict, default: 0] += 1 }
            }
            if row.outcome.kind.needsAttention { open += 1 }
        }
    }

    private static func warnings(_ run: RunRecord, _ context: Context, _ counts: Counts) -> [String] {
        var warnings: [String] = []
        if run.left > 0 {
            warnings.append(
                "The run is not complete: \(count(run.left, "row")) \(run.left == 1 ? "is" : "are") unsent or unconfirmed."
            )
        }
        if context.after == nil {
            warnings.append("The workspace was not listed after the run, so no outcome is verified.")
        }
        let undecided = counts.notReviewed + (counts.decisions[.dontKnow] ?? 0)
        if undecided > 0 {
            warnings.append("\(count(undecided, "account")) \(undecided == 1 ? "has" : "have") no decision.")
        }
        if let open = run.counts[.rejected], open > 0 {
            warnings.append("\(count(open, "decision")) could not be applied by rollcall; see Open.")
        }
        if let contradicted = counts.verified[.contradicted], contradicted > 0 {
            warnings.append("The workspace contradicts the outcome of \(count(contradicted, "row")).")
        }
        return warnings
    }

    private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    private static func facts(_ run: RunRecord, _ context: Context) -> FactGroup {
        FactGroup(
            key: "remediation", title: "Remediation",
            facts: [
                Fact("review", "Review", .text(context.review)),
                Fact("reviewManifestSHA256", "SHA-256 of SHA256SUMS of the review", .text(context.manifestSHA256)),
                Fact(
                    "workspace", "Workspace", .text(run.header.workspace)),
                Fact(
                    "decisionFiles", "Completed reviews", .text(context.decisions.map(\.source).joined(separator: ", "))
                ),
                Fact(
                    "decisionFilesSHA256", "Their SHA-256",
                    .text(context.decisions.map(\.sha256).joined(separator: ", "))),
                Fact("run", "Run", .number(Int(run.number))),
                Fact("state", "State", .text(run.state.rawValue)),
                Fact("startedAt", "Started (UTC)", .time(run.startedAt)),
                Fact("finishedAt", "Finished (UTC)", Cell(run.finishedAt)),
                Fact("snapshotAfter", "Verified by snapshot", Cell(context.after?.snapshot)),
                Fact("snapshotAfterTakenAt", "Snapshot taken (UTC)", Cell(context.after?.takenAt)),
                Fact("snapshotAfterSHA256", "SHA-256 of its response", Cell(context.after?.answerSHA256)),
                Fact("rollcallVersion", "rollcall", .text(run.header.version)),
            ])
    }
}
