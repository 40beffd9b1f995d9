import Domain

/// What was decided about every account, what was sent for it, what came of it, and what confirms that.
public enum RemediationReport {
    /// Takes the report's facts.
    public struct Context: Sendable {
        /// The review's name.
        public var review: String
        /// The SHA-256 of the review's `SHA256SUMS`.
        public var manifestSHA256: String
        /// The filled-in files.
        public var decisions: [RemediationRecord.DecisionFile]
        /// The workspace after the run, if it was asked for.
        public var after: RemediationRecord.After?

        /// Takes what is known.
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

    /// The report of a run that carries decisions out.
    ///
    /// - Parameter rows: calls its argument once a row, in the order of the review.
    /// - Throws: what `rows` throws while they are counted.
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
                key: "verification", title: "Comparison with the workspace afterwards",
                counts: [
                    ("confirmed", counts.verified[.confirmed] ?? 0),
                    ("contradicted", counts.verified[.contradicted] ?? 0),
                ]),
        ]

        report.tables = [
            Table(
                id: "open", title: "Open", note: "Open items: manual steps and failed rows.",
                role: .annex, columns: RemediationColumn.all.map(\.column), count: counts.open
            ) { body in
                try rows { row in
                    if row.outcome.kind.needsAttention { try body(RemediationColumn.all.map { $0.cell(row) }) }
                }
            },
            Table(
                id: "rows", title: "Remediation", note: "Every account of the review that has a row in the files.",
                role: .population, columns: RemediationColumn.all.map(\.column), count: run.total
            ) { body in try rows { row in try body(RemediationColumn.all.map { $0.cell(row) }) } },
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
            warnings.append("Not complete: \(count(run.left, "row")) not sent, or without an answer yet.")
        }
        if context.after == nil {
            warnings.append("The workspace was not listed afterwards; nothing here is confirmed by it.")
        }
        let undecided = counts.notReviewed + (counts.decisions[.dontKnow] ?? 0)
        if undecided > 0 { warnings.append("\(count(undecided, "account")) without a decision.") }
        if let open = run.counts[.rejected], open > 0 {
            warnings.append("\(count(open, "decision")) not carried out by this program; see Open.")
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
                Fact("reviewManifestSHA256", "SHA-256 of the review's SHA256SUMS", .text(context.manifestSHA256)),
                Fact(
                    "workspace", "Workspace", .text(run.header.workspace)),
                Fact(
                    "decisionFiles", "Filled-in files", .text(context.decisions.map(\.source).joined(separator: ", "))),
                Fact(
                    "decisionFilesSHA256", "Their SHA-256",
                    .text(context.decisions.map(\.sha256).joined(separator: ", "))),
                Fact("run", "Run", .number(Int(run.number))),
                Fact("state", "State", .text(run.state.rawValue)),
                Fact("startedAt", "Started (UTC)", .time(run.startedAt)),
                Fact("finishedAt", "Finished (UTC)", Cell(run.finishedAt)),
                Fact("snapshotAfter", "Confirmed by snapshot", Cell(context.after?.snapshot)),
                Fact("snapshotAfterTakenAt", "Taken (UTC)", Cell(context.after?.takenAt)),
                Fact("snapshotAfterSHA256", "SHA-256 of its answer", Cell(context.after?.answerSHA256)),
                Fact("rollcallVersion", "rollcall", .text(run.header.version)),
            ])
    }
}
