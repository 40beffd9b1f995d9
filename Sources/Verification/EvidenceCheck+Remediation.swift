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
    func readManifest(of names: RemediationRecord.Names) -> Manifest? {
        OrdinaryFile.bytes(at: path(names.manifest)).flatMap { data in
            Manifest(text: String(decoding: data, as: UTF8.self))
        }
    }

    private func readRecord(of names: RemediationRecord.Names) -> RemediationRecord? {
        OrdinaryFile.bytes(at: path(names.record)).flatMap { data in
            try? RecordJSON.decode(RemediationRecord.self, from: data)
        }
    }

    /// The SHA-256 of the files that remediations name as what was decided: they may have been filled in in place.
    var filledInHere: Set<String> {
        Set(
            RemediationRecord.Names.all(in: folder).flatMap { names in
                readRecord(of: names)?.decisions.map(\.sha256) ?? []
            })
    }

    /// Decisions and results: the sums, the files that were decided in, a row for each decision, and what the workspace
    /// showed afterwards.
    mutating func checkRemediation(_ names: RemediationRecord.Names, _ review: EvidenceRecord) {
        let stem = Terminal.plain(names.stem)
        onFile("Checking \(stem)")
        guard let manifest = readManifest(of: names), let record = readRecord(of: names) else {
            return note(.failed, "\(stem) has no sums or no record that can be read")
        }
        let changed = manifest.entries.filter { OrdinaryFile.sha256(at: path($0.file)) != $0.sha256 }
        expect(
            changed.isEmpty,
            "\(stem): its \(manifest.entries.count.counted("file")), the review's \(Manifest.name) among them, are as "
                + "they were written",
            otherwise: "\(stem): "
                + changed.map { Terminal.plain($0.file) }.joined(separator: ", ") + " changed after it was written")
        let own = OrdinaryFile.sha256(at: path(Manifest.name))
        expect(
            record.review == review.review
                && WorkspaceIdentity.name(formerly: record.workspace)
                    == WorkspaceIdentity.name(formerly: review.workspace)
                && record.reviewManifestSHA256 == own
                && manifest.entries.contains { $0.file == Manifest.name && $0.sha256 == own },
            "\(stem) carries out this review", otherwise: "\(stem) belongs to another review")
        expect(
            record.state == "finished", "\(stem): run \(record.run) came to its end",
            otherwise: "\(stem): run \(record.run) was not complete; rollcall runs resume completes it")
        let sums = Set(manifest.entries.map { [$0.file, $0.sha256] })
        let stated =
            record.decisions.map { [$0.name, $0.sha256] } + record.files.map { [$0.name, $0.sha256] }
            + (record.after.map { [[$0.file, $0.answerSHA256]] } ?? [])
        guard sums.isSuperset(of: stated) else {
            return note(.failed, "\(stem) names other files than its sums, or with other hashes")
        }
        expect(
            record.decisions.allSatisfy { OrdinaryFile.sha256(at: path($0.name)) == $0.sha256 },
            "\(stem): the \(record.decisions.count.counted("filled-in file")) are those that were carried out",
            otherwise: "\(stem): a filled-in file is not the one that was carried out")
        guard let rows = rows(of: names.report(.csv)) else {
            return note(.failed, "\(stem): \(Terminal.plain(names.report(.csv))) cannot be read back")
        }
        checkDecisions(record, rows, stem)
        checkEntra(record, names, rows)
        checkAfter(record, rows, stem)
    }

    /// A row of a CSV, by the names of its columns; the cells are as ``FileText`` has them.
    typealias Row = [String: String]

    func rows(of name: String) -> [Row]? {
        var titles: [String]?
        var rows: [Row] = []
        let isRead = CSVReadBack.rows(of: path(name)) { row in
            guard let names = titles else { return titles = row.cells }
            rows.append(
                Dictionary(
                    names.enumerated().map { ($1, FileText.held(row[$0])) }, uniquingKeysWith: { first, _ in first }))
        }
        return isRead && titles != nil ? rows : nil
    }

    /// Every decision of the filled-in files is in the remediation, and nothing else is.
    private mutating func checkDecisions(_ record: RemediationRecord, _ rows: [Row], _ stem: String) {
        let files = record.decisions.compactMap { file in
            try? FilledFile(path: path(file.name), options: CSVOptions())
        }
        guard files.count == record.decisions.count else {
            return note(
                .notChecked,
                "\(stem): a filled-in file needs an encoding to be read, or is one that this version does not read; its "
                    + "sum was checked")
        }
        guard let rules = ReviewRules(recorded: record.reviewRules) else {
            return note(.failed, "\(stem) was carried out by a newer version of rollcall; use that one")
        }
        guard let reviewed = try? ReviewedFolder(path: folder) else {
            return note(.failed, "\(stem): what was reviewed cannot be read")
        }
        let (decided, problems) = reviewed.match(files, by: rules)
        let wanted = decided.map { decided -> [String] in
            let account = decided.account
            return [
                account.kind.rawValue, account.uid, account.email, account.accountType.rawValue,
                account.status?.rawValue ?? "",
                decided.decision.decision?.rawValue ?? "",
            ].map(FileText.held)
        }
        let found = rows.map { row in
            ["kind", "uid", "email", "accountType", "status", "decision"].map { row[$0] ?? "" }
        }
        expect(
            problems.isEmpty && wanted == found,
            "\(stem) has a row for each of the \(decided.count.counted("account")) in the filled-in files, with the "
                + "decision as it was filled in",
            otherwise: "\(stem) does not have the decisions of the filled-in files")
        let counts = Dictionary(grouping: found) { $0[5].isEmpty ? "Not reviewed" : $0[5] }.mapValues(\.count)
        expect(
            counts == record.decisionCounts.filter { $0.value > 0 },
            "\(stem): the decisions add up: "
                + counts.sorted { $0.key < $1.key }.map { "\($0.value.grouped) \($0.key)" }.joined(separator: ", "),
            otherwise: "\(stem): the decisions do not add up to what is stated")
        let outcomes = Dictionary(grouping: rows) { $0["outcome"] ?? "" }.mapValues(\.count)
        expect(
            outcomes == record.outcomeCounts.filter { $0.value > 0 },
            "\(stem): the outcomes add up: "
                + outcomes.sorted { $0.key < $1.key }.map { "\($0.value.grouped) \($0.key)" }.joined(separator: ", "),
            otherwise: "\(stem): the outcomes do not add up to what is stated")
    }

    /// What is said to be confirmed is shown by the answer afterwards.
    private mutating func checkAfter(_ record: RemediationRecord, _ rows: [Row], _ stem: String) {
        guard let after = record.after else {
            return note(.notChecked, "\(stem): the workspace was not listed after the run")
        }
        guard let data = OrdinaryFile.bytes(at: path(after.file)),
            SHA256Text.of(data) == after.answerSHA256, let roster = try? Listing(decoding: data).population.roster
        else { return note(.failed, "\(stem): the answer after the run is not the one that is stated") }
        var standings: [String: Standing] = [:]
        roster.forEachStanding(uids: false) { standings[$0] = $1 }
        for user in roster.active {
            standings[Subject.of(uid: FileText.held(user.uid))] = .active(user.accountType)
        }
        let carriedOut = rows.filter { $0["outcome"] == "succeeded" && $0["verified"] == "confirmed" }
        let contradicted = carriedOut.filter { row in
            // An invite that is sent again keeps its account type.
            let type = row["newAccountType"].flatMap { $0.isEmpty ? nil : $0 } ?? row["accountType"] ?? ""
            guard let kind = WorkspaceChange.Kind(rawValue: row["operation"] ?? ""),
                let change = try? WorkspaceChange(
                    kind, email: row["email"] ?? "", uid: row["uid"] ?? "", accountType: AccountType(rawValue: type))
            else { return true }
            let standing = standings[Subject.of(change)] ?? .absent
            return OperationRules.find(UnansweredRow(operation: change, standing: standing)) != .tookEffect
        }
        expect(
            contradicted.isEmpty,
            "\(stem): the answer of \(Terminal.plain(after.takenAt)) shows the "
                + "\(carriedOut.count.counted("change")) that it confirms",
            otherwise:
                "\(stem): the answer after the run does not show \(contradicted.count.counted("change")) that it "
                + "is said to confirm")
    }
}
