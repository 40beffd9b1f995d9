import Domain
import Foundation
import Hashing
import Planning
import Populations
import Readers
import Reports
import Reviewing
import WorkspaceAPI

extension EvidenceCheck {
    func readManifest(of link: EvidenceLink) -> Manifest? {
        Manifest(at: path(link.manifest))
    }

    /// Whether a file is a completed review that a run stores before it sends anything, and whose results are not stored.
    func isUnfinished(_ name: String) -> Bool {
        guard let match = name.wholeMatch(of: #/(remediation(?:-\d+)?)\.decisions-\d+(?:\.[a-z0-9]{1,8})?/#) else {
            return false
        }
        return !contains(RemediationRecord.Names(stem: String(match.output.1)).manifest)
    }

    private func readRecord(of names: RemediationRecord.Names) -> RemediationRecord? {
        OrdinaryFile.bytes(at: path(names.record)).flatMap { data in
            try? RecordJSON.decode(RemediationRecord.self, from: data)
        }
    }

    /// The SHA-256 of the completed files that remediations name. Reviewers may complete a file inside the folder.
    var filledInHere: Set<String> {
        Set(
            RemediationRecord.Names.all(in: folder).flatMap { names in
                readRecord(of: names)?.decisions.map(\.sha256) ?? []
            })
    }

    /// Checks a remediation: the hashes, the completed files, a row for each decision, and the listing after the run.
    mutating func checkRemediation(_ names: RemediationRecord.Names, _ review: EvidenceRecord) {
        let stem = Terminal.plain(names.stem)
        onFile("Checking \(stem)")
        guard let manifest = readManifest(of: names.link), let record = readRecord(of: names) else {
            return note(.failed, "\(stem): the checksums or the record are missing or unreadable")
        }
        let changed = manifest.entries.filter { sha256(of: $0.file) != $0.sha256 }
        expect(
            changed.isEmpty,
            "\(stem): \(unchanged(manifest)), including \(Manifest.name) of the review",
            otherwise: "\(stem): changed after the remediation was written: "
                + changed.map { Terminal.plain($0.file) }.joined(separator: ", "))
        let own = sha256(of: Manifest.name)
        expect(
            record.review == review.review
                && WorkspaceIdentity.name(formerly: record.workspace)
                    == WorkspaceIdentity.name(formerly: review.workspace)
                && record.reviewManifestSHA256 == own
                && manifest.entries.contains { $0.file == Manifest.name && $0.sha256 == own },
            "\(stem) belongs to this review", otherwise: "\(stem) belongs to another review")
        checkCompletion(of: record, names)
        let statements: [(String, Bool)] = [
            ("its provenance", record.provenance != nil),
            ("the current rules for decisions", (ReviewRules(recorded: record.reviewRules) ?? .current) >= .current),
            ("the numbers of accounts afterwards", record.after.map { $0.users != nil && $0.invites != nil } ?? true),
        ]
        checkStep(stem, of: review, missing: statements.filter { !$0.1 }.map(\.0))
        let sums = Set(manifest.entries.map { [$0.file, $0.sha256] })
        let stated =
            record.decisions.map { [$0.name, $0.sha256] } + record.files.map { [$0.name, $0.sha256] }
            + (record.after.map { [[$0.file, $0.answerSHA256]] } ?? [])
        guard sums.isSuperset(of: stated) else {
            return note(.failed, "\(stem): the files or hashes in its record differ from its checksums")
        }
        if !record.decisions.contains(where: { isWithheld($0.name) }) {
            expect(
                record.decisions.allSatisfy { sha256(of: $0.name) == $0.sha256 },
                "\(stem): \(record.decisions.count.counted("completed review is", "completed reviews are")) as applied",
                otherwise: "\(stem): a completed review is not the one that was applied")
        }
        guard let rows = rows(of: names.report(.csv)) else {
            return note(.failed, "\(stem): \(Terminal.plain(names.report(.csv))) cannot be read")
        }
        checkDecisions(record, rows, names, of: review)
        checkEntra(record, names, rows)
        checkAfter(record, rows, names)
        checkRemediationReports(record, names, of: review)
        checkUndo(record, names, manifest)
    }

