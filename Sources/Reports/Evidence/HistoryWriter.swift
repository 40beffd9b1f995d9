import Domain

/// Writes `history.json`, row by row: only accounts whose history differs from that of most accounts have a row, so that
/// the file of a large and calm workspace is small.
struct HistoryWriter<Source: HistorySource> {
    let source: Source
    let context: ReviewContext
    let export: EvidenceFolder.Export
    /// The names of the custom templates.
    let templates: [String]

    func write(to path: String) throws {
        let common = try Common(source)
        let file = try AtomicFile(path: path)
        try file.write(try head(common))
        for (kind, name) in [(AccountKind.user, "users"), (.invite, "invites")] {
            try file.write(",\n\"\(name)\":[")
            var separator = "\n"
            try source.pasts(kind) { past, _ in
                guard let row = common.row(of: past) else { return }
                try file.write(separator + row)
                separator = ",\n"
            }
            try file.write("\n]")
        }
        try file.write("\n}\n")
        try file.commit()
    }

    private func head(_ common: Common) throws -> String {
        let list = { (texts: [String]) in "[\(texts.map(JSONText.string).joined(separator: ","))]" }
        let lines = { (values: [any Encodable]) in
            try "[" + values.map { try "\n" + JSONText.line($0) }.joined(separator: ",") + "\n]"
        }
        let text = { (text: String?) in text.map(JSONText.string) ?? "null" }
        var members: [(String, String)] = [
            ("schemaVersion", "\(HistoryRecord.schemaVersion)"),
            ("review", JSONText.string(context.id)),
            ("period", JSONText.string(context.period)),
            ("workspace", JSONText.string(source.snapshot.workspace)),
            ("endpointHost", JSONText.string(context.endpointHost)),
            ("due", text(context.due)),
            ("preparer", JSONText.string(context.preparer)),
            ("reviewer", text(context.reviewer)),
            ("approver", text(context.approver)),
            ("previousClosing", try context.previousClosing.map(JSONText.line) ?? "null"),
            // Absent where it is unknown, as in records of versions without it.
            ("previousLink", try context.previousLink.map(JSONText.line) ?? ""),
            ("domains", list(context.domains)),
            ("privilegedTypes", context.privileged.names.map(list) ?? "null"),
            ("warnings", list(context.warnings)),
            ("formats", list(export.formats.map(\.rawValue))),
            ("interchanges", list(export.interchanges.map(\.rawValue))),
            ("byteOrderMark", export.options.csvForExcel ? "true" : "false"),
            ("templates", list(templates)),
            ("libraries", list(export.libraries)),
            ("snapshots", try lines(export.snapshots.map(HistoryRecord.Listing.init))),
            ("reviews", try lines(export.reviews.map(HistoryRecord.Review.init))),
            ("decisions", try lines(common.decisions.map(HistoryRecord.Decided.init))),
            ("since", "\(common.since)"),
            ("decision", "\(common.decision)"),
        ]
        if let people = context.people {
            members.append(("people", try JSONText.line(PeopleRecord(people))))
        }
        if let activity = context.activity {
            members.append(("activity", try JSONText.line(activity.record)))
        }
        return "{\n" + members.filter { !$0.1.isEmpty }.map { "\"\($0)\":\($1)" }.joined(separator: ",\n")
    }

    /// What most accounts have in common.
    private struct Common {
        /// Since which snapshot they are in their current state.
        var since: Int64
        /// The different decisions, in the order of the accounts.
        var decisions: [PreviousDecision] = []
        private var numbers: [PreviousDecision: Int] = [:]
        /// The number of their decision, from 1; 0 for none.
        var decision = 0

        init(_ source: Source) throws {
            var sinces: [Int64: Int] = [:]
            var decided = [0]
            since = source.snapshot.number
            for kind in AccountKind.allCases {
                try source.pasts(kind) { past, _ in
                    guard past.since > 0 else { return }
                    if past.before.isEmpty { sinces[past.since, default: 0] += 1 }
                    guard let made = past.decision else {
                        decided[0] += 1
                        return
                    }
                    if numbers[made] == nil {
                        decisions.append(made)
                        numbers[made] = decisions.count
                        decided.append(0)
                    }
                    decided[numbers[made] ?? 0] += 1
                }
            }
            // The least of those that are equally frequent, so that the same accounts give the same file.
            if let most = sinces.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) { since = most.key }
            decision = decided.indices.max { (decided[$0], $1) < (decided[$1], $0) } ?? 0
        }

        /// The row of an account; nil if it has nothing of its own.
        func row(of past: AccountPast) -> String? {
            let number = past.decision.flatMap { numbers[$0] } ?? 0
            let isGone = past.since == 0
            guard isGone || past.since != since || number != decision || !past.before.isEmpty else { return nil }
            var row = "{\"account\":\(JSONText.string(past.account))"
            if past.occurrence != 1 { row += ",\"occurrence\":\(past.occurrence)" }
            if past.since != since { row += ",\"since\":\(past.since)" }
            if number != decision, !isGone { row += ",\"decision\":\(number)" }
            if !past.before.isEmpty {
                row += ",\"before\":[\(past.before.map(text).joined(separator: ","))]"
            }
            return row + "}"
        }

        private func text(of state: AccountPast.State) -> String {
            let texts = [
                ("email", state.email), ("name", state.name), ("accountType", state.accountType),
                ("status", state.status),
            ]
            return "{\"first\":\(state.first),\"gone\":\(state.gone)"
                + texts.map { ",\"\($0)\":\(JSONText.string($1))" }.joined() + "}"
        }
    }
}

extension HistoryRecord.Listing {
    init(_ snapshot: Snapshot) {
        self.init(
            number: snapshot.number, requestedAt: Timestamp.text(snapshot.startedAt),
            takenAt: Timestamp.text(snapshot.takenAt), users: snapshot.active, invites: snapshot.invited,
            answerSHA256: snapshot.rawSHA256)
    }
}

extension HistoryRecord.Review {
    init(_ review: ReviewRecord) {
        self.init(
            id: review.id, snapshot: review.snapshot, takenAt: Timestamp.text(review.takenAt),
            manifestSHA256: review.manifestSHA256)
    }
}

extension HistoryRecord.Decided {
    init(_ decision: PreviousDecision) {
        self.init(
            decision: decision.decision.rawValue, reviewer: decision.reviewer,
            decidedAt: decision.decidedAt.map(Timestamp.day),
            exceptionUntil: decision.exceptionUntil.map(Timestamp.day))
    }
}
