import Domain
import Foundation
import Hashing
import Planning
import Reports
import Reviewing

/// What a remediation says about each decision and its result, compared with the completed files and with the workspace
/// afterwards.
extension EvidenceCheck {
    /// The first differences of rows, and how many there are.
    private struct RowProblems {
        private(set) var shown: [String] = []
        private(set) var count = 0
        /// The name of the file.
        let file: String

        init(in file: String) { self.file = file }

        /// - Parameter row: the index of the row, from 0 for the one below the titles.
        mutating func add(_ row: Int, _ column: String, _ sentence: String) {
            count += 1
            if shown.count < 4 { shown.append("row \(row + 2), column \(column): \(sentence)") }
        }

        var words: String {
            let more = count - shown.count
            return "\(file): " + shown.joined(separator: "; ")
                + (more > 0 ? "; \(more.counted("more difference"))" : "")
        }
    }

    /// Checks that every row has what the completed files say about its account: who decided, why and when.
    ///
    /// - Parameter decided: the decisions of the completed files, in the order of the rows.
    mutating func checkEntries(_ decided: [DecidedAccount], _ rows: [Row], _ names: RemediationRecord.Names) {
        var problems = RowProblems(in: Terminal.plain(names.report(.csv)))
        for (place, (decided, row)) in zip(decided, rows).enumerated() {
            let (account, entry) = (decided.account, decided.row)
            let wanted: [(String, String)] = [
                ("name", account.name), ("rowKey", decided.key), ("reviewer", entry[.reviewer]),
                ("justification", entry[.justification]), ("ticket", entry[.ticket]),
                ("exceptionUntil", entry[.exceptionUntil]), ("row", "\(entry.row)"),
                (
                    "operation",
                    DecisionRules.operation(of: decided.decision.decision, for: account.kind)?.rawValue ?? ""
                ),
            ]
            for (column, text) in wanted {
                // Earlier versions had fewer columns.
                guard let found = row[column], found != FileText.held(text) else { continue }
                problems.add(place, column, Self.instead(found, text))
            }
            if let found = row["decidedAt"], !Self.isSameTime(found, entry[.decidedAt]) {
                problems.add(place, "decidedAt", Self.instead(found, entry[.decidedAt]))
            }
            if decided.decision.decision == .changeRole, let found = row["newAccountType"],
                let wanted = AccountType.word(entry[.newAccountType]), AccountType(knownAs: wanted) != nil,
                AccountType.normalised(found) != AccountType.normalised(wanted)
            {
                problems.add(place, "newAccountType", Self.instead(found, wanted))
            }
            if let sheet = entry.sheet, let found = row["place"], !found.hasSuffix(", " + FileText.held(sheet)) {
                problems.add(place, "place", "the decision is on the sheet \(Terminal.plain(sheet))")
            }
        }
        expect(
            problems.count == 0,
            "\(Terminal.plain(names.stem)): reviewer, justification, ticket and time of the "
                + "\(decided.count.counted("row")) are those of the completed reviews",
            otherwise: "the completed reviews say otherwise than \(problems.words)")
    }

    private static func instead(_ found: String, _ wanted: String) -> String {
        "\"\(Terminal.plain(found, limit: 80))\" instead of \"\(Terminal.plain(wanted, limit: 80))\""
    }

    /// Whether a time is that of a file. Without a date in the file it is the time of the file, which a copy does not
    /// keep.
    private static func isSameTime(_ found: String, _ wanted: String) -> Bool {
        let suffix = FilledFile.timeOfFile
        guard wanted.hasSuffix(suffix) else { return found == FileText.held(wanted) }
        return found.hasSuffix(suffix)
    }

    /// Checks that each result is possible for its decision, and agrees with the workspace afterwards.
    ///
    /// - Parameter standings: the accounts afterwards, by uid and by the key of the address; nil if they were not
    ///   listed.
    mutating func checkOutcomes(
        _ record: RemediationRecord, _ rows: [Row], _ names: RemediationRecord.Names, _ standings: [String: Standing]?
    ) {
        var problems = RowProblems(in: Terminal.plain(names.report(.csv)))
        let run = (Timestamp.recorded(record.startedAt), record.finishedAt.flatMap(Timestamp.recorded))
        for (place, row) in rows.enumerated() {
            let outcome = row["outcome"] ?? ""
            if (row["operation"] ?? "").isEmpty, outcome == Outcome.Kind.succeeded.rawValue {
                problems.add(place, "outcome", "\"succeeded\", but the decision requests no change from the API")
            }
            if let sentence = Self.standingProblem(row, standings) { problems.add(place, "outcome", sentence) }
            for column in ["startedAt", "finishedAt"] {
                guard let text = row[column]?.nonEmpty else { continue }
                guard let time = Timestamp.recorded(text) else {
                    problems.add(place, column, "\"\(Terminal.plain(text, limit: 80))\" is no time")
                    continue
                }
                if let start = run.0, time < start.addingTimeInterval(-60) {
                    problems.add(place, column, "\(Terminal.plain(text)) is before the run")
                }
                if let end = run.1, time > end.addingTimeInterval(60) {
                    problems.add(place, column, "\(Terminal.plain(text)) is after the run")
                }
            }
        }
        expect(
            problems.count == 0, "\(Terminal.plain(names.stem)): each result is possible for its decision",
            otherwise: "a result is not possible: " + problems.words)
    }