    /// Reports a run that had not sent everything when its results were stored. That is evidence like any other: its rows
    /// are open until a later remediation completes them.
    private mutating func checkCompletion(of record: RemediationRecord, _ names: RemediationRecord.Names) {
        let stem = Terminal.plain(names.stem)
        let later = RemediationRecord.Names.all(in: folder).filter { $0.number > names.number }
            .first { readRecord(of: $0)?.run == record.run }
        if record.state == "finished" {
            note(.ok, "\(stem): run \(record.run) is complete")
        } else if let later {
            note(.ok, "\(stem): run \(record.run) was not complete; \(Terminal.plain(later.stem)) continues it")
        } else {
            note(
                .notChecked,
                "\(stem): run \(record.run) is not complete; to complete it: rollcall runs resume \(record.run)")
        }
    }

    /// A row of a CSV file, by column name; the cells are in the form of ``FileText``.
    typealias Row = [String: String]

    func rows(of name: String, as spell: (String) -> String = FileText.held) -> [Row]? {
        var titles: [String]?
        var rows: [Row] = []
        let isRead = CSVReadBack.rows(of: path(name)) { row in
            guard let names = titles else { return titles = row.cells }
            rows.append(
                Dictionary(
                    names.enumerated().map { ($1, spell(row[$0])) }, uniquingKeysWith: { first, _ in first }))
        }
        return isRead && titles != nil ? rows : nil
    }

    private static func isDecision(_ name: String) -> Bool { Decision(rawValue: name) != nil || name == "Not reviewed" }

    /// Checks that the remediation has exactly the decisions of the completed reviews.
    private mutating func checkDecisions(
        _ record: RemediationRecord, _ rows: [Row], _ names: RemediationRecord.Names, of review: EvidenceRecord
    ) {
        let stem = Terminal.plain(names.stem)
        guard !record.decisions.contains(where: { isWithheld($0.name) }) else {
            note(
                .notChecked,
                "\(stem): the completed reviews are left out of this redacted copy, so its decisions were not compared with "
                    + "them")
            return checkCounts(record, rows, stem)
        }
        let files = record.decisions.compactMap { file in
            try? FilledFile(file, at: path(file.name), options: CSVOptions())
        }
        guard files.count == record.decisions.count else {
            return note(
                .notChecked,
                "\(stem): a completed review needs an encoding option, or has a format that this version cannot read; "
                    + "its hash was checked")
        }
        // Earlier versions stored no signatures.
        let isEarlier = review.provenance == nil
        let forged = zip(record.decisions, files).filter { stated, file in
            stated.signOff != file.recordedSignOff && !(isEarlier && stated.signOff == nil)
        }
        for (file, _) in forged {
            note(.failed, "\(stem): the signatures in its record differ from those in \(Terminal.plain(file.name))")
        }
        guard let rules = ReviewRules(recorded: record.reviewRules) else {
            return note(.failed, "\(stem) was written by a newer version of rollcall; verify it with that version")
        }
        guard let reviewed else {
            return note(.failed, "\(stem): the reviewed accounts cannot be read")
        }
        let (decided, problems, _) = reviewed.match(files, by: rules)
        let wanted = decided.map { decided -> [String] in
            let account = decided.account
            return [
                account.kind.rawValue, account.uid, EmailAddress.key(of: account.email), account.accountType.rawValue,
                account.status?.rawValue ?? "",
                decided.decision.decision?.rawValue ?? "",
            ].map(FileText.held)
        }
        let found = rows.map { row in
            // The address in the workspace may have another case than the reviewed one.
            ["kind", "uid", "email", "accountType", "status", "decision"].map { name in
                name == "email" ? EmailAddress.key(of: row[name] ?? "") : row[name] ?? ""
            }
        }
        expect(
            problems.isEmpty && wanted == found,
            "\(stem) has a row for each of the \(decided.count.counted("account")) in the completed reviews, with the "
                + "reviewer's decision",
            otherwise: "\(stem): the decisions differ from those in the completed reviews")
        if wanted == found, rules == .current { checkEntries(decided, rows, names) }
        checkCounts(record, rows, stem)
    }

    /// Checks the numbers of decisions and outcomes in the record.
    private mutating func checkCounts(_ record: RemediationRecord, _ rows: [Row], _ stem: String) {
        let counts = Dictionary(grouping: rows) { row in
            (row["decision"] ?? "").isEmpty ? "Not reviewed" : row["decision"] ?? ""
        }.mapValues(\.count)
        expect(
            counts == record.decisionCounts.filter { $0.value > 0 || !Self.isDecision($0.key) },
            "\(stem): the numbers of decisions match its record: "
                + counts.sorted { $0.key < $1.key }.map { "\($0.value.grouped) \($0.key)" }.joined(separator: ", "),
            otherwise: "\(stem): the numbers of decisions differ from those in its record")
        let outcomes = Dictionary(grouping: rows) { $0["outcome"] ?? "" }.mapValues(\.count)
        expect(
            outcomes == record.outcomeCounts.filter { $0.value > 0 || Outcome.Kind(rawValue: $0.key) == nil },
            "\(stem): the numbers of outcomes match its record: "
                + outcomes.sorted { $0.key < $1.key }.map { "\($0.value.grouped) \($0.key)" }.joined(separator: ", "),
            otherwise: "\(stem): the numbers of outcomes differ from those in its record")
    }

    /// Checks that the listing after the run shows every change that is marked as confirmed.
    private mutating func checkAfter(
        _ record: RemediationRecord, _ rows: [Row], _ names: RemediationRecord.Names
    ) {
        let stem = Terminal.plain(names.stem)
        guard let after = record.after else {
            checkOutcomes(record, rows, names, nil)
            let compared = rows.count { !($0["verified"] ?? "").isEmpty }
            return note(
                .notChecked,
                "\(stem): "
                    + (compared == 0
                        ? "the workspace was not listed after the run"
                        : "\(compared.counted("result was", "results were")) compared with a response that is not in the "
                            + "folder"))
        }
        guard let data = OrdinaryFile.bytes(at: path(after.file)),
            SHA256Text.of(data) == after.answerSHA256, let roster = try? Listing(decoding: data).population.roster
        else { return note(.failed, "\(stem): the response after the run does not match the hash in its record") }
        var standings: [String: Standing] = [:]
        roster.forEachStanding(uids: false) { standings[$0] = $1 }
        for user in roster.active {
            standings[Subject.of(uid: FileText.held(user.uid))] = .active(user.accountType)
        }
        let carriedOut = rows.filter { $0["outcome"] == "succeeded" && $0["verified"] == "confirmed" }
        let contradicted = carriedOut.filter { row in
            guard let change = Self.change(of: row) else { return true }
            let standing = standings[Subject.of(change)] ?? .absent
            return OperationRules.find(UnansweredRow(operation: change, standing: standing)) != .tookEffect
        }
        expect(
            contradicted.isEmpty,
            "\(stem): the response of \(Terminal.plain(after.takenAt)) shows the "
                + "\(carriedOut.count.counted("change")) marked as confirmed",
            otherwise:
                "\(stem): the response after the run does not show \(contradicted.count.counted("change")) marked as "
                + "confirmed")
        if let users = after.users, let invites = after.invites {
            expect(
                users == roster.active.count && invites == roster.invited.count,
                "\(stem): the response afterwards has \(users.counted("active user")) and "
                    + "\(invites.counted("invitation")), as recorded",
                otherwise: "\(Terminal.plain(after.file)) has \(roster.active.count.counted("active user")) and "
                    + "\(roster.invited.count.counted("invitation")); \(Terminal.plain(names.record)) records "
                    + "\(users.grouped) and \(invites.grouped)")
        }
        checkOutcomes(record, rows, names, standings)
        guard let reviewed else { return }
        checkVanished(record, rows, reviewed, standings, stem)
    }
}