    /// Why a result contradicts the workspace afterwards; nil if it does not.
    private static func standingProblem(_ row: Row, _ standings: [String: Standing]?) -> String? {
        guard let standings else { return nil }
        let (decision, outcome) = (Decision(rawValue: row["decision"] ?? ""), row["outcome"] ?? "")
        let address = EmailAddress.key(of: row["email"] ?? "")
        if row["kind"] == AccountKind.invite.rawValue, decision == .remove || decision == .revoke,
            outcome == Outcome.Kind.skipped.rawValue, case .invited = standings[address]
        {
            return "the invitation is in the response afterwards"
        }
        guard outcome == Outcome.Kind.succeeded.rawValue, let change = change(of: row) else { return nil }
        let standing = standings[Subject.of(change)] ?? .absent
        let isShown = OperationRules.find(UnansweredRow(operation: change, standing: standing)) == .tookEffect
        switch (row["verified"] ?? "", isShown) {
        case (Verification.contradicted.rawValue, false), (Verification.confirmed.rawValue, true), ("", true):
            return nil
        case (_, true): return "the response afterwards shows the change"
        case (_, false): return "the response afterwards does not show the change"
        }
    }

    /// The change that a row has requested; nil if it has requested none that is possible.
    static func change(of row: Row) -> WorkspaceChange? {
        // A re-sent invitation keeps its account type.
        let type = row["newAccountType"]?.nonEmpty ?? row["accountType"] ?? ""
        guard let kind = WorkspaceChange.Kind(rawValue: row["operation"] ?? "") else { return nil }
        return try? WorkspaceChange(
            kind, email: row["email"] ?? "", uid: row["currentUid"]?.nonEmpty ?? row["uid"] ?? "",
            accountType: AccountType(rawValue: type))
    }

    /// Names the reviewed accounts that are gone afterwards although no decision has removed them.
    mutating func checkVanished(
        _ record: RemediationRecord, _ rows: [Row], _ reviewed: ReviewedFolder, _ standings: [String: Standing],
        _ stem: String
    ) {
        for row in rows where [.revoke, .remove].contains(Decision(rawValue: row["decision"] ?? "")) {
            removed.formUnion([row["uid"] ?? "", row["currentUid"] ?? "", EmailAddress.key(of: row["email"] ?? "")])
        }
        let vanished = reviewed.accounts(listedBy: record.after?.takenAt ?? "").filter { account in
            let address = EmailAddress.key(of: account.email)
            let names = account.kind == .user ? [Subject.of(uid: FileText.held(account.uid)), address] : [address]
            let isGone = names.allSatisfy { standings[$0] == nil }
            return isGone && !removed.contains(address) && !removed.contains(FileText.held(account.uid))
        }
        guard !vanished.isEmpty else { return }
        let shown = vanished.prefix(5).map { account in
            Terminal.plain(account.email, limit: 254) + " (\(Terminal.plain(account.accountType.rawValue, limit: 60)))"
        }
        note(
            .notChecked,
            "\(stem): \(vanished.count.counted("reviewed account is", "reviewed accounts are")) gone afterwards, not "
                + "explained by this review: \(shown.joined(separator: ", "))\(vanished.count > 5 ? ", …" : "")")
    }

    /// Writes the reports of a remediation once more from its CSV file and its record, and compares them.
    mutating func checkRemediationReports(
        _ record: RemediationRecord, _ names: RemediationRecord.Names, of review: EvidenceRecord
    ) {
        let stem = Terminal.plain(names.stem)
        guard record.libraries != nil else {
            // Earlier versions refuse a review with a history.
            let isEarlier = review.schemaVersion < EvidenceRecord.schemaWithHistory
            return note(
                isEarlier ? .notChecked : .failed,
                isEarlier
                    ? "\(stem): it is of an earlier version; its reports were not compared"
                    : "\(stem): \(Terminal.plain(names.record)) names no libraries")
        }
        // The texts as they are in the file: other formats hold characters that CSV cannot.
        guard let rows = rows(of: names.report(.csv), as: { $0 }),
            let recalled = RecalledRemediation(record, rows: rows)
        else { return note(.failed, "\(stem): its record or its CSV file has a value that is none") }
        do {
            try ScratchFolder.with { scratch in
                let reports = try recalled.reports(names, of: review)
                try compare(
                    reports, with: record.files, of: stem,
                    from: "\(Terminal.plain(names.report(.csv))) and \(Terminal.plain(names.record))", in: scratch,
                    WritingProgram(
                        version: record.rollcallVersion, record.provenance, libraries: record.libraries))
            }
        } catch {
            note(.failed, "\(stem): its reports cannot be written once more: \(Self.reason(for: error))")
        }
    }
}
